import "server-only";
import type { Actor } from "../../access/actor";
import { placesFor } from "../../access/jurisdiction";
import type { Permission } from "../../access/permissions";
import type { PrismaClient, Transaction } from "../../platform/db";

/** Who imports. The command line has no person behind it and acts for an agency. */
export interface Importer {
  actor: Actor | null;
  agencyId: string;
}

export const nameOf = ({ actor }: Importer) => actor?.name ?? "the command line";

/** Ids of the places an importer may do this in; undefined for all, where no person imports. */
export const placesOf = (client: PrismaClient | Transaction, { actor }: Importer, permission: Permission) =>
  actor ? placesFor(client, actor, permission) : undefined;
