import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CHECKOUT, childEnv } from "../steps";
import { type Account, unprivilegedAccount } from "../../platform/unprivileged";

/**
 * The database that docs/high-availability.md describes, on this machine alone:
 * three etcd, three Patroni with a PostgreSQL each, and HAProxy, with the very
 * files that are shipped. Each machine is an address of the loopback network.
 */

const SHIPPED = path.join(CHECKOUT, "docs", "high-availability");
const NAMES = ["db1", "db2", "db3"] as const;
export type MachineName = (typeof NAMES)[number];

/** What of a machine is killed, as by a crash, a mistake, or a power cut. */
export const BLOWS = ["PostgreSQL", "PostgreSQL and Patroni", "Patroni", "machine"] as const;
export type Blow = (typeof BLOWS)[number];

export interface Cluster {
  /** Through HAProxy, as the owner of the tables and as the console. */
  ownerUrl: string;
  appUrl: string;
  /** The machine that takes changes now and whose standby is in step; waits for both. */
  whole: () => Promise<MachineName>;
  /** Waits until another machine than this takes changes. */
  movedFrom: (name: MachineName) => Promise<void>;
  /** @returns the moment of the first kill, in milliseconds of the epoch */
  kill: (name: MachineName, blow: Blow) => number;
  /** Starts what was killed on a machine, as its system would. */
  repair: (name: MachineName) => void;
  close: () => Promise<void>;
}

/** Lines of an environment file, with addresses and folders of this run in place of those in it. */
function readSettings(file: string, replace: (text: string) => string): Map<string, string> {
  const lines = replace(fs.readFileSync(path.join(SHIPPED, file), "utf8")).split("\n");
  return new Map(
    lines.flatMap((line) => {
      const match = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
      return match ? [[match[1]!, match[2]!] as const] : [];
    }),
  );
}

/** A process and every one below it. It comes first, so that it can't say why the others end. */
function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of fs.readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It ended while it was looked at.
    }
  }
  const below = (of: number): number[] =>
    [...parents].flatMap(([child, parent]) => (parent === of ? [child, ...below(child)] : []));
  return [pid, ...below(pid)];
}

function killHard(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
  }
}

class Machine {
  private readonly running = new Map<"etcd" | "patroni", ChildProcess>();
  readonly address: string;
  private readonly data: string;

  constructor(
    readonly name: MachineName,
    private readonly home: string,
    private readonly replace: (text: string) => string,
    prefix: string,
    private readonly account: Account | undefined,
  ) {
    this.address = `${prefix}${name.slice(2)}`;
    this.data = path.join(home, name);
  }

  /** Starts what does not run. */
  start(): void {
    // The shipped files are those of the first machine.
    const own = (text: string) =>
      this.replace(text)
        .replaceAll(/^((?:PATRONI|ETCD)_NAME)=.*$/gm, `$1=${this.name}`)
        .replaceAll(/^(?!ETCD_INITIAL_CLUSTER=|PATRONI_ETCD3_HOSTS=)(.*\D)1(:\d+)$/gm, `$1${this.name.slice(2)}$2`)
        .replaceAll(
          /=\/var\/lib\/\w+\/callbox/g,
          (at) => `=${this.home}/${this.name}${at.includes("etcd") ? "-etcd" : ""}`,
        );
    if (!this.running.has("etcd")) this.run("etcd", "etcd", [], readSettings("etcd.env", own));
    if (!this.running.has("patroni"))
      this.run("patroni", "patroni", [path.join(this.home, "patroni.yml")], readSettings("machine.env", own));
  }

  private run(what: "etcd" | "patroni", program: string, args: string[], settings: Map<string, string>): void {
    const says = fs.openSync(path.join(this.home, `${this.name}-${what}.log`), "a");
    const child = spawn(program, args, {
      ...this.account,
      cwd: this.home,
      detached: true,
      stdio: ["ignore", says, says],
      env: childEnv({ HOME: this.home, ...Object.fromEntries(settings) }),
    });
    fs.closeSync(says);
    child.on("error", () => this.running.delete(what));
    child.on("exit", () => this.running.get(what) === child && this.running.delete(what));
    this.running.set(what, child);
  }

  kill(blow: Blow): void {
    const end = (what: "etcd" | "patroni") => {
      const child = this.running.get(what);
      this.running.delete(what);
      if (child?.pid) killHard([child.pid]);
    };
    if (blow !== "PostgreSQL") end("patroni");
    if (blow !== "Patroni") killHard(this.server());
    if (blow === "machine") end("etcd");
  }

  /** Processes of the PostgreSQL of this machine. */
  private server(): number[] {
    try {
      const pid = Number(fs.readFileSync(path.join(this.data, "postmaster.pid"), "utf8").split("\n")[0]);
      const isOurs = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(this.data);
      return isOurs ? familyOf(pid) : [];
    } catch {
      return [];
    }
  }
}

/** @throws with what a program said */
function runOnce(program: string, args: string[], account?: Account): void {
  const { status, stderr, error } = spawnSync(program, args, { ...account, cwd: "/", encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr.trim()}`);
}

interface Member {
  name: MachineName;
  role: string;
  state: string;
}

/**
 * Makes and starts the cluster in an empty folder.
 * @throws when a program is missing, or no primary with a standby comes up in two minutes
 */
export async function openCluster(home: string): Promise<Cluster> {
  const account = process.getuid?.() === 0 ? unprivilegedAccount("database") : undefined;
  fs.mkdirSync(home, { recursive: true, mode: 0o755 });
  if (account) fs.chownSync(home, account.uid, account.gid);
  // Addresses of their own for each run, with the ports of the shipped files.
  const prefix = `127.${10 + (process.pid % 200)}.${10 + (Math.floor(process.pid / 200) % 200)}.`;
  const secrets = new Map(
    ["change-me-1", "change-me-2", "change-me-3"].map((one) => [one, randomBytes(24).toString("hex")]),
  );
  const replace = (text: string) =>
    text
      .replaceAll("10.9.11.", prefix)
      .replaceAll("127.0.0.1:5000", `${prefix}9:5000`)
      .replaceAll(/change-me-\d/g, (one) => secrets.get(one) ?? one);
  fs.copyFileSync(path.join(SHIPPED, "patroni.yml"), path.join(home, "patroni.yml"));
  const machines = new Map(NAMES.map((name) => [name, new Machine(name, home, replace, prefix, account)]));
  const says = fs.openSync(path.join(home, "haproxy.log"), "a");
  let proxy: ChildProcess | undefined;
  const close = async () => {
    for (const machine of machines.values()) machine.kill("machine");
    if (proxy?.pid) killHard([proxy.pid]);
    fs.closeSync(says);
  };

  const members = async (): Promise<Member[]> => {
    for (const { address } of machines.values()) {
      const read = await fetch(`http://${address}:8008/cluster`, { signal: AbortSignal.timeout(2000) }).then(
        async (answer) => ((await answer.json()) as { members: Member[] }).members,
        () => null,
      );
      if (read?.some(({ role }) => role === "leader")) return read;
    }
    return [];
  };
  const whole = async (): Promise<MachineName> => {
    const deadline = Date.now() + 120_000;
    for (;;) {
      const now = await members();
      const leader = now.find(({ role, state }) => role === "leader" && state === "running");
      const isReady = now.filter(({ state }) => state === "running" || state === "streaming").length === NAMES.length;
      if (leader && isReady && now.some(({ role }) => role === "sync_standby")) return leader.name;
      if (Date.now() > deadline)
        throw new Error(`No primary with a standby in two minutes: ${JSON.stringify(now)}; see the logs in ${home}.`);
      await pause(200);
    }
  };
  const movedFrom = async (name: MachineName) => {
    const deadline = Date.now() + 120_000;
    const isElsewhere = (now: readonly Member[]) =>
      now.some((one) => one.role === "leader" && one.state === "running" && one.name !== name);
    while (!isElsewhere(await members())) {
      if (Date.now() > deadline)
        throw new Error(`Nobody took over from ${name} in two minutes; see the logs in ${home}.`);
      await pause(200);
    }
  };
  try {
    for (const machine of machines.values()) machine.start();
    proxy = spawn("haproxy", ["-db", "-f", path.join(SHIPPED, "haproxy.cfg")], {
      ...account,
      cwd: "/",
      detached: true,
      stdio: ["ignore", says, says],
      env: childEnv(Object.fromEntries(readSettings("haproxy.env", replace))),
    });
    proxy.on("error", () => undefined);
    await whole();
    const url = (user: string, password: string, database: string) =>
      `postgresql://${user}:${password}@${prefix}9:5000/${database}`;
    const [owner, app] = [randomBytes(24).toString("hex"), randomBytes(24).toString("hex")];
    const admin = url("postgres", secrets.get("change-me-1")!, "postgres");
    const passwords = ["-v", `owner_password=${owner}`, "-v", `app_password=${app}`];
    runOnce("psql", [admin, "-qX", "-v", "ON_ERROR_STOP=1", ...passwords, "-f", path.join(SHIPPED, "roles.sql")]);
    return {
      ownerUrl: url("callbox_owner", owner, "callbox"),
      appUrl: url("callbox_app", app, "callbox"),
      whole,
      movedFrom,
      kill: (name, blow) => {
        const at = Date.now();
        machines.get(name)!.kill(blow);
        return at;
      },
      repair: (name) => machines.get(name)!.start(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
