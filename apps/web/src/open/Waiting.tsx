/** Nothing for 300 ms, then where the letter will be. */
import { useEffect, useState } from "preact/hooks";
import "../kit/letter.css";
import "../kit/skeleton.css";

export function Waiting({ text }: { text?: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div class="sheet letter letter--closed">
      <div class="letter__flap" />
      <div class="letter__body skeleton">
        <i />
        <i />
        <i />
        <p class="vh" role="status">
          {text}
        </p>
      </div>
    </div>
  );
}
