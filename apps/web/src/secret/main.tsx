/** Entry of the page of a one-time secret. Looks, and changes nothing: what uses a view waits for a person (S1). */
import "../kit/base-styles.ts";
import { render } from "preact";
import { App } from "./App.tsx";

const root = document.getElementById("secret");
// check.js has looked first: what is missing is on the page already
if (root && !document.documentElement.hasAttribute("data-missing")) {
  // the whole link pasted over a cut one changes the fragment alone
  addEventListener("hashchange", () => location.reload());
  render(<App />, root);
}
