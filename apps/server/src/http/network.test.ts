/** Whose network a request counts for (Q8), and what of an address is kept (Z14): decided by our own proxies, never by what a caller writes. */
import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { test } from "node:test";
import { networkOf } from "./network.ts";

function from(remoteAddress: string, forwarded: string | undefined, trustProxy: number): string {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return networkOf({ socket: { remoteAddress }, headers } as unknown as IncomingMessage, { trustProxy });
}

test("Q8: a caller who forges X-Forwarded-For counts where our proxy saw them come from", () => {
  const forged = "203.0.113.9, 198.51.100.7";
  assert.equal(from("10.0.0.1", forged, 0), "10.0.0.0/24", "no proxy is ours: the header says nothing");
  assert.equal(from("10.0.0.1", forged, 1), "198.51.100.0/24");
  assert.equal(from("10.0.0.1", `${forged}, 10.0.0.2`, 2), "198.51.100.0/24");
  assert.equal(from("10.0.0.1", undefined, 1), "10.0.0.0/24");
  assert.equal(from("10.0.0.1", "", 1), "10.0.0.0/24");
});

test("Z14: of an address the first 24 bits are kept, of IPv6 the first 48, however it is written", () => {
  for (const [address, network] of [
    ["192.0.2.77", "192.0.2.0/24"],
    ["::ffff:192.0.2.77", "192.0.2.0/24"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
    ["2001:0DB8:0001:ffff::1", "2001:db8:1::/48"],
    ["2001:db8::1", "2001:db8:0::/48"],
    ["fe80::1%eth0", "fe80:0:0::/48"],
    ["::1", "0:0:0::/48"],
    ["not an address", "unknown"],
  ] as const) {
    assert.equal(from(address, undefined, 0), network, address);
  }
});
