import net from "node:net";
import { launcherEnv } from "../platform/env";
import { serveConsole } from "./site";
import { buildConsole, generateClient, type OpenDatabase, openDatabase, PRISMA, say, sessionSecret } from "./steps";

/** `npm start`: from a clean clone to a running console. */

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

async function choosePort(host: string): Promise<number> {
  const { port, all } = launcherEnv();
  const wanted = Number(port);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
    throw new Error(`PORT is “${port}”, which is not a port.`);
  if (await isFree(wanted, host)) return wanted;
  if (all.PORT) throw new Error(`Port ${wanted} is taken. Set PORT to another one.`);
  for (let other = wanted + 1; other < wanted + 100; other += 1) {
    if (await isFree(other, host)) {
      say(`Port ${wanted} is taken, so this console uses ${other}`);
      return other;
    }
  }
  throw new Error(`Ports ${wanted} to ${wanted + 99} are taken. Set PORT to a free one.`);
}

async function prepareDatabase(database: OpenDatabase): Promise<"demonstration" | "real"> {
  const { applyMigrations } = await import("../platform/migrations");
  const applied = await applyMigrations(database.ownerUrl, PRISMA);
  if (applied.length > 0) say(`Applied ${applied.length} migrations`);
  const { connect } = await import("../platform/db");
  const { isEmpty, seedDemonstration } = await import("../../prisma/seed");
  const client = connect(database.appUrl);
  try {
    if (await isEmpty(client)) {
      say("Loading the demonstration: Massachusetts, 351 cities and towns, invented numbers");
      await seedDemonstration(client, new Date());
    }
    const site = await client.site.findUniqueOrThrow({ where: { id: 1 } });
    return site.mode === "real" ? "real" : "demonstration";
  } finally {
    await client.$disconnect();
  }
}

async function describeSignIns(): Promise<string[]> {
  const { DEMONSTRATION_PASSWORD, PEOPLE } = await import("../../prisma/seed/demonstration");
  return [
    "",
    `Demonstration sign-ins, password “${DEMONSTRATION_PASSWORD}”:`,
    ...PEOPLE.map(
      ({ email, name, roles, does }) => `  ${email.padEnd(24)}${name.padEnd(15)}${roles.join(", ")}: ${does}`,
    ),
  ];
}

/** @returns the exit status, after Ctrl-C ended everything it started */
export async function start(): Promise<number> {
  const stopped = new Promise<void>((resolve) => {
    process.on("SIGINT", () => resolve());
    process.on("SIGTERM", () => resolve());
  });
  await generateClient();
  say("Starting the database");
  const database = await openDatabase();
  try {
    const mode = await prepareDatabase(database);
    const { host: wanted, url } = launcherEnv();
    if (mode === "demonstration" && wanted && !LOOPBACK.includes(wanted)) {
      throw new Error(`A demonstration listens on this machine only. Unset HOST (it is “${wanted}”).`);
    }
    const host = wanted ?? "127.0.0.1";
    await buildConsole();
    const port = await choosePort(host);
    say("Starting the console");
    const address = mode === "demonstration" ? `http://localhost:${port}` : (url ?? `http://localhost:${port}`);
    const served = await serveConsole({
      databaseUrl: database.appUrl,
      secret: sessionSecret(database.home),
      host,
      port,
      url: address,
      show: true,
    });
    const lines = [
      "",
      `Callbox is ready: ${address}`,
      ...(mode === "demonstration" ? await describeSignIns() : []),
      "",
      `Data: ${database.bundled ? database.home : "the database DATABASE_URL names"}. Ctrl-C stops everything.`,
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
    const ended = new Promise<void>((resolve) => served.process.once("exit", () => resolve()));
    await Promise.race([stopped, ended]);
    say("Stopping");
    await served.stop();
    return 0;
  } finally {
    await database.stop();
  }
}
