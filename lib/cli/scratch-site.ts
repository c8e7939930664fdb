import path from "node:path";
import { freePort, openEmbeddedPostgres } from "../platform/embedded-postgres";
import { serveConsole } from "./site";
import { buildConsole, PRISMA } from "./steps";

export interface ScratchSite {
  url: string;
  databaseUrl: string;
  /** How long the console's event loop was held at most since this was asked the last time, in milliseconds. */
  heldSince: () => Promise<number>;
  close: () => Promise<void>;
}

/** A whole demonstration of its own, for one run of tests or measurements: database, console, free port. */
export async function openScratchSite(scratch: string): Promise<ScratchSite> {
  await buildConsole();
  const database = await openEmbeddedPostgres(path.join(scratch, "site"), "console");
  try {
    const { applyMigrations } = await import("../platform/migrations");
    const { connect } = await import("../platform/db");
    const { seedDemonstration } = await import("../../prisma/seed");
    await applyMigrations(database.ownerUrl, PRISMA);
    const client = connect(database.appUrl);
    await seedDemonstration(client, new Date());
    await client.$disconnect();
    const port = await freePort();
    const site = await serveConsole({
      databaseUrl: database.appUrl,
      secret: "only for the journeys of this one test run",
      host: "127.0.0.1",
      port,
      url: `http://localhost:${port}`,
      home: database.home,
      show: false,
    });
    return {
      url: site.url,
      databaseUrl: database.appUrl,
      heldSince: () =>
        new Promise((resolve) => {
          site.process.once("message", (message) => resolve((message as { held: number }).held));
          site.process.send("held?");
        }),
      close: async () => {
        await site.stop();
        await database.stop();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
