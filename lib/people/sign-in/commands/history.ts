import "server-only";
import type { PrismaClient, Reader } from "../../../platform/db";

/** A person's own history of sign-ins. Limits on attempts bound how many lines a stranger can add in an hour. */

export interface SignInLine {
  personId: string;
  outcome: "accepted" | "wrong";
  method: string;
  browser: string;
  address: string;
}

/** How long a line is kept, and a session with its browser and network. */
const KEPT_MS = 180 * 86_400_000;

export async function recordSignIn(client: Reader, line: SignInLine, now: Date): Promise<void> {
  await client.signInEvent.create({ data: { ...line, at: now } });
}

/** Lines of refused attempts, written together. */
export async function recordRefused(
  client: PrismaClient,
  lines: readonly (Omit<SignInLine, "outcome"> & { at: Date })[],
): Promise<void> {
  if (lines.length > 0)
    await client.signInEvent.createMany({ data: lines.map((line) => ({ ...line, outcome: "wrong" })) });
}

/** Forgets lines that are kept no longer, and sessions that began before them: those ended long ago. */
export async function forgetOldSignIns(client: Reader, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  await client.signInEvent.deleteMany({ where: { at: { lt: before } } });
  await client.session.deleteMany({ where: { createdAt: { lt: before } } });
}
