import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isPortFree, linkLibraries } from "../../platform/embedded-postgres";
import { backupSettings, launcherEnv } from "../../platform/env";
import { repeat } from "../repeat";
import {
  type OwnProcess,
  prepareBackupFolder,
  preparePublicFolder,
  type Served,
  serveConsole,
  servePublic,
  serveWorker,
} from "../site";
import {
  buildConsole,
  generateClient,
  type OpenDatabase,
  openDatabase,
  PRISMA,
  say,
  shipAsOwner,
  sessionSecret,
  checkpointFolder,
  endScripts,
} from "../steps";

/** `npm start`: from a clean clone to a running console, and its watchman for as long as it runs. */

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

/**
 * A port for the public site: the one that is named, or the first free one from 3080 on.
 * @param again whether a launcher on this folder was killed: what it served lets go of its port in a moment
 */
async function choosePublicPort(host: string, besides: number, again: boolean): Promise<number> {
  const { publicPort } = launcherEnv();
  const wanted = Number(publicPort ?? 3080);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
    throw new Error(`CALLBOX_PUBLIC_PORT is “${publicPort}”, which is not a port.`);
  for (let waited = 0; again && waited < 10_000 && !(await isPortFree(wanted, host)); waited += 100) await pause(100);
  for (let port = wanted; port < wanted + 100; port += 1) {
    if (port !== besides && (await isPortFree(port, host))) return port;
    if (publicPort) throw new Error(`Port ${wanted} is taken. Set CALLBOX_PUBLIC_PORT to another one.`);
  }
  throw new Error(`Ports ${wanted} to ${wanted + 99} are taken. Set CALLBOX_PUBLIC_PORT to a free one.`);
}

/** @param before port of a console on this folder whose launcher was killed: people know it, so it is waited for */
async function choosePort(host: string, before: number | undefined): Promise<number> {
  const { port, all } = launcherEnv();
  const wanted = Number(port);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
    throw new Error(`PORT is “${port}”, which is not a port.`);
  const known = all.PORT ? wanted : (before ?? wanted);
  for (let waited = 0; before !== undefined && waited < 15_000 && !(await isPortFree(known, host)); waited += 100) {
    await pause(100);
  }
  if (await isPortFree(known, host)) return known;
  if (all.PORT) throw new Error(`Port ${wanted} is taken. Set PORT to another one.`);
  for (let other = wanted + 1; other < wanted + 100; other += 1) {
    if (await isPortFree(other, host)) {
      say(`Port ${wanted} is taken, so this console uses ${other}`);
      return other;
    }
  }
  throw new Error(`Ports ${wanted} to ${wanted + 99} are taken. Set PORT to a free one.`);
}

/** Whether people reach this console on this machine only. */
function isLocal(): boolean {
  const { host, url } = launcherEnv();
  return (
    (host === undefined || LOOPBACK.includes(host)) && (url === undefined || LOOPBACK.includes(new URL(url).hostname))
  );
}

async function prepareDatabase(database: OpenDatabase, demonstration: boolean): Promise<"demonstration" | "real"> {
  const { applyMigrations } = await import("../../platform/migrations");
  const applied = await applyMigrations(database.ownerUrl, PRISMA);
  if (applied.length > 0) say(`Applied ${applied.length} migrations`);
  const { connect } = await import("../../platform/db");
  const { ensureBaseline } = await import("../../record/append");
  const { isEmpty, seedDemonstration } = await import("../../../prisma/seed");
  const client = connect(database.appUrl);
  try {
    if (await isEmpty(client)) {
      // Its password is published, so it is made where nobody else gets at it, and never where data was kept before.
      if (!isLocal() || !(demonstration || database.untouched)) {
        throw new Error(
          "This database is empty. Make a site in it with “npm run callbox -- init --help”" +
            (isLocal() ? ", or try the demonstration in it with “npm start -- --demonstration”." : "."),
        );
      }
      const { DEMONSTRATION } = await import("../../../prisma/seed/demonstration");
      say(`Loading the demonstration: ${DEMONSTRATION}`);
      await seedDemonstration(client, new Date());
    } else {
      if (await ensureBaseline(client, new Date())) say("Sealed what is in the database in its record");
      const added = await shipAsOwner(database.ownerUrl, new Date());
      if (added > 0) say(`Added ${added} templates that Callbox ships with`);
    }
    database.markTouched();
    const site = await client.site.findUniqueOrThrow({ where: { id: 1 } });
    return site.mode === "real" ? "real" : "demonstration";
  } finally {
    await client.$disconnect();
  }
}

/** How often the launcher looks whether a checkpoint is due, in milliseconds. */
const CHECKPOINT_LOOK_MS = 15_000;

/**
 * Signs how far the record reaches, every hour and soon after each publication,
 * for whoever keeps it elsewhere. The launcher does it, since the console's
 * account may write nothing into the data folder.
 */
async function makeKeeper(database: OpenDatabase): Promise<(now: Date) => Promise<void>> {
  const { connect } = await import("../../platform/db");
  const { keepWhenDue } = await import("../../evidence/commands/keep-checkpoint");
  const settings = { folder: checkpointFolder(), secret: sessionSecret(database.home) };
  let kept: Awaited<ReturnType<typeof keepWhenDue>> = null;
  return async (now) => {
    const client = connect(database.appUrl, { connections: 1 });
    try {
      kept = await keepWhenDue(client, settings, kept, now);
    } finally {
      await client.$disconnect();
    }
  };
}

async function describeSignIns(): Promise<string[]> {
  const { DEMONSTRATION_PASSWORD, PEOPLE } = await import("../../../prisma/seed/demonstration");
  return [
    "",
    `Demonstration sign-ins, password “${DEMONSTRATION_PASSWORD}”:`,
    ...PEOPLE.map(
      ({ email, name, roles, does }) => `  ${email.padEnd(24)}${name.padEnd(15)}${roles.join(", ")}: ${does}`,
    ),
  ];
}

/** After so many ends in so short a time a restart helps nobody. */
const MOST_ENDS = 8;
const SPAN_MS = 60_000;
/** A console that does not come up takes a minute to be given up. */
const LONG_SPAN_MS = 900_000;

/** Counts unexpected ends. @throws when there are too many in the span */
function makeCounter(what: string, span = SPAN_MS): () => Promise<void> {
  const ends: number[] = [];
  return async () => {
    // Not the clock of the machine: one that is set back makes old ends look new.
    const now = performance.now();
    ends.push(now);
    const recent = ends.filter((at) => now - at < span).length;
    if (recent > MOST_ENDS) {
      throw new Error(`${what} ended ${recent} times in ${Math.round(span / 60_000)} minutes, so Callbox stops.`);
    }
    say(`${what} ended unexpectedly; starting it again`);
    await pause(Math.min(100 * 2 ** (recent - 1), 5000));
  };
}

/**
 * Serves until it is told to stop. A console or a database that ends by itself
 * or is killed is started again at the same address.
 * @returns the exit status, after it ended everything it started
 */
export async function start(options: { demonstration?: boolean } = {}): Promise<number> {
  let stopping = false;
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        stopping = true;
        endScripts();
        resolve();
      });
    }
  });
  const isStopping = () => stopping;
  await unlessStopping(generateClient(), stopped, isStopping);
  if (stopping) return 0;
  say("Starting the database");
  const database = await openDatabase("console");
  let served: Served | undefined;
  let worker: OwnProcess | undefined;
  let reader: OwnProcess | undefined;
  let stopKeeping: (() => void) | undefined;
  try {
    if (stopping) return 0;
    const { host: wanted, url } = launcherEnv();
    const mode = await unlessStopping(prepareDatabase(database, options.demonstration === true), stopped, isStopping);
    if (mode === undefined) return 0;
    if (mode === "demonstration" && wanted && !LOOPBACK.includes(wanted)) {
      throw new Error(`A demonstration listens on this machine only. Unset HOST (it is “${wanted}”).`);
    }
    const host = wanted ?? "127.0.0.1";
    if (stopping) return 0;
    await unlessStopping(buildConsole(), stopped, isStopping);
    if (stopping) return 0;
    const port = await choosePort(host, database.lock?.instead?.port);
    database.lock?.setPort(port);
    const { publicFolder: named, publicHost = "127.0.0.1", publicUrl } = launcherEnv();
    const publicPort = await choosePublicPort(publicHost, port, Boolean(database.lock?.instead));
    const folder = named ?? path.join(database.home, "public");
    preparePublicFolder(folder);
    const backups = backupSettings({ ...launcherEnv().all, CALLBOX_DATA: database.home });
    if (backups) {
      prepareBackupFolder(backups.folder);
      // For the worker, which starts a server to try a backup and may not write here.
      try {
        linkLibraries();
      } catch {
        // Where nobody may, they are there from the build; else the drill says what it lacks.
      }
    }
    say("Starting the console");
    const serving = {
      databaseUrl: database.appUrl,
      secret: sessionSecret(database.home),
      host,
      port,
      url: mode === "demonstration" ? `http://localhost:${port}` : (url ?? `http://localhost:${port}`),
      home: database.home,
      show: true,
      public: {
        folder,
        host: publicHost,
        port: publicPort,
        url: (publicUrl ?? `http://localhost:${publicPort}`).replace(/\/+$/, ""),
      },
    };
    const serve = () => serveConsole(serving);
    served = await Promise.race([serveAtLast(serve, () => stopping), stopped.then(() => undefined)]);
    if (!served) return 0;
    reader = await Promise.race([
      serveAtLast(
        () => servePublic(serving),
        () => stopping,
      ),
      stopped.then(() => undefined),
    ]);
    if (!reader) return 0;
    worker = await Promise.race([
      serveAtLast(
        () => serveWorker(serving),
        () => stopping,
      ),
      stopped.then(() => undefined),
    ]);
    if (!worker) return 0;
    const lines = [
      "",
      `Callbox is ready: ${served.url}`,
      `What the public reads: ${serving.public.url}`,
      ...(mode === "demonstration" ? await describeSignIns() : []),
      "",
      `Data: ${database.bundled ? database.home : "the database DATABASE_URL names"}. Ctrl-C stops everything.`,
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
    stopKeeping = repeat(await makeKeeper(database), {
      every: CHECKPOINT_LOOK_MS,
      what: "Signing a checkpoint of the record",
      again: "soon",
    });
    const failing = Promise.race([
      watchDatabase(database, isStopping),
      watchProcess(
        "The console",
        () => served,
        (next) => (served = next),
        serve,
        isStopping,
      ),
      watchProcess(
        "The public site",
        () => reader,
        (next) => (reader = next),
        () => servePublic(serving),
        isStopping,
      ),
      watchProcess(
        "The worker",
        () => worker,
        (next) => (worker = next),
        () => serveWorker(serving),
        isStopping,
      ),
    ]);
    await Promise.race([stopped, failing]);
    say("Stopping");
    return 0;
  } finally {
    stopping = true;
    stopKeeping?.();
    await worker?.stop();
    await reader?.stop();
    await served?.stop();
    await database.stop();
  }
}

/** A step on the way. Whoever is told to stop does not wait for it, and hears nothing of how it ends. */
async function unlessStopping<Value>(
  step: Promise<Value>,
  stopped: Promise<void>,
  isStopping: () => boolean,
): Promise<Value | undefined> {
  try {
    return (await Promise.race([step, stopped])) ?? undefined;
  } catch (error) {
    if (isStopping()) return undefined;
    throw error;
  } finally {
    step.catch(() => undefined);
  }
}

/** A first process that is killed while it starts is started again, a few times. @throws what the last one failed with */
async function serveAtLast<One>(serve: () => Promise<One>, isStopping: () => boolean): Promise<One> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await serve();
    } catch (error) {
      if (attempt === 3 || isStopping()) throw error;
      say(`${error instanceof Error ? error.message : String(error)}\nTrying again`);
    }
  }
}

/** Starts the database again when it ends, until told to stop. @throws when that does not help */
async function watchDatabase(database: OpenDatabase, isStopping: () => boolean): Promise<void> {
  const ended = makeCounter("The database");
  for (;;) {
    await database.failed();
    if (isStopping()) return;
    // Until it runs again: what the old one still holds may take a moment to be let go.
    for (let again = true; again;) {
      await ended();
      again = await database.restart().then(
        () => false,
        (error: unknown) => {
          say(error instanceof Error ? error.message : String(error));
          return !isStopping();
        },
      );
    }
  }
}

/** Starts one process again whenever it ends, until told to stop. @throws when that does not help */
async function watchProcess<One extends OwnProcess>(
  what: string,
  current: () => One | undefined,
  replace: (next: One) => void,
  begin: () => Promise<One>,
  isStopping: () => boolean,
): Promise<void> {
  const ended = makeCounter(what);
  const neverCame = makeCounter(what, LONG_SPAN_MS);
  for (;;) {
    await current()?.ended;
    if (isStopping()) return;
    await ended();
    // It may need the database, which may be starting again itself. One that does not come up counts as one that ended.
    const next = await begin().catch((error: unknown) => {
      if (!isStopping()) say(error instanceof Error ? error.message : String(error));
      return null;
    });
    if (next) replace(next);
    else if (!isStopping()) await neverCame();
  }
}
