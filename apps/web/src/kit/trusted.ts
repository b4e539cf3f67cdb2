/**
 * The only doors to what `require-trusted-types-for 'script'` guards. The policy `pli` lets pass URLs of our own build's workers, and HTML
 * on its way into a parser whose document has no browsing context (no script runs there, nothing loads). The policy itself never
 * leaves this file, and no other policy is allowed.
 */
interface Rules {
  createScriptURL(url: string): string;
  createHTML(html: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: Rules): Rules;
}

const rules: Rules = {
  createScriptURL(url) {
    const whole = new URL(url, location.href);
    if (whole.origin !== location.origin) throw new TypeError("not a script of this site");
    return whole.href;
  },
  createHTML: (html) => html,
};
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("pli", rules) ?? rules;

/** A module worker from a URL that `import url from "…?worker&url"` gave. */
export function startWorker(url: string, name: string): Worker {
  return new Worker(policy.createScriptURL(url), { type: "module", name });
}

/** A document for looking at only: build from it, never adopt its nodes. */
export function parseInert(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html), "text/html");
}
