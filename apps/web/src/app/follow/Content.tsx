/** Reading again what was sent (Z12): text and files, opened on this device. */

import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { Skeleton, useLoad } from "../loading.tsx";
import { Problem } from "../problem.tsx";
import { Letter } from "../received/Letter.tsx";

export function Content({ envelopeId }: { envelopeId: string }) {
  const { follow } = words();
  const [loaded, again] = useLoad(() => callWorker("readSent", { envelopeId }), [envelopeId]);
  return (
    <section aria-label={follow.contentTitle}>
      {loaded.state === "loading" && <Skeleton />}
      {loaded.state === "failed" && <Problem error={loaded.error} retry={again} />}
      {loaded.state === "done" && <Letter envelopeId={envelopeId} manifest={loaded.value} />}
    </section>
  );
}
