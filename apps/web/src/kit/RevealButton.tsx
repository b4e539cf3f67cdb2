/** Shows what a field for a secret hides, and hides it again. */
import { IconButton } from "./Button.tsx";
import { eye, eyeoff } from "./icons.ts";

export interface RevealWords {
  readonly show: string;
  readonly hide: string;
}

export function RevealButton({
  shown,
  words,
  onShown,
}: {
  shown: boolean;
  words: RevealWords;
  onShown: (shown: boolean) => void;
}) {
  return (
    <IconButton
      icon={shown ? eyeoff : eye}
      label={shown ? words.hide : words.show}
      aria-pressed={shown}
      onClick={() => onShown(!shown)}
    />
  );
}
