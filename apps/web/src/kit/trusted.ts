/**
 * The one door to URLs of scripts under `require-trusted-types-for 'script'`: the policy `pli` lets pass the workers of our own build and
 * nothing else. HTML has its own policy, `dompurify`, made by DOMPurify.
 */
interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

function ownAsset(url: string): string {
  const whole = new URL(url, location.href);
  if (whole.origin !== location.origin) throw new TypeError("not a script of this site");
  return whole.href;
}

const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
const policy: ScriptUrlPolicy = types?.createPolicy("pli", { createScriptURL: ownAsset }) ?? {
  createScriptURL: ownAsset,
};

/** A module worker from a URL that `import url from "…?worker&url"` gave. */
export function startWorker(url: string, name: string): Worker {
  return new Worker(policy.createScriptURL(url), { type: "module", name });
}
