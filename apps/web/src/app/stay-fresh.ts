/** What others do shows while one looks: a page loads again now and then, and when one comes back to it. Never under an open question. */
import { useEffect } from "preact/hooks";

/** @param again must be the same in every turn of drawing */
export function useStayingFresh(again: () => unknown, everyMs: number): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible" && navigator.onLine && !document.querySelector("dialog[open]"))
        again();
    };
    const timer = setInterval(look, everyMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
}
