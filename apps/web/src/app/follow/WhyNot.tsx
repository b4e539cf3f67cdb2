/** Why a notification is delayed or failed, in the member's words; until they are here, or for an unknown reason, in the server's (M21). */
import type { NotificationStatus } from "@pli/core/wire";
import type { DeliveryTexts } from "@pli/texts/delivery/load";
import { loadDelivery } from "@pli/texts/delivery/load";
import { useEffect, useState } from "preact/hooks";
import { language } from "../language.ts";

export function WhyNot({ notification }: { notification: NotificationStatus }) {
  const { reason, reasonCode, statusCode } = notification;
  const [texts, setTexts] = useState<DeliveryTexts | null>(null);
  const spoken = language.value;
  useEffect(() => {
    let isShown = true;
    loadDelivery[spoken]().then(
      (loaded) => isShown && setTexts(loaded),
      // Offline: the server's own words stay.
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [spoken]);
  const words = (reasonCode && texts?.reasons[reasonCode]) ?? reason;
  if (!words) return null;
  return (
    <small title={reason}>
      {words} {statusCode}
    </small>
  );
}
