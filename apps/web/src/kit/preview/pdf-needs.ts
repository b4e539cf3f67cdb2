/** What pdf.js takes for granted even in its build for older browsers (ES2024; Chrome 119, Firefox 122, Safari 17.4), where it is not there. */
function withResolvers() {
  let settle: readonly [(value: unknown) => void, (reason?: unknown) => void] | undefined;
  const promise = new Promise((resolve, reject) => {
    settle = [resolve, reject];
  });
  return { promise, resolve: settle?.[0], reject: settle?.[1] };
}

/** A copy: the old buffer stays, which costs memory alone. */
function transferToFixedLength(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
  const made = new ArrayBuffer(length);
  new Uint8Array(made).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
  return made;
}

for (const [place, name, value] of [
  [Promise, "withResolvers", withResolvers],
  [ArrayBuffer.prototype, "transferToFixedLength", transferToFixedLength],
] as const) {
  if (!(name in place)) Object.defineProperty(place, name, { value, configurable: true, writable: true });
}
