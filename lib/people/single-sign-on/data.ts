import "server-only";
import type { Actor } from "../../access/actor";
import { agenciesFor } from "../../access/actor";
import type { Role } from "../../access/permissions";
import { db, type Reader } from "../../platform/db";
import { env, singleSignOnSettings } from "../../platform/env";
import { unseal } from "../../record/site-secret";
import { getSite } from "../../platform/site/data";
import { findTopAgency, nextProviderId, providerSecretOf } from "./commands/providers";
import { discover } from "./commands/discover";
import { keyAsJwk } from "./commands/make-key";
import { guardedLookup } from "../../platform/outbound/address";
import { namesWithin } from "./discovery";
import { type SignInProvider, toNextAuth } from "./provider";
import { type ClientAuth, providerSecretsSchema, providerSettingsSchema } from "./schema";

/** The provider that the environment names. */
export const ENVIRONMENT_ID = "sso-env";

/** The provider that the environment sets up, or null. */
function providerOfEnvironment(): SignInProvider | null {
  const named = singleSignOnSettings();
  if (!named) return null;
  const { name, issuer, clientId, secret, key, ...settings } = named;
  return {
    id: ENVIRONMENT_ID,
    name,
    issuer,
    clientId,
    clientAuth: secret ? "secret" : key ? "key" : "none",
    secrets: { ...(secret ? { secret } : {}), ...(key ? { key } : {}) },
    settings: providerSettingsSchema.parse(settings),
  };
}

/** Every provider that is on, with its secret: by the environment, and by two administrators. */
async function loadProviders(client: Reader): Promise<SignInProvider[]> {
  const rows = await client.signInProvider.findMany({
    where: { state: "on", retiredAt: null },
    orderBy: { id: "asc" },
  });
  const own = rows.map(({ id, name, issuer, clientId, clientAuth, settings, secrets }) => ({
    id,
    name,
    issuer,
    clientId,
    clientAuth: clientAuth as ClientAuth,
    settings: providerSettingsSchema.parse(settings),
    secrets: secrets
      ? providerSecretsSchema.parse(JSON.parse(unseal(env().NEXTAUTH_SECRET, providerSecretOf(id), secrets)))
      : {},
  }));
  const named = providerOfEnvironment();
  return named ? [named, ...own] : own;
}

/**
 * The providers that are on, as next-auth takes them. One is asked what it says of
 * itself; the others are listed by name.
 * @param asked id of the one that a request is about
 */
export async function loadNextAuthProviders(client: Reader, asked: string | undefined, now: Date) {
  const providers = await loadProviders(client);
  const demonstration = (await getSite(client)).mode === "demonstration";
  // The library keeps one for all its connections, so it knows the names of all.
  const lookup = guardedLookup(
    namesWithin({ allowed: providers.flatMap(({ settings }) => settings.allowed), demonstration }),
  );
  return Promise.all(
    providers.map(async (provider) => {
      const { issuer, clientAuth, settings, secrets } = provider;
      const isAsked = provider.id === asked;
      const found = isAsked
        ? await discover({ issuer, clientAuth, allowed: settings.allowed, demonstration }, now)
        : null;
      const key = isAsked && secrets.key && clientAuth === "key" ? keyAsJwk(secrets.key) : null;
      return { provider, config: toNextAuth(provider, found, key, lookup) };
    }),
  );
}

/** What the sign-in page has buttons for. */
export async function listSignInButtons(): Promise<{ id: string; name: string }[]> {
  const rows = await db().signInProvider.findMany({
    where: { state: "on", retiredAt: null },
    select: { id: true, name: true },
    orderBy: { id: "asc" },
  });
  const named = singleSignOnSettings();
  return named ? [{ id: ENVIRONMENT_ID, name: named.name }, ...rows] : rows;
}

/** Where a provider sends people back to, as it is registered there. */
export const redirectAddress = (id: string): string =>
  `${env()
    .NEXTAUTH_URL.replace(/\/+$/, "")
    .replace(/\/api\/auth$/, "")}/api/auth/callback/${id}`;

/** What an administrator of the agency at the top sees of every provider; null for anyone else. No secret is among it. */
export async function listProviders(actor: Actor) {
  if ((await findTopAgency(db(), actor)) === null) return null;
  const rows = await db().signInProvider.findMany({ where: { retiredAt: null }, orderBy: { id: "asc" } });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    issuer: row.issuer,
    clientId: row.clientId,
    clientAuth: row.clientAuth as ClientAuth,
    settings: providerSettingsSchema.parse(row.settings),
    hasSecret: row.secrets !== null,
    certificate: row.certificate,
    isOn: row.state === "on",
    asked:
      row.state === "off" && row.askedBy && row.askedAt
        ? { by: row.askedBy, at: row.askedAt.getTime(), own: row.askedById === actor.personId }
        : null,
    confirmed:
      row.confirmedBy && row.confirmedAt
        ? { asker: row.askedBy ?? "", by: row.confirmedBy, at: row.confirmedAt.getTime() }
        : null,
    redirect: redirectAddress(row.id),
  }));
}
/** Providers that someone asked to turn on and that a second administrator confirms. */
export async function listAskedProviders(actor: Actor) {
  const providers = (await listProviders(actor)) ?? [];
  return providers.flatMap(({ id, name, asked }) =>
    asked ? [{ id, name, askedBy: asked.by, isMine: asked.own }] : [],
  );
}

export type ProviderRow = NonNullable<Awaited<ReturnType<typeof listProviders>>>[number];

/** The redirect address of the next provider that is set up. */
export const nextRedirectAddress = async (): Promise<string> => redirectAddress(await nextProviderId(db()));

/** Agencies as groups name them. */
export const listAgencyCodes = () =>
  db().agency.findMany({ select: { id: true, code: true }, orderBy: { code: "asc" } });

/** A person's own links, the oldest first. */
export async function listOwnLinks(actor: Actor) {
  const rows = await db().linkedSignIn.findMany({
    where: { personId: actor.personId, endedAt: null },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ issuer, subject, provider, createdAt, lastUsedAt }) => ({
    issuer,
    subject,
    provider,
    since: createdAt.getTime(),
    lastUsedAt: lastUsedAt?.getTime() ?? null,
  }));
}
export type OwnLink = Awaited<ReturnType<typeof listOwnLinks>>[number];

/** Roles that groups at a provider stand for and that the people don't have, in agencies an administrator manages. */
export async function listProposals(actor: Actor) {
  const rows = await db().roleProposal.findMany({
    where: {
      agencyId: { in: agenciesFor(actor, "people:manage") },
      dismissedAt: null,
      person: { disabledAt: null },
    },
    include: {
      person: { select: { name: true, memberships: true } },
      agency: { select: { name: true } },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows
    .filter(
      ({ person, agencyId, role }) =>
        !person.memberships.some((held) => held.agencyId === agencyId && held.role === role),
    )
    .map(({ id, personId, person, agencyId, agency, role, group, provider, createdAt }) => ({
      id,
      personId,
      person: person.name,
      agencyId,
      agency: agency.name,
      role: role as Role,
      group,
      provider,
      at: createdAt.getTime(),
    }));
}
export type Proposal = Awaited<ReturnType<typeof listProposals>>[number];
