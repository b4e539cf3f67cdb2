/** A banner: what happened or what to do, with a shape and a title in words. `live` ones are spoken when they appear. */
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import { alert, info } from "./icons.ts";
import "./banner.css";

export interface BannerProps {
  kind?: "info" | "warn" | "bad";
  /** Another drawing than the kind's own. */
  icon?: string;
  title: ComponentChildren;
  live?: boolean;
  children?: ComponentChildren;
}

export function Banner({ kind = "info", icon, title, live, children }: BannerProps) {
  return (
    <div class={`banner banner--${kind}`} role={live ? (kind === "bad" ? "alert" : "status") : undefined}>
      <Icon of={icon ?? (kind === "info" ? info : alert)} />
      <p class="banner__title">{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}
