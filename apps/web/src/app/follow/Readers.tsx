/** Who else got a reply to all, with what became of it (M16, M21). */
import type { GrantStatus } from "@pli/core/wire";
import type { Thread as Words } from "@pli/texts/thread";
import { nameOf } from "../compose/addresses.ts";

export function Readers({ readers, words }: { readers: readonly GrantStatus[] | undefined; words: Words }) {
  if (!readers || readers.length === 0) return null;
  return (
    <p class="meta addr">
      {words.alsoTo}{" "}
      {readers.map(({ grantId, recipient, firstOpenedAt, notification }, at) => (
        <span key={grantId}>
          {at > 0 && ", "}
          {nameOf(recipient)}
          {firstOpenedAt ? ` (${words.readerOpened})` : notification?.state === "failed" && ` (${words.readerFailed})`}
        </span>
      ))}
    </p>
  );
}
