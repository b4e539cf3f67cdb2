/** What stands above every page until it is dealt with. The key that changed comes first: nothing else matters then (Z11). */
import { Banner } from "../../kit/Banner.tsx";
import { Button } from "../../kit/Button.tsx";
import { key, lock, wifi } from "../../kit/icons.ts";
import { keyState, requireKeys } from "../keys/keys.ts";
import { words } from "../language.ts";
import { online } from "../online.ts";
import { account } from "../session.ts";

/** Pages whose content is sealed: there a locked keyring is worth a word. */
const SEALED_PAGES: readonly string[] = ["sent", "received"];

export function Notices({ page }: { page: string }) {
  const { shell } = words();
  const keys = keyState.value;
  const present = account.value;
  return (
    <>
      {keys.state === "changed" && (
        <Banner kind="bad" title={shell.keyChangedTitle} live>
          <div class="stack stack--s">
            <p>{shell.keyChangedText}</p>
            <p class="small">
              {shell.keyChangedYours}: <span class="num nowrap">{keys.ours}</span>
            </p>
            <p class="small">
              {shell.keyChangedTheirs}: <span class="num nowrap">{keys.theirs || "–"}</span>
            </p>
          </div>
        </Banner>
      )}
      <div class="live no-print" role="status">
        {/* the page to write says it in its own line: nothing moves under the hands */}
        {!online.value && page !== "write" && (
          <Banner kind="warn" icon={wifi} title={shell.offlineTitle}>
            <p>{shell.offlineText}</p>
          </Banner>
        )}
      </div>
      {keys.state === "none" && page !== "welcome" && !present?.welcome.profile && (
        <Banner icon={key} title={shell.noKeysTitle}>
          <p>
            {shell.noKeysText} <a href="/app/welcome">{shell.noKeysAction}</a>
          </p>
        </Banner>
      )}
      {present?.keyring && !present.keyring.hasRecovery && page !== "welcome" && (
        <Banner icon={key} title={shell.recoveryTitle}>
          <p>
            {shell.recoveryText} <a href="/app/settings#kit">{shell.recoveryAction}</a>
          </p>
        </Banner>
      )}
      {keys.state === "locked" && SEALED_PAGES.includes(page) && (
        <Banner icon={lock} title={shell.lockedTitle}>
          <div class="stack stack--s">
            <p>{shell.lockedText}</p>
            <p>
              <Button size="small" onClick={() => void requireKeys()}>
                {shell.unlock}
              </Button>
            </p>
          </div>
        </Banner>
      )}
    </>
  );
}
