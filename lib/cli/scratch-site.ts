import fs from "node:fs";
import path from "node:path";
import { freePort, openEmbeddedPostgres } from "../platform/embedded-postgres";
import { type OwnProcess, preparePublicFolder, serveConsole, servePublic, serveWorker } from "./site";
import { buildConsole, PRISMA } from "./steps";

export interface ScratchSite {
  url: string;
  /** The address of its public site. */
  publicUrl: string;
  /** Where its files are. */
  publicFolder: string;
  databaseUrl: string;
  /** As the owner of its tables. */
  ownerUrl: string;
  /** How long the console's event loop was held at most since this was asked the last time, in milliseconds. */
  heldSince: () => Promise<number>;
  /** Its processes, by what they are. */
  processes: Readonly<Record<"console" | "worker" | "public server", number>>;
  /** Memory of the console's process, in bytes. */
  memory: () => Promise<number>;
  /** Ends console, worker and database at once, as a crash does. The public server goes on. */
  strike: () => Promise<void>;
  /** Starts another console and another worker on the same database. @returns its address */
  join: () => Promise<string>;
  close: () => Promise<void>;
}

/** What a scratch site begins with. */
type Beginning = "demonstration" | "real";

/** A real site as `init` makes one: counties only, one agency, nobody but its administrator. */
export const RHODE_ISLAND = {
  siteName: "Rhode Island 911",
  administratorName: "Ada First",
  administratorEmail: "ada@callbox.example",
  agency: {
    id: "agency",
    code: "RI911",
    name: "Rhode Island Emergency Office",
    shortName: "RI State 911",
    sender: "alerts@agency.example.gov",
    web: null,
    jurisdictionId: "44",
  },
  translations: { name: {}, shortName: {} },
};

/** Fills its database. A real site has no cities and towns yet, one official who may do everything, and a second administrator. */
async function fill(databaseUrl: string, ownerUrl: string, beginning: Beginning): Promise<void> {
  const { connect } = await import("../platform/db");
  const { seedDemonstration, seedRealSite } = await import("../../prisma/seed");
  const client = connect(databaseUrl);
  const now = new Date();
  if (beginning === "demonstration") await seedDemonstration(client, now);
  else {
    const { DEMONSTRATION_PASSWORD } = await import("../../prisma/seed/demonstration");
    const { hashPassword } = await import("../people/passwords");
    const { isSensitive, ROLES } = await import("../access/permissions");
    const { grantByOperator } = await import("../people/grants/commands/operator");
    const email = RHODE_ISLAND.administratorEmail;
    await seedRealSite(client, RHODE_ISLAND, now);
    const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD);
    const { id } = await client.person.update({ where: { email }, data: { passwordHash } });
    const roles = ROLES.filter((role) => !isSensitive(role)).map((role) => ({
      personId: id,
      agencyId: "agency",
      role,
    }));
    await client.membership.createMany({ data: roles });
    // A second administrator, as every site gets one: by the operator of the machine.
    const second = { name: "Ben Second", email: "ben@callbox.example", homeAgencyId: "agency", passwordHash };
    await client.person.create({ data: { ...second, createdAt: now } });
    const owner = connect(ownerUrl);
    for (const grant of [
      { email, role: "approver" as const },
      { email: second.email, role: "administrator" as const },
    ]) {
      const granted = await grantByOperator(owner, { ...grant, agencyId: "agency" }, now);
      if (!granted.ok) throw new Error(granted.message);
    }
    await owner.$disconnect();
  }
  await client.$disconnect();
}

/**
 * A whole site of its own, for one run of tests or measurements: database, console, worker, public site, free ports.
 * @param more settings by their names in the environment
 */
export async function openScratchSite(
  scratch: string,
  beginning: Beginning = "demonstration",
  more: Record<string, string> = {},
): Promise<ScratchSite> {
  await buildConsole();
  const database = await openEmbeddedPostgres(path.join(scratch, beginning), "console");
  try {
    const { applyMigrations } = await import("../platform/migrations");
    await applyMigrations(database.ownerUrl, PRISMA);
    await fill(database.appUrl, database.ownerUrl, beginning);
    const port = await freePort();
    const publicPort = await freePort();
    const publicUrl = `http://localhost:${publicPort}`;
    const folder = path.join(database.home, "public");
    preparePublicFolder(folder);
    const options = {
      databaseUrl: database.appUrl,
      secret: "only for the journeys of this one test run",
      host: "127.0.0.1",
      port,
      url: `http://localhost:${port}`,
      home: database.home,
      show: false,
      public: { folder, host: "127.0.0.1", port: publicPort, url: publicUrl },
      // A drill would take processors from what is walked or measured.
      more: { CALLBOX_DRILL_DAYS: "0", ...more },
    };
    const site = await serveConsole(options);
    const reader = await servePublic(options);
    const worker = await serveWorker(options);
    const joined: OwnProcess[] = [];
    let stopped: Promise<void> | undefined;
    const stopDatabase = () => (stopped ??= database.stop());
    const ask = () =>
      new Promise<{ held: number; memory: number }>((resolve) => {
        site.process.once("message", (message) => resolve(message as { held: number; memory: number }));
        site.process.send("how?");
      });
    return {
      url: site.url,
      publicUrl,
      publicFolder: folder,
      databaseUrl: database.appUrl,
      ownerUrl: database.ownerUrl,
      processes: {
        console: site.process.pid ?? 0,
        worker: worker.process.pid ?? 0,
        "public server": reader.process.pid ?? 0,
      },
      heldSince: async () => (await ask()).held,
      memory: async () => (await ask()).memory,
      join: async () => {
        const another = await freePort();
        const home = path.join(scratch, `${beginning}-second`);
        fs.mkdirSync(home, { mode: 0o755 });
        const more = { ...options, port: another, url: `http://localhost:${another}`, home };
        const beside = await serveConsole(more);
        joined.push(beside, await serveWorker(more));
        return beside.url;
      },
      strike: async () => {
        const struck = [...joined, worker, site];
        for (const { process } of struck) process.kill("SIGKILL");
        await Promise.all(struck.map(({ ended }) => ended));
        await stopDatabase();
      },
      close: async () => {
        for (const one of joined) await one.stop();
        await worker.stop();
        await reader.stop();
        await site.stop();
        await stopDatabase();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
