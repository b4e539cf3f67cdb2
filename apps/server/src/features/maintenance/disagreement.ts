/** Something that is not as it must be. */
export interface Disagreement {
  /** What was looked at: `content`, `digest`, `orphan`, `keys`, `openings`, `counters`, `journal`, `rows`, `owner`, `mail`, `keyring`. */
  readonly check: string;
  /** Null when no envelope is concerned. */
  readonly envelope: string | null;
  /** For the operator; ids only. */
  readonly words: string;
  /** Makes it right without losing anything that is of use; absent where a person must decide. */
  readonly mend?: () => Promise<void>;
}
