/** How passwords are proposed (P4, S3): whatever the organisation asks of one. Words with digits and hyphens between have the rest by themselves. */
import { me } from "../session.ts";

export function proposalRules(): { readonly leastCharacters: number; readonly capitals: boolean } {
  const { passwordLength, passwordUpper } = me().policies;
  return { leastCharacters: passwordLength.value, capitals: passwordUpper.value };
}
