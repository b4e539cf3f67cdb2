/** The frame of every page behind the sign-in: navigation, what must not be missed (no network, no kit, locked, another key), main column. */
import { useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../kit/Icon.tsx";
import { book, gear, inbox, key, menu as menuIcon, pen, people, send } from "../../kit/icons.ts";
import { Menu } from "../../kit/Menu.tsx";
import { Logo } from "../../kit/Seal.tsx";
import "../../kit/badge.css";
import "../../kit/button.css";
import "../../kit/empty.css";
import "../../kit/tabs.css";
import { findHeld } from "../compose/sending.ts";
import { TakeBackToast } from "../compose/TakeBack.tsx";
import { confirmationAsked } from "../confirmation.ts";
import { AppDialogs } from "../dialogs.tsx";
import { lookAtKeys, unlockAsked } from "../keys/keys.ts";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { sayProblem } from "../problem.tsx";
import { visit } from "../router.ts";
import { account, askAgain, lost, me, signOut } from "../session.ts";
import { helpShown, ShortcutHelp } from "../shortcuts.tsx";
import { useStayingFresh } from "../stay-fresh.ts";
import { AppToasts } from "../toasts.tsx";
import { Notices } from "./Notices.tsx";
import { tellPage } from "./tell-page.ts";

/** Dialogs over whatever page it is: loaded when first asked for. */
const SignInAgain = lazy(() => import("../entry/SignInAgain.tsx").then((chunk) => chunk.SignInAgain));
const UnlockDialog = lazy(() => import("../keys/UnlockDialog.tsx").then((chunk) => chunk.UnlockDialog));
const ConfirmDialog = lazy(() => import("../security/ConfirmDialog.tsx").then((chunk) => chunk.ConfirmDialog));

const LOOK_EVERY_MS = 60_000;

interface Place {
  page: string;
  href: string;
  icon: string;
  label: string;
  count: number;
}

function places(): Place[] {
  const { shell, secrets, settings } = words();
  const governs = account.value?.role !== "member";
  return [
    { page: "write", href: "/app/write", icon: pen, label: shell.write, count: 0 },
    { page: "sent", href: "/app/sent", icon: send, label: shell.sent, count: 0 },
    { page: "received", href: "/app/received", icon: inbox, label: shell.received, count: account.value?.unread ?? 0 },
    { page: "contacts", href: "/app/contacts", icon: book, label: shell.contacts, count: 0 },
    { page: "secrets", href: "/app/secrets", icon: key, label: secrets.title, count: 0 },
    { page: "settings", href: "/app/settings", icon: gear, label: shell.settings, count: 0 },
    ...(governs
      ? [{ page: "organisation", href: "/app/organisation", icon: people, label: settings.organisation, count: 0 }]
      : []),
  ];
}

function Entries({ page, linkClass }: { page: string; linkClass: string }) {
  const { shell } = words();
  return (
    <>
      {places().map((place) => (
        <a key={place.page} class={linkClass} href={place.href} aria-current={place.page === page ? "page" : undefined}>
          <Icon of={place.icon} />
          <span>{place.label}</span>
          {place.count > 0 && (
            <span class="count">
              {place.count}
              <span class="vh"> {shell.newCount({ count: place.count })}</span>
            </span>
          )}
        </a>
      ))}
    </>
  );
}

function Who() {
  const { name, address, organisation } = me();
  return (
    <p class="rail__who">
      <b>{name || address}</b>
      <span>{organisation.name}</span>
    </p>
  );
}

export function Shell({ page, children }: { page: string; children: ComponentChildren }) {
  const { shell } = words();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // without an answer subjects stay locked; whoever needs keys asks again and says why
    lookAtKeys()
      .then(findHeld)
      .catch(() => undefined);
  }, []);
  useSignalEffect(() => {
    void visit.value;
    if (!first.current) return main.current ? tellPage(main.current) : undefined;
    first.current = false;
    return undefined;
  });
  // the count of what came in
  useStayingFresh(askAgain, LOOK_EVERY_MS);
  const leave = () => signOut().catch(sayProblem);
  return (
    <>
      <a class="skip" href="#main">
        {shell.skip}
      </a>
      <div class="app">
        <header class="rail">
          <a class="rail__brand" href="/app/write">
            <Logo />
            Pli
          </a>
          <nav class="rail__nav" aria-label={shell.navigation}>
            <Entries page={page} linkClass="rail__link" />
          </nav>
          <div class="rail__foot">
            <button class="rail__link" type="button" onClick={() => (helpShown.value = true)}>
              <span>{shell.help}</span>
            </button>
            <button class="rail__link" type="button" onClick={() => void leave()}>
              <span>{shell.signOut}</span>
            </button>
            <Who />
          </div>
          <Menu
            class="rail__menu"
            buttonClass="btn--icon"
            summary={
              <>
                <Icon of={menuIcon} />
                <span class="vh">{shell.menu}</span>
              </>
            }
          >
            <Who />
            <hr />
            <Entries page={page} linkClass="menu__item" />
            <hr />
            <button class="menu__item" type="button" onClick={() => (helpShown.value = true)}>
              {shell.help}
            </button>
            <button class="menu__item" type="button" onClick={() => void leave()}>
              {shell.signOut}
            </button>
          </Menu>
        </header>
        <main class="main" id="main" tabIndex={-1} ref={main}>
          <div class="main__in">
            <Notices page={page} />
            {children}
          </div>
        </main>
      </div>
      {unlockAsked.value && <UnlockDialog />}
      <ShortcutHelp />
      {lost.value && <SignInAgain />}
      {confirmationAsked.value && <ConfirmDialog />}
      <AppDialogs />
      <AppToasts>
        <TakeBackToast />
      </AppToasts>
    </>
  );
}
