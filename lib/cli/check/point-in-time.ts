import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { CHECKOUT, childEnv } from "../steps";
import { type Account, unprivilegedAccount } from "../../platform/unprivileged";

/** PostgreSQL with an archive, on this machine, and put back to a moment: by the files of docs/point-in-time. */

const PROGRAMS = "/usr/lib/postgresql/15/bin";
const SHIPPED = path.join(CHECKOUT, "docs", "point-in-time");

export const hasPostgres = (): boolean => fs.existsSync(path.join(PROGRAMS, "pg_basebackup"));

/** A shipped file, with the folder of this run in place of the one in it. */
const shipped = (file: string, archive: string) =>
  fs.readFileSync(path.join(SHIPPED, file), "utf8").replaceAll("/srv/callbox-archive", archive);

/** Servers of one run, all under the account that PostgreSQL may have. */
export class ArchivedDatabase {
  private readonly account: Account | undefined;
  readonly archive: string;
  private readonly running = new Set<string>();

  /** @param folder an empty one, which the account may enter */
  constructor(private readonly folder: string) {
    this.account = process.getuid?.() === 0 ? unprivilegedAccount("database") : undefined;
    this.archive = this.make("archive");
  }

  private make(name: string): string {
    const at = path.join(this.folder, name);
    fs.mkdirSync(at, { mode: 0o700 });
    if (this.account) fs.chownSync(at, this.account.uid, this.account.gid);
    return at;
  }

  /** @throws with what the program said when it failed */
  private run(program: string, ...args: string[]): void {
    const { status, stderr } = spawnSync(path.join(PROGRAMS, program), args, {
      ...this.account,
      cwd: "/",
      encoding: "utf8",
      env: childEnv({ PGUSER: "postgres" }),
      // A server that was started goes on holding what it was given.
      stdio: ["ignore", "ignore", program === "pg_ctl" ? "ignore" : "pipe"],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr ?? ""}`);
  }

  private start(name: string, port: number): string {
    const data = path.join(this.folder, name);
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone=UTC`;
    const log = path.join(data, "server.log");
    try {
      this.run("pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", options);
    } catch {
      throw new Error(`PostgreSQL did not start:\n${fs.readFileSync(log, "utf8").slice(-2000)}`);
    }
    this.running.add(name);
    return `postgresql://postgres@127.0.0.1:${port}`;
  }

  /** The server that is archived. @returns its address, as superuser, without a database */
  begin(port: number): string {
    const data = this.make("primary");
    this.run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8");
    fs.appendFileSync(path.join(data, "postgresql.conf"), shipped("archive.conf", this.archive));
    return this.start("primary", port);
  }

  /** Copies the running server as it is, to go on from later. */
  copy(port: number): void {
    const target = this.make("base");
    this.run("pg_basebackup", "-h", "127.0.0.1", "-p", String(port), "-D", target, "-c", "fast", "-X", "stream");
  }

  /** Ends a server as a power cut does. */
  kill(name: string): void {
    this.run("pg_ctl", "stop", "-D", path.join(this.folder, name), "-m", "immediate");
    this.running.delete(name);
  }

  /** Puts the copy back as of a moment, as a server of its own. @returns its address, as superuser, without a database */
  recover(port: number, moment: Date): string {
    const data = path.join(this.folder, "recovered");
    const base = path.join(this.folder, "base");
    spawnSync("cp", ["-a", base, data]);
    const settings = shipped("recover.conf", this.archive).replace(
      /^recovery_target_time = .*$/m,
      // The zone as a number: letters, even Z, are not taken here.
      `recovery_target_time = '${moment.toISOString().replace("Z", "+00")}'`,
    );
    fs.appendFileSync(path.join(data, "postgresql.conf"), settings);
    fs.writeFileSync(path.join(data, "recovery.signal"), "");
    return this.start("recovered", port);
  }

  close(): void {
    for (const name of [...this.running]) this.kill(name);
  }
}
