import type { Permission, Role } from "./permissions";

declare const minted: unique symbol;

/**
 * A person who is signed in at this moment, with what they may do and where.
 * Only lib/access/mint.ts makes one, so a read or write that asks for an Actor
 * cannot be reached without the session having been checked.
 */
export interface Actor {
  readonly [minted]: true;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  /** Key of the row of the session, which is not what the cookie holds. */
  readonly sessionKey: string;
  /** Must set up a second factor first, and may do nothing else until then. */
  readonly enrolling: boolean;
  /** Has a second factor, which is asked for again before sensitive acts. */
  readonly hasFactor: boolean;
  /** When this session proved again who it is, in milliseconds since 1970. */
  readonly confirmedAt: number | null;
  /** When this session ends unless it is used, and when it ends in any case, in milliseconds since 1970. */
  readonly endsAt: number;
  readonly latestAt: number;
  /** The agency that answers for the account. */
  readonly homeAgencyId: string;
  readonly memberships: readonly { agencyId: string; agencyName: string; role: Role; jurisdictionId: string }[];
  readonly scopes: ReadonlyMap<Permission, ReadonlySet<string>>;
}

/** Whether a person may do this, in this agency or in any. */
export function can(actor: Actor, permission: Permission, agencyId?: string): boolean {
  const scope = actor.scopes.get(permission);
  return scope !== undefined && (agencyId === undefined ? scope.size > 0 : scope.has(agencyId));
}

/** Agencies in which a person may do this; the WHERE of every read. */
export function agenciesFor(actor: Actor, permission: Permission): string[] {
  return [...(actor.scopes.get(permission) ?? [])];
}

/** How long the session lasts if nothing is done, and whether using it no longer makes it longer; whose it is. */
export function describeSession({ endsAt, latestAt, personId, email }: Actor, now: number) {
  return { leftMs: endsAt - now, last: latestAt - endsAt < 1000, personId, email };
}
