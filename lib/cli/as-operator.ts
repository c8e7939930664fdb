import type { PrismaClient } from "../platform/db";
import { launcherEnv } from "../platform/env";
import type { Result } from "../platform/result";

/** What commands do on the word of whoever runs the machine. */

/**
 * Acts as the owner of the tables: the console itself can't do it.
 * @returns what came of it; null where it was refused, and that was written
 */
export async function asOperator<Value>(
  ownerUrl: string,
  act: (owner: PrismaClient) => Promise<Result<Value>>,
): Promise<Value | null> {
  const { connect } = await import("../platform/db");
  const owner = connect(ownerUrl);
  try {
    const result = await act(owner);
    if (result.ok) return result.value;
    process.stderr.write(`${result.message}\n`);
    return null;
  } finally {
    await owner.$disconnect();
  }
}

/** Where a one-time link is opened. */
export function welcomeAt(token: string): string {
  const { url, port } = launcherEnv();
  return `${url ?? `http://localhost:${port}`}/welcome/${token}`;
}
