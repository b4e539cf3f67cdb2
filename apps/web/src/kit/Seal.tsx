/** The seal in its four states, and the mark. The shape alone tells the state. A page that must stay small takes them one by one from seals/. */
export { Logo } from "./Logo.tsx";
export { SealBroken } from "./seals/SealBroken.tsx";
export { SealClosed } from "./seals/SealClosed.tsx";
export { SealOpen } from "./seals/SealOpen.tsx";
export { SealStamped } from "./seals/SealStamped.tsx";
