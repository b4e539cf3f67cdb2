/** What the four seals have in common: the wax's outline, their classes. */
import "../seal.css";

export const WAX =
  "M46.1 24C46.1 26.4 44.9 29 43.9 31.2C42.9 33.5 41.8 35.8 40.2 37.6C38.7 39.5 36.8 41.3 34.7 42.5C32.6 43.6 30 44.2 27.6 44.5C25.2 44.8 22.8 44.9 20.4 44.5C18 44.1 15.7 43.4 13.4 42.3C11.2 41.3 8.4 40.2 6.9 38.4C5.4 36.5 4.9 33.6 4.3 31.2C3.7 28.8 3.1 26.4 3.1 24C3.2 21.6 3.6 19.2 4.4 16.9C5.1 14.6 6.1 12.1 7.6 10.3C9.1 8.4 11.3 7 13.5 5.7C15.6 4.5 17.9 3.5 20.3 3C22.7 2.4 25.5 1.8 27.8 2.3C30.2 2.9 32.3 4.7 34.3 6.1C36.3 7.5 38.3 8.9 39.8 10.7C41.4 12.5 42.6 14.6 43.6 16.9C44.6 19.1 46 21.6 46.1 24Z";

export interface SealProps {
  /** 20 px, in badges and tables. */
  small?: boolean;
  /** The moment of opening: it breaks once. */
  justBroken?: boolean;
}

export function classes(state: string, { small, justBroken }: SealProps): string {
  return `seal seal--${state}${small ? " seal--s" : ""}${justBroken ? " seal--just-broken" : ""}`;
}
