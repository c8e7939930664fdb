import type { Actor } from "../../access/actor";
import type { PrismaClient } from "../../platform/db";
import { markConfirmed } from "../sign-in/commands/confirm";
import { askAccess } from "./commands/ask";
import { decideAccess } from "./commands/decide";
import type { AskAccess } from "./schema";

/** Asks as one administrator and confirms as another one, both of whom proved just now who they are. */
export async function grantByTwo(
  client: PrismaClient,
  [asker, confirmer]: readonly [Actor, Actor],
  input: Omit<AskAccess, "reason">,
  now = new Date(),
) {
  await markConfirmed(client, asker, now);
  await markConfirmed(client, confirmer, now);
  const asked = await askAccess(client, asker, { reason: "For a test.", ...input }, now);
  if (!asked.ok) return asked;
  return decideAccess(client, confirmer, { id: asked.value.id, decision: "confirm" }, now);
}
