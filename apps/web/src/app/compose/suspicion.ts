/** Marks addresses that look like known ones as they are typed. The comparing comes by itself once the page stands: a mark may be late, the review never is. */
import { signal } from "@preact/signals";
import { me } from "../session.ts";
import { knownDomains, knownPeople } from "./people.ts";

type Looks = typeof import("./look-alike.ts");
const looks = signal<Looks | null>(null);

export async function loadSuspicion(): Promise<void> {
  looks.value = await import("./look-alike.ts");
}

export function isSuspicious(address: string): boolean {
  const present = looks.value;
  if (present === null) return false;
  const known = knownAddresses();
  return (
    present.lookAlike(address, known) !== null ||
    present.lookAlikeDomain(address, known, knownDomains.value) !== null ||
    present.mixesAlphabets(address)
  );
}

export function knownAddresses(): string[] {
  return [...knownPeople().map((person) => person.address), me().address];
}
