/**
 * The settings on the page: each change is saved by itself, one after the other, and can be undone. Somebody else's change in between is shown and
 * never overwritten.
 */
import { getOrganisationPolicies, setOrganisationPolicies } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { type OrganisationPolicies, POLICIES, type PolicyChoices, type PolicyName, type Setting } from "@pli/core/wire";
import { signal } from "@preact/signals";
import { server } from "../api.ts";
import { loadAccount } from "../session.ts";

/** A setting as it is wanted; null: the product's own. */
export type Wanted = Setting<unknown> | null;

export function createSettingsStore(first: OrganisationPolicies) {
  const house = signal(first);
  /** What is on its way: shown as if it were saved, so that nothing jumps. */
  const saving = signal<{ readonly name: PolicyName; readonly wanted: Wanted } | null>(null);
  /** What was not saved, by setting. */
  const failures = signal<ReadonlyMap<PolicyName, unknown>>(new Map());
  /** Somebody else changed something meanwhile. */
  const raced = signal(false);
  let last: Promise<unknown> = Promise.resolve();

  async function save(name: PolicyName, wanted: Wanted): Promise<boolean> {
    saving.value = { name, wanted };
    try {
      const { version, chosen } = house.peek();
      house.value = await setOrganisationPolicies(server, { version, policies: withSetting(chosen, name, wanted) });
      raced.value = false;
      // one's own pages obey at once
      await loadAccount().catch(() => undefined);
      return true;
    } catch (error) {
      if (error instanceof PliError && error.details.state === "changed") {
        house.value = await getOrganisationPolicies(server);
        raced.value = true;
      } else failures.value = new Map(failures.peek()).set(name, error);
      return false;
    } finally {
      saving.value = null;
    }
  }

  return {
    house,
    saving,
    failures,
    raced,
    /** What was set before, for undoing. */
    present: (name: PolicyName): Wanted => house.peek().chosen[name] ?? null,
    /** @returns whether it was saved; else `failures` or `raced` says why */
    change(name: PolicyName, wanted: Wanted): Promise<boolean> {
      const others = new Map(failures.peek());
      others.delete(name);
      failures.value = others;
      const turn = last
        .then(() => save(name, wanted))
        .catch((error: unknown) => {
          failures.value = new Map(failures.peek()).set(name, error);
          return false;
        });
      last = turn;
      return turn;
    },
  };
}
export type SettingsStore = ReturnType<typeof createSettingsStore>;

/** What says no more than the product says is not kept: it would stand in the way of a later release's better default. */
function withSetting(chosen: PolicyChoices, name: PolicyName, wanted: Wanted): PolicyChoices {
  const { [name]: _, ...others } = chosen;
  if (wanted === null) return others;
  const { product, binds } = POLICIES[name];
  const same = JSON.stringify(wanted.value) === JSON.stringify(product) && !(binds === "default" && wanted.locked);
  const isNamed = name === "recipientLanguage" || name === "memberLanguage";
  return same && !isNamed ? others : { ...others, [name]: wanted };
}
