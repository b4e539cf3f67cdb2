/** Entry of the recipient's page. */
import "../kit/base-styles.ts";
import "../kit/page.css";
import "../kit/letter.css";
import "../kit/empty.css";
import { render } from "preact";
import { Logo } from "../kit/Seal.tsx";

const root = document.getElementById("open");
if (root && !document.documentElement.hasAttribute("data-missing")) render(<Logo />, root);
