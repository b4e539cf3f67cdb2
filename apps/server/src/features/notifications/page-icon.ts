/** The mark of small pages, in the page itself: a browser that finds none asks for /favicon.ico, which is not there. */
import { type Html, html } from "./html.ts";

const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M7 28V5H26V18H15" fill="none" stroke="#76819a" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/><circle cx="15" cy="18" r="4.6" fill="#c42f37"/></svg>`;

export const pageIcon: Html = html`<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(MARK)}">`;
