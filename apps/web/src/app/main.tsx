/** The members' pages begin here: what the browser can do, words, who is signed in, then the first drawing. */
import "../kit/base-styles.ts";
import "../kit/letter.css";
import "../kit/page.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { startLanguage } from "./language.ts";
import { startRouter } from "./router.ts";
import { loadAccount } from "./session.ts";
import { startShortcuts } from "./shortcuts.tsx";
import { MissingFeatures, supported } from "./supported.tsx";

const place = document.getElementById("app");
// check.js has looked first: what is missing is on the page already
if (place && !document.documentElement.hasAttribute("data-missing")) {
  await startLanguage();
  if (supported()) {
    startRouter();
    startShortcuts();
    // a failure is shown by the page, with a way to try again
    const failure = await loadAccount().then(
      () => undefined,
      (error: unknown) => error,
    );
    render(<App failure={failure} />, place);
  } else render(<MissingFeatures />, place);
  document.documentElement.setAttribute("data-started", "");
  document.getElementById("missing")?.remove();
}
