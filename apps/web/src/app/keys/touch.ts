/**
 * What a passkey answered when it signed in, kept for the moment until the keys are looked at: one touch signs in and unlocks. In memory only,
 * taken once.
 */
export interface KeptTouch {
  readonly credentialId: string;
  readonly prf: Uint8Array;
}

let kept: KeptTouch | null = null;

export function keepTouch(touch: KeptTouch): void {
  kept = touch;
}

export function takeTouch(): KeptTouch | null {
  const touch = kept;
  kept = null;
  return touch;
}
