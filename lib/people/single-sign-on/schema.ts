import { z } from "zod";
import { ROLES } from "../../access/permissions";

/** What a provider of single sign-on (OpenID Connect) is set up with. */

/** How the console proves to the provider that it is the one that was registered there; PKCE comes on top each time. */
export const CLIENT_AUTH = {
  secret: "A client secret",
  key: "A private key that Callbox makes (private_key_jwt)",
  none: "Nothing but PKCE (public client)",
} as const;
export type ClientAuth = keyof typeof CLIENT_AUTH;

export const PROMPTS = {
  "": "Only when the provider needs to",
  login: "Every time (prompt=login)",
  select_account: "Let people choose an account (prompt=select_account)",
} as const;

const words = z.array(z.string().min(1).max(300)).max(20).default([]);

/** A group at the provider, and the role it stands for. It is proposed, never granted. */
const groupSchema = z.object({ group: z.string(), agencyId: z.string(), role: z.enum(ROLES) });

/** As it is stored. */
export const providerSettingsSchema = z.object({
  scopes: words,
  acrValues: z.string().max(500).default(""),
  prompt: z.enum(["", "login", "select_account"]).default(""),
  /** acr or amr values that stand for a second factor; with none the console asks for its own. */
  factorValues: words,
  groupsClaim: z.string().max(100).default(""),
  groups: z.array(groupSchema).max(100).default([]),
  /** Host names that may lead to inner addresses. */
  allowed: words,
});
export type ProviderSettings = z.output<typeof providerSettingsSchema>;

/** What is kept encrypted. */
export const providerSecretsSchema = z.object({ secret: z.string().optional(), key: z.string().optional() });
export type ProviderSecrets = z.output<typeof providerSecretsSchema>;

const line = z.string().trim().max(500).default("");

/** The issuer as its tokens name it: the slash at the end matters, and nothing is added or taken away. */
const issuerSchema = z
  .url({ protocol: /^https?$/, error: "Enter the issuer’s address, such as https://login.example.gov." })
  .max(500)
  .refine(
    (text) => !/[?#]|\/\.well-known\//.test(text),
    "Leave out what follows the issuer’s address (.well-known, ? or #).",
  );

/** As it is typed. */
export const providerFormSchema = z.strictObject({
  /** None for one that is not there yet. */
  id: z.string().max(20).optional(),
  name: z
    .string()
    .trim()
    .min(1, "Enter what the button says, such as State of Massachusetts.")
    .max(60, "Use at most 60 characters."),
  issuer: issuerSchema,
  clientId: z.string().trim().min(1, "Enter the client ID that the provider shows.").max(300),
  clientAuth: z.enum(["secret", "key", "none"]),
  /** Empty: as it is. */
  secret: z.string().trim().max(1000).default(""),
  scopes: line,
  acrValues: line,
  prompt: z.enum(["", "login", "select_account"]),
  factorValues: line,
  groupsClaim: z.string().trim().max(100).default(""),
  groups: z.string().max(10_000).default(""),
  allowed: line,
});
export type ProviderForm = z.input<typeof providerFormSchema>;

export const providerActSchema = z.strictObject({ id: z.string().max(20) });
export const confirmProviderSchema = providerActSchema.extend({ askedAt: z.number() });
export const tryProviderSchema = z.strictObject({
  issuer: issuerSchema,
  clientAuth: z.enum(["secret", "key", "none"]),
  allowed: line,
});
export const proposalActSchema = z.strictObject({ id: z.string().max(60) });
export const linkSchema = z.strictObject({ provider: z.string().max(20) });
export const unlinkSchema = z.strictObject({ issuer: z.string().max(500), subject: z.string().max(500) });
export const unlinkPersonSchema = unlinkSchema.extend({ personId: z.string().max(60) });
export const acceptSchema = z.strictObject({ provider: z.string().max(20), token: z.string().max(200) });

/** Words with spaces or commas between, in the order they were given. */
export const listOf = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter(Boolean))];

/**
 * Groups as they are typed, one a line: `group = role, AGENCY`. The last equals
 * sign counts, since names of groups can have one (cn=officials).
 * @param agencies by code
 * @returns the groups, or what is wrong with which line
 */
export function parseGroups(
  text: string,
  agencies: readonly { id: string; code: string }[],
): { groups: z.output<typeof groupSchema>[] } | { problem: string } {
  const groups: z.output<typeof groupSchema>[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const typed = raw.trim();
    if (typed === "") continue;
    const match = /^(.{1,300}?)\s*=\s*([a-z]+)\s*,\s*(\S+)$/.exec(typed);
    const role = ROLES.find((one) => one === match?.[2]);
    const agency = agencies.find(({ code }) => code === match?.[3]);
    const where = `Line ${index + 1}: `;
    if (!match?.[1])
      return {
        problem: `${where}write the group, the role and the agency’s code, such as duty-officers = drafter, MA911.`,
      };
    if (!role) return { problem: `${where}there is no role “${match[2]}”. There are ${ROLES.join(", ")}.` };
    if (!agency) return { problem: `${where}there is no agency with the code ${match[3]}.` };
    groups.push({ group: match[1], role, agencyId: agency.id });
  }
  return groups.length > 100 ? { problem: "Use at most 100 groups." } : { groups };
}

/** The same the other way. */
export const formatGroups = (
  groups: ProviderSettings["groups"],
  agencies: readonly { id: string; code: string }[],
): string =>
  groups
    .map(({ group, role, agencyId }) => `${group} = ${role}, ${agencies.find(({ id }) => id === agencyId)?.code ?? ""}`)
    .join("\n");
