/** Entry of the page that reads receipts of replies (M16). */
import "../kit/base-styles.ts";
import { render } from "preact";
import { App } from "./App.tsx";

const root = document.getElementById("receipt");
// check.js has looked first: what is missing is on the page already
if (root && !document.documentElement.hasAttribute("data-missing")) render(<App />, root);
