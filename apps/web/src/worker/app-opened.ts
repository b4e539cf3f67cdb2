/** Envelopes that were opened in this worker: their files are read with what is kept here, until the member leaves. */
import type { ContentKey, Manifest } from "@pli/core/sealing";
import type { PartSummary } from "@pli/core/wire";
import { whenMemberLeaves } from "./app-keys.ts";

export interface OpenedEnvelope {
  contentKey: ContentKey;
  manifest: Manifest;
  parts: readonly PartSummary[];
}

const opened = new Map<string, OpenedEnvelope>();
whenMemberLeaves(() => opened.clear());
/** Manifests kept in memory; the eldest goes first. */
const MOST_OPENED = 60;

/** What was opened in this worker. */
export function openedHere(envelopeId: string): OpenedEnvelope | undefined {
  return opened.get(envelopeId);
}

export function keep(envelopeId: string, envelope: OpenedEnvelope): Manifest {
  opened.delete(envelopeId);
  opened.set(envelopeId, envelope);
  const eldest = opened.keys().next().value;
  if (opened.size > MOST_OPENED && eldest !== undefined) opened.delete(eldest);
  return envelope.manifest;
}
