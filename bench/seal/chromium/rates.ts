/** MB/s of each round. */
export interface Rates {
  readonly seal: readonly number[];
  readonly open: readonly number[];
}
