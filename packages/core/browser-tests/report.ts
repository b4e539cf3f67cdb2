/** What the suites' run in a browser reports. */
export interface SuiteReport {
  readonly results: readonly { readonly title: string; readonly failure?: string }[];
  readonly userAgent: string;
}
