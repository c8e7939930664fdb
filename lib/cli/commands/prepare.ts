import { applyMigrations } from "../../platform/migrations";
import { linkLibraries } from "../../platform/embedded-postgres";
import { buildConsole, generateClient, openDatabase, PRISMA, say, shipAsOwner } from "../steps";

/** The parts of `npm start` that an image and a deployment do apart: the build once, the migrations once for all processes. */

/** Makes what the processes are served from. Needs no database. @returns 0 */
export async function build(): Promise<number> {
  await generateClient();
  await buildConsole();
  linkLibraries();
  return 0;
}

/**
 * Brings the database up to date, as its owner. Applying nothing is no failure.
 * @returns 0
 */
export async function migrate(): Promise<number> {
  await generateClient();
  const database = await openDatabase();
  try {
    const applied = await applyMigrations(database.ownerUrl, PRISMA);
    say(applied.length === 0 ? "Every migration was applied before" : `Applied ${applied.length} migrations`);
    const { connect } = await import("../../platform/db");
    const { ensureBaseline } = await import("../../record/append");
    const { isEmpty } = await import("../../../prisma/seed");
    const client = connect(database.appUrl, { connections: 1 });
    try {
      if (await isEmpty(client)) say("The database holds no site yet: make one with “callbox init --help”");
      else {
        await ensureBaseline(client, new Date());
        await shipAsOwner(database.ownerUrl, new Date());
      }
    } finally {
      await client.$disconnect();
    }
    return 0;
  } finally {
    await database.stop();
  }
}
