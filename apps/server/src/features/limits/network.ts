/** The network an address belongs to, as limits count it: /24 of IPv4, /48 of IPv6. One household has many of the latter. */
import { isIPv4, isIPv6 } from "node:net";

/** "192.0.2.0/24", "2001:db8:1::/48"; "unknown" for anything else. IPv4 in IPv6 (::ffff:a.b.c.d) counts as IPv4. */
export function networkOf(address: string | undefined): string {
  const plain = (address ?? "").replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1] ?? plain;
  if (isIPv4(mapped)) return `${mapped.split(".").slice(0, 3).join(".")}.0/24`;
  if (!isIPv6(plain)) return "unknown";
  return `${expand(plain).slice(0, 3).join(":")}::/48`;
}

/** The eight groups, without leading zeros. */
function expand(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  // A dotted quad at the end stands for two groups; the first three never hold it in a global address.
  const missing = Math.max(0, 8 - left.length - right.length);
  const filling = tail === undefined ? [] : new Array<string>(missing).fill("0");
  return [...left, ...filling, ...right].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""));
}
