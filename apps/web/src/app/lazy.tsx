/** Pages loaded when they are first visited. One that does not arrive (a new version, no network) says so and offers to load again. */
import { signal } from "@preact/signals";
import type { Attributes, ComponentType } from "preact";
import { Banner } from "../kit/Banner.tsx";
import { Button } from "../kit/Button.tsx";
import { words } from "./language.ts";
import { Skeleton } from "./loading.tsx";

/** @param load the page's chunk */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const page = signal<ComponentType<P> | "failed" | null>(null);
  let started = false;
  return function Lazy(props: P & Attributes) {
    if (!started) {
      started = true;
      load().then(
        (loaded) => {
          page.value = loaded;
        },
        () => {
          page.value = "failed";
        },
      );
    }
    const Page = page.value;
    if (Page === null) return <Skeleton />;
    if (Page === "failed") return <NotArrived />;
    return <Page {...props} />;
  };
}

function NotArrived() {
  const { shell } = words();
  return (
    <Banner kind="warn" title={shell.updateTitle} live>
      <p>{shell.updateText}</p>
      <p>
        <Button size="small" onClick={() => location.reload()}>
          {shell.updateAction}
        </Button>
      </p>
    </Banner>
  );
}
