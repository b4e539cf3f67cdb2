/**
 * Entry of the check page (Q9): one HTML file, opened from anywhere but the server that it checks, made with each release (tools/check-page.ts). Its list
 * stands in the page itself. Must never send anything but plain requests for public files, without cookies.
 */
import "../kit/base-styles.ts";
import { readReleaseList } from "@pli/client/verify-server";
import { render } from "preact";
import { App } from "./App.tsx";

const root = document.getElementById("check");
const list = document.getElementById("list")?.textContent;
if (root && list) render(<App list={readReleaseList(list)} />, root);
