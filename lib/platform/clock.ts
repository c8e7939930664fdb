import "server-only";
import type { PrismaClient } from "./db";

/** The clock of this machine, held against that of the database. */

/** So much they may differ before nobody can say which of them is right, in milliseconds: with NTP it is a few. */
const MOST_OFF_MS = 60_000;

function formatSpan(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/**
 * Whether a message that is sent now would carry a wrong time. One from the future holds up all that refers to it
 * until that time has come; one from the past is taken for older than what it replaces.
 * @returns what to tell the person; null while both clocks agree
 */
export async function findClockTrouble(client: PrismaClient, now: Date): Promise<string | null> {
  const [row] = await client.$queryRaw<{ at: Date }[]>`select clock_timestamp() as at`;
  const off = row ? now.getTime() - row.at.getTime() : 0;
  if (Math.abs(off) <= MOST_OFF_MS) return null;
  return (
    `This console’s clock is ${formatSpan(Math.abs(off))} ${off < 0 ? "behind" : "ahead of"} the database’s clock, so the ` +
    "alert would carry a wrong time. Nothing was published, and the alert still waits here. " +
    "Tell whoever runs this console, and approve again when the clock is right."
  );
}
