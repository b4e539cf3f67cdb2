/** The state of a message as a seal and a word: the shape alone tells it (look.md). */
import type { EnvelopeListItem } from "@pli/core/wire";
import "../../kit/badge.css";
import { Icon } from "../../kit/Icon.tsx";
import { clock } from "../../kit/icons.ts";
import { SealBroken, SealClosed, SealOpen } from "../../kit/Seal.tsx";
import { words } from "../language.ts";

export function StateBadge({ item }: { item: Pick<EnvelopeListItem, "state" | "recipientsOpened"> }) {
  const { states } = words().follow;
  switch (item.state) {
    case "draft":
    case "sending":
      return (
        <span class="badge">
          <Icon of={clock} small />
          {states[item.state]}
        </span>
      );
    case "sent":
      return (
        <span class="badge">
          <SealClosed small />
          {states.sent}
        </span>
      );
    case "partly_opened":
      return (
        <span class="badge badge--part">
          <SealOpen small />
          {states.partly_opened}
        </span>
      );
    case "opened":
      return (
        <span class="badge badge--done">
          <SealOpen small />
          {states.opened}
        </span>
      );
    case "expired": {
      const unread = item.recipientsOpened === 0;
      return (
        <span class={unread ? "badge badge--warn" : "badge"}>
          <SealBroken small />
          {unread ? states.expiredUnread : states.expired}
        </span>
      );
    }
    default:
      return (
        <span class="badge">
          <SealBroken small />
          {states[item.state]}
        </span>
      );
  }
}
