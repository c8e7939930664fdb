import "server-only";
import type { Reader } from "../../platform/db";
import { type Allowance, type AllowanceNode, decideAllowance } from "./allowance";

/** Every agency with what is withheld from it. There are few: all are read at once. */
export const loadAllowanceNodes = (client: Reader): Promise<AllowanceNode[]> =>
  client.agency.findMany({
    select: { id: true, name: true, parentId: true, withheldPurposes: true, withheldChannels: true },
  });

/** What an agency may publish, and to which kinds of channels. */
export async function loadAllowance(client: Reader, agencyId: string): Promise<Allowance> {
  return (await loadAllowances(client, [agencyId]))[0]!;
}

/** The same of several agencies, in their order. */
export async function loadAllowances(client: Reader, agencyIds: readonly string[]): Promise<Allowance[]> {
  const nodes = await loadAllowanceNodes(client);
  return agencyIds.map((id) => decideAllowance(id, nodes));
}
