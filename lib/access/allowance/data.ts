import "server-only";
import type { Reader } from "../../platform/db";
import { type Allowance, decideAllowance } from "./allowance";

/** What an agency may publish, and to which kinds of channels. There are few agencies: all are read at once. */
export async function loadAllowance(client: Reader, agencyId: string): Promise<Allowance> {
  return (await loadAllowances(client, [agencyId]))[0]!;
}

/** The same of several agencies, in their order. */
export async function loadAllowances(client: Reader, agencyIds: readonly string[]): Promise<Allowance[]> {
  const nodes = await client.agency.findMany({
    select: { id: true, name: true, parentId: true, withheldPurposes: true, withheldChannels: true },
  });
  return agencyIds.map((id) => decideAllowance(id, nodes));
}
