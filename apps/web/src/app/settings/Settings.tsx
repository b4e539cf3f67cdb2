/** The account (A3): who one is, what new messages begin with, keys (Z10), sessions. */
import { useEffect } from "preact/hooks";
import "../../kit/facts.css";
import "../follow/follow.css";
import "../shell/choice.css";
import { words } from "../language.ts";
import { DefaultsForm } from "./DefaultsForm.tsx";
import { Keys } from "./Keys.tsx";
import { ProfileForm } from "./ProfileForm.tsx";
import { Sessions } from "./Sessions.tsx";
import "./settings.css";

export function Settings() {
  const { settings } = words();
  useEffect(() => {
    document.title = `${settings.title} · Pli`;
  });
  return (
    <div class="settings stack stack--l">
      <h1 class="title">{settings.title}</h1>
      <ProfileForm />
      <DefaultsForm />
      <Keys />
      <Sessions />
    </div>
  );
}
