/** The account (A3): who one is, what new messages begin with, how one signs in (A1, A2), keys (Z10), sessions. */
import { useEffect, useState } from "preact/hooks";
import "../../kit/facts.css";
import "../follow/follow.css";
import "../shell/choice.css";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { Security } from "../security/Security.tsx";
import { DefaultsForm } from "./DefaultsForm.tsx";
import { Keys } from "./Keys.tsx";
import { ProfileForm } from "./ProfileForm.tsx";
import { Sessions } from "./Sessions.tsx";
import "./settings.css";
import { accountWords } from "./account-words.ts";

const MailPart = lazy<object>(async () => {
  const [part] = await Promise.all([import("./MailPart.tsx"), accountWords.load()]);
  return part.MailPart;
});
const UsagePart = lazy<object>(async () => {
  const [part] = await Promise.all([import("./UsagePart.tsx"), accountWords.load()]);
  return part.UsagePart;
});

export function Settings() {
  const { settings } = words();
  // passkeys stand in two parts of the page: what changes in one shows in the other
  const [turn, setTurn] = useState(0);
  const changed = () => setTurn((one) => one + 1);
  useEffect(() => {
    document.title = `${settings.title} · Pli`;
  });
  return (
    <div class="settings stack stack--l">
      <h1 class="title">{settings.title}</h1>
      <ProfileForm />
      <DefaultsForm />
      <Security turn={turn} changed={changed} />
      <Keys turn={turn} changed={changed} />
      <Sessions />
      <MailPart />
      <UsagePart />
    </div>
  );
}
