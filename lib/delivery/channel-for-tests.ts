import type { Prisma, PrismaClient } from "../platform/db";

/** A channel as two administrators of the demonstration set it up: Sam asks, Nora confirms. */
export async function addChannel(
  client: PrismaClient,
  {
    state,
    ...data
  }: Omit<Prisma.ChannelUncheckedCreateInput, "createdAt"> & { id: string; state: "off" | "exercise" | "live" },
): Promise<string> {
  const { id } = data;
  const now = new Date();
  await client.channel.create({
    data: { agencyId: "state-911", ...data, createdAt: now, state: state === "live" ? "off" : state },
  });
  if (state === "live") {
    await client.channel.update({
      where: { id },
      data: { askedById: "demo-sam", askedBy: "Sam Okafor", askedAt: now },
    });
    await client.channel.update({
      where: { id },
      data: { state, confirmedById: "demo-nora", confirmedBy: "Nora Quinn", confirmedAt: now },
    });
  }
  return id;
}
