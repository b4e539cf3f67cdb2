/** A sound or a film, whole and verified before it begins, so that every place in it can be sought. The browser's own controls. */
import { useEffect, useRef } from "preact/hooks";

export interface MediaProps {
  kind: "audio" | "video";
  url: string;
  name: string;
  /** To look at only: the browser's menu offers neither saving nor a window of its own. */
  viewOnly: boolean;
  onFailed: () => void;
}

export function Media({ kind, url, name, viewOnly, onFailed }: MediaProps) {
  const ref = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  useEffect(() => {
    const media = ref.current;
    // a film that goes on in a window of its own would lose its watermark
    if (media && viewOnly) media.disablePictureInPicture = true;
  }, []);
  const Kind = kind;
  return (
    <Kind
      ref={ref}
      class={`preview__${kind}`}
      src={url}
      controls
      playsInline
      preload="metadata"
      aria-label={name}
      {...(viewOnly && {
        controlsList: "nodownload nofullscreen noremoteplayback",
        onContextMenu: (event: Event) => event.preventDefault(),
      })}
      onError={onFailed}
    />
  );
}
