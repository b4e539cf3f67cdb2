/**
 * A real Firefox, as the system packages it, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/) over the WebSocket that Firefox
 * itself opens: no driver in between. Only what a small journey needs; the long journeys are Chromium's (browser.ts).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROGRAMS, requireProgram } from "../../tools/system-packages.ts";
import { type Scope, temporaryFolder } from "./scope.ts";

const START_TIMEOUT_MS = 60_000;
const WAIT_MS = 30_000;
const POLL_MS = 50;

export interface FirefoxPage {
  goto(url: string): Promise<void>;
  /** What an expression of the page comes to: JSON only. Asked again until it is neither null nor false. @throws Error after a while */
  until<T>(expression: string): Promise<T>;
  /** A trusted click in the middle of the first element that matches and whose text holds `text`. */
  click(selector: string, text?: string): Promise<void>;
  /** Trusted keys, into what has the focus. */
  type(text: string): Promise<void>;
}

export interface Firefox {
  readonly page: FirefoxPage;
  /** Where downloads land by their suggested names. */
  readonly downloadFolder: string;
}

/** Nothing of a first start, no update, no report; downloads are saved without a question. */
const PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.download.folderList": 2,
  "browser.download.useDownloadDir": true,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
};

/** Where Firefox says that it listens. */
function listening(firefox: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => reject(new Error(`Firefox does not listen:\n${printed}`)), START_TIMEOUT_MS);
    const listen = (piece: string) => {
      printed += piece;
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(printed)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    firefox.stdout?.setEncoding("utf8").on("data", listen);
    firefox.stderr?.setEncoding("utf8").on("data", listen);
    firefox.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`Firefox ended (${code}):\n${printed}`));
    });
  });
}

type Command = (method: string, params: object) => Promise<Record<string, unknown>>;

/** Sends commands and pairs them with their answers. */
async function connect(scope: Scope, address: string): Promise<Command> {
  const socket = new WebSocket(`${address}/session`);
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  let lastId = 0;
  socket.addEventListener("message", ({ data }) => {
    const { id, type, result, message } = JSON.parse(String(data)) as {
      id?: number;
      type: string;
      result?: Record<string, unknown>;
      message?: string;
    };
    const answer = waiting.get(id ?? -1);
    waiting.delete(id ?? -1);
    if (type === "success") answer?.resolve(result ?? {});
    else answer?.reject(new Error(message));
  });
  await new Promise<void>((opened, failed) => {
    socket.addEventListener("open", () => opened(), { once: true });
    socket.addEventListener("error", () => failed(new Error("Firefox refuses the connection")), { once: true });
  });
  scope.after(() => socket.close());
  return (method, params) => {
    const id = ++lastId;
    const answer = Promise.withResolvers<Record<string, unknown>>();
    waiting.set(id, answer);
    socket.send(JSON.stringify({ id, method, params }));
    return answer.promise;
  };
}

/** Starts Firefox with a fresh profile and one empty page. @param language what it asks pages for, such as `fr` */
export async function openFirefox(scope: Scope, language = "en"): Promise<Firefox> {
  const profile = await temporaryFolder(scope, "pli-firefox");
  const downloadFolder = await temporaryFolder(scope, "pli-downloads");
  const wanted = { ...PREFERENCES, "browser.download.dir": downloadFolder, "intl.accept_languages": language };
  const lines = Object.entries(wanted).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  await writeFile(join(profile, "user.js"), `${lines.join("\n")}\n`);
  const firefox = spawn(
    requireProgram(PROGRAMS.firefox),
    ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, HOME: profile, LC_ALL: "C.UTF-8" } },
  );
  scope.after(async () => {
    const ended = new Promise((finish) => firefox.once("exit", finish));
    if (firefox.exitCode === null && firefox.kill("SIGKILL")) await ended;
  });
  const command = await connect(scope, await listening(firefox));
  await command("session.new", { capabilities: {} });
  const { context } = await command("browsingContext.create", { type: "tab" });
  return { page: pageOf(command, context), downloadFolder };
}

function pageOf(command: Command, context: unknown): FirefoxPage {
  async function evaluate(expression: string): Promise<unknown> {
    const answer = await command("script.evaluate", {
      // through JSON: the protocol's own form of values is long
      expression: `JSON.stringify((${expression}) ?? null)`,
      target: { context },
      awaitPromise: true,
    });
    const { result, exceptionDetails } = answer as {
      result?: { value?: string };
      exceptionDetails?: { text: string };
    };
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return JSON.parse(result?.value ?? "null");
  }

  async function until<T>(expression: string): Promise<T> {
    const deadlineMs = performance.now() + WAIT_MS;
    for (;;) {
      const value = await evaluate(expression);
      if (value !== null && value !== false) return value as T;
      if (performance.now() > deadlineMs) {
        throw new Error(`${expression} does not come; the page says: ${await evaluate("document.body.innerText")}`);
      }
      await new Promise((resume) => setTimeout(resume, POLL_MS));
    }
  }

  return {
    until,
    goto: async (url) => {
      await command("browsingContext.navigate", { context, url, wait: "complete" });
    },
    click: async (selector, text = "") => {
      const found = `[...document.querySelectorAll(${JSON.stringify(selector)})].find((one) => one.textContent.includes(${JSON.stringify(text)}))`;
      const place = await until<{ x: number; y: number }>(
        `(() => { const one = ${found}; if (!one) return null; one.scrollIntoView({ block: "center" }); const box = one.getBoundingClientRect();
          return box.width > 0 && { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }; })()`,
      );
      const actions = [
        { type: "pointerMove", ...place },
        ...["Down", "Up"].map((way) => ({ type: `pointer${way}`, button: 0 })),
      ];
      await command("input.performActions", { context, actions: [{ type: "pointer", id: "mouse", actions }] });
    },
    type: async (text) => {
      const actions = [...text].flatMap((value) => ["Down", "Up"].map((way) => ({ type: `key${way}`, value })));
      await command("input.performActions", { context, actions: [{ type: "key", id: "keys", actions }] });
    },
  };
}
