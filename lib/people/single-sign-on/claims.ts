import { z } from "zod";
import type { ProviderSettings } from "./schema";

/** What of a checked ID token counts. An email in it is nobody's proof of anything, and is not read. */

const claimsSchema = z.looseObject({
  iss: z.string().min(1),
  /** At most 255 characters (OpenID Connect Core 1.0, section 2). */
  sub: z.string().min(1).max(255),
  acr: z.string().optional().catch(undefined),
  amr: z.array(z.string()).optional().catch(undefined),
});
export type Claims = z.output<typeof claimsSchema>;

/** @returns null when the token names nobody */
export function readClaims(given: unknown): Claims | null {
  const parsed = claimsSchema.safeParse(given);
  return parsed.success ? parsed.data : null;
}

/** Whether the provider asserts what the administrator named as a second factor; never where nothing was named. */
export function assertsFactor({ acr, amr }: Claims, { factorValues }: Pick<ProviderSettings, "factorValues">): boolean {
  return factorValues.some((value) => value === acr || (amr ?? []).includes(value));
}

/** The groups a token names, or null where it names none and says nothing of groups. */
export function groupsOf(claims: Claims, { groupsClaim }: Pick<ProviderSettings, "groupsClaim">): string[] | null {
  if (groupsClaim === "" || !Object.hasOwn(claims, groupsClaim)) return null;
  const value = claims[groupsClaim];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string").slice(0, 1000) : null;
}
