import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { recheckAllReady } from "../../alerts/ready/commands/recheck";
import type { Decision } from "../../alerts/schema";
import { recordReadinessDays } from "../../directory/readiness/mutations";
import { backUpWhenDue } from "../../operations/commands/back-up";
import type { PrismaClient } from "../../platform/db";
import type { Result } from "../../platform/result";
import { ConsoleClient } from "../console-client-for-tests";
import type { ScratchSite } from "../scratch-site";

/**
 * Two weeks of use of a whole site, as fast as it goes: the console, the worker
 * and the public server are those people run, the clock is the real one, and
 * what a day has is done one day after the other. What grows is held against
 * the data that was added.
 */

export const DAYS = 14;
/** What happens on a day, in an agency of a state. */
const DAY = { signIns: 40, calls: 60, saves: 30, publicPages: 500 } as const;
/** Pages that people open when they have signed in. */
const PAGES = ["/", "/incidents", "/alerts", "/directory", "/templates"] as const;
/** Of a page whose time is taken. */
const TIMED = ["/", "/alerts", "/directory", "/log", "/directory/2501526535"] as const;
const TIMES = 15;
const PUBLIC = ["/", "/ma/granby", "/feed.atom", "/numbers.txt"] as const;
/** Days with an outage, and where. */
export const OUTAGES: ReadonlyMap<number, readonly string[]> = new Map([
  [2, ["Granby", "Amherst", "Belchertown"]],
  [7, ["Hadley", "Ludlow", "Ware", "Palmer"]],
  [11, ["Granby", "Pelham"]],
]);
const STAFF = ["dana", "luis", "tess", "sam", "ruth"] as const;
/** Those who may open all of these pages. */
const READERS = ["dana", "luis", "sam", "ruth"] as const;

/** What was looked at after a day. */
export interface Look {
  day: number;
  /** Resident memory in MB, and open files, of each process. */
  memory: Record<string, number>;
  open: Record<string, number>;
  connections: number;
  /** Files that are there: of the public site, with what was left beside it. */
  files: number;
  siteMB: number;
  databaseMB: number;
  entries: number;
  calls: number;
  messages: number;
  /** Median times of pages in milliseconds, and of a page for a resident. */
  pages: Record<string, number>;
}

/** What the worker does in a night, and how long each took in milliseconds. */
export interface Night {
  readiness: number;
  readyDrafts: number;
  checked: number;
  backup: number;
  /** Of the backup. */
  bytes: number;
}

/** Nightly backups that are kept, so that older ones go. */
export const KEPT = 3;
const DAY_MS = 86_400_000;

/** What the fortnight needs beside the console: facts of the demonstration that a screen would show. */
export interface Needs {
  client: PrismaClient;
  placesNamed: (...names: string[]) => Promise<string[]>;
  approval: (id: string) => Promise<Decision>;
}

const must = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

const median = (values: number[]) => values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

const statusOf = (pid: number) => fs.readFileSync(`/proc/${pid}/status`, "utf8");

export class Fortnight {
  private readonly staff = new Map<string, ConsoleClient>();
  /** Acts that were done, by what they are. */
  readonly done = { signIns: 0, calls: 0, saves: 0, pages: 0, publicPages: 0, outages: 0, alerts: 0 };

  constructor(
    private readonly site: Pick<ScratchSite, "url" | "publicUrl" | "publicFolder" | "databaseUrl" | "processes">,
    private readonly needs: Needs,
  ) {}

  /**
   * The jobs of the night after a day. The worker does them by the clock of the machine, on which the fortnight is one
   * day: so they are called here, by the clock of the fortnight.
   * @param began when the fortnight began
   */
  async night(day: number, began: Date): Promise<Night> {
    const { client } = this.needs;
    const now = new Date(began.getTime() + day * DAY_MS);
    const time = async <Value>(work: () => Promise<Value>): Promise<[value: Value, ms: number]> => {
      const from = performance.now();
      const value = await work();
      return [value, Math.round(performance.now() - from)];
    };
    const [, readiness] = await time(() => recordReadinessDays(client, now));
    const [checked, readyDrafts] = await time(() => recheckAllReady(client, now));
    const folder = this.backups;
    const files = { secret: "a secret of thirty-two characters", signing: {}, checkpoints: `${folder}-none` };
    const [made, backup] = await time(() =>
      backUpWhenDue(
        client,
        this.site.databaseUrl,
        { folder, daily: KEPT, weekly: 0 },
        { ...files, publicFolder: this.site.publicFolder },
        now,
      ),
    );
    if (made !== "made") throw new Error(`The backup of night ${day} was not made: ${made}.`);
    const row = await client.backupRun.findFirstOrThrow({ where: { state: "made" }, orderBy: { startedAt: "desc" } });
    return { readiness, readyDrafts, checked, backup, bytes: Number(row.bytes) };
  }

  /** Where nights leave their backups. */
  get backups(): string {
    return path.join(path.dirname(this.site.publicFolder), "nights");
  }

  /** A draft is made ready for an outage to come, which nights check, and the public site is there. */
  async begin(): Promise<void> {
    const dana = await this.signIn("dana");
    const placeIds = await this.needs.placesNamed("Granby", "Amherst");
    const draft = { title: "Granby and Amherst", failure: "full", textTo911: "fails", placeIds, grouping: "place" };
    must(await dana.act("/alerts/ready/new", "makeReadyAction", { ...draft, fromAlertId: null }));
    await dana.signOut();
    for (let left = 240; ; left -= 1) {
      const answers = await Promise.all(PUBLIC.map((page) => fetch(`${this.site.publicUrl}${page}`)));
      await Promise.all(answers.map((answer) => answer.arrayBuffer()));
      if (answers.every(({ status }) => status === 200)) return;
      if (left === 0) throw new Error("The public site was not written within two minutes.");
      await pause(500);
    }
  }

  private async signIn(name: string): Promise<ConsoleClient> {
    const person = new ConsoleClient(this.site.url);
    if (!(await person.signIn(`${name}@callbox.example`))) throw new Error(`${name} could not sign in.`);
    this.done.signIns += 1;
    return person;
  }

  private async open(person: ConsoleClient, page: string): Promise<string> {
    const { status, text } = await person.get(page);
    if (status !== 200) throw new Error(`${page} answered ${status}.`);
    this.done.pages += 1;
    return text;
  }

  /** One day of it. @throws when a page or an act is not answered as it should be */
  async live(day: number): Promise<void> {
    for (const name of STAFF) this.staff.set(name, await this.signIn(name));
    await Promise.all([this.comeAndGo(), this.call(day), this.read(), this.outage(day)]);
    for (const person of this.staff.values()) await person.signOut();
    this.staff.clear();
  }

  /** People sign in, look around, and sign out. */
  private async comeAndGo(): Promise<void> {
    for (let turn = STAFF.length; turn < DAY.signIns; turn += 1) {
      const person = await this.signIn(READERS[turn % READERS.length]!);
      for (const page of PAGES) await this.open(person, page);
      await person.signOut();
    }
  }

  private async call(day: number): Promise<void> {
    const tess = this.staff.get("tess")!;
    const numbers = await this.needs.client.directNumber.findMany({
      where: { retiredAt: null, status: "in-service", placeId: { startsWith: "25" } },
      select: { id: true, placeId: true },
      orderBy: { id: "asc" },
    });
    for (let turn = 0; turn < DAY.calls; turn += 1) {
      const { id, placeId } = numbers[(day * DAY.calls + turn) % numbers.length]!;
      const call = { numberId: id, result: "right-desk", answeredBy: "dispatcher on duty" };
      must(await tess.act(`/directory/${placeId}`, "recordTestCallAction", call));
      this.done.calls += 1;
    }
  }

  private async read(): Promise<void> {
    for (let turn = 0; turn < DAY.publicPages; turn += 1) {
      const answer = await fetch(`${this.site.publicUrl}${PUBLIC[turn % PUBLIC.length]}`);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${answer.url} answered ${answer.status}.`);
      this.done.publicPages += 1;
    }
  }

  /** A draft that is written on all day; on three days an outage that is published, changed and restored. */
  private async outage(day: number): Promise<void> {
    const dana = this.staff.get("dana")!;
    const towns = OUTAGES.get(day);
    const placeIds = await this.needs.placesNamed(...(towns ?? ["Granby"]));
    const incident = must(
      await dana.act<{ id: string }>("/incidents/new", "declareIncidentAction", {
        mode: "live",
        failure: "full",
        textTo911: "fails",
        beganAt: new Date(Date.now() - 480_000).toISOString(),
        evidence: "Calls to twelve dispatch centers",
        placeIds,
        anotherIncident: true,
      }),
    );
    const page = `/incidents/${incident.id}`;
    const alert = must(await dana.act<{ id: string }>(page, "prepareAlertAction", { incidentId: incident.id }));
    for (let turn = 0; turn < DAY.saves; turn += 1) {
      await this.open(dana, `/alerts/${alert.id}/edit`);
      const row = await this.needs.client.alert.findUniqueOrThrow({ where: { id: alert.id } });
      const content = { ...(row.content as object), validMinutes: 60 + turn };
      const saved = { id: alert.id, version: row.version, title: row.title, content };
      must(await dana.act(`/alerts/${alert.id}/edit`, "saveAlertAction", saved));
      this.done.saves += 1;
    }
    if (towns) {
      await this.publish(alert.id);
      for (const purpose of ["update", "restoration"] as const) {
        if (purpose === "restoration")
          must(
            await dana.act(page, "movePlacesAction", {
              id: incident.id,
              placeIds,
              state: "restored",
              since: new Date().toISOString(),
              evidence: "The provider's engineer on the phone",
              how: "provider",
            }),
          );
        const begun = { incidentId: incident.id, purpose };
        await this.publish(must(await dana.act<{ id: string }>(page, "beginFollowUpAction", begun)).id);
      }
      this.done.outages += 1;
    } else must(await dana.act(`/alerts/${alert.id}/edit`, "discardAlertAction", { id: alert.id }));
    must(await dana.act(page, "closeIncidentAction", { id: incident.id }));
  }

  private async publish(id: string): Promise<void> {
    const { version } = await this.needs.client.alert.findUniqueOrThrow({ where: { id } });
    must(await this.staff.get("dana")!.act(`/alerts/${id}/edit`, "submitAlertAction", { id, version }));
    const luis = this.staff.get("luis")!;
    await this.open(luis, `/alerts/${id}/review`);
    must(await luis.act(`/alerts/${id}/review`, "decideAlertAction", await this.needs.approval(id)));
    this.done.alerts += 1;
  }

  /** Waits until all is done that is to be done, and looks at everything that could grow. */
  async look(day: number): Promise<Look> {
    const { client } = this.needs;
    for (let left = 240; ; left -= 1) {
      if ((await client.delivery.count({ where: { state: { in: ["stored", "handed-over"] } } })) === 0) break;
      if (left === 0) throw new Error("Deliveries are not done after two minutes.");
      await pause(500);
    }
    // Who may read the log as well.
    const person = await this.signIn("sam");
    const pages: Record<string, number> = {};
    const time = async (ask: () => Promise<unknown>) => {
      const began = performance.now();
      await ask();
      return performance.now() - began;
    };
    for (const page of TIMED) {
      const times: number[] = [];
      for (let turn = 0; turn < TIMES; turn += 1) times.push(await time(() => this.open(person, page)));
      pages[page] = median(times);
    }
    const residents: number[] = [];
    for (let turn = 0; turn < TIMES * 4; turn += 1)
      residents.push(await time(async () => (await fetch(`${this.site.publicUrl}/ma/granby`)).arrayBuffer()));
    pages["a resident's page"] = median(residents);
    await person.signOut();
    // Connections that nobody uses and memory that nobody holds are let go of by then.
    await pause(15_000);
    const [{ connections = 0, bytes = 0n } = {}] = await client.$queryRaw<{ connections: number; bytes: bigint }[]>`
      select (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
        pg_database_size(current_database()) as bytes`;
    const names = fs.readdirSync(this.site.publicFolder);
    const size = names.reduce((sum, name) => sum + fs.statSync(`${this.site.publicFolder}/${name}`).size, 0);
    const of = (read: (pid: number) => number) =>
      Object.fromEntries(Object.entries(this.site.processes).map(([name, pid]) => [name, read(pid)]));
    return {
      day,
      memory: of((pid) => Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(statusOf(pid))?.[1] ?? 0) / 1024)),
      open: of((pid) => fs.readdirSync(`/proc/${pid}/fd`).length),
      connections,
      files: names.length,
      siteMB: Math.round(size / 1e5) / 10,
      databaseMB: Math.round(Number(bytes) / 1e5) / 10,
      entries: await client.auditEvent.count(),
      calls: await client.testCall.count(),
      messages: await client.message.count({ where: { xml: { not: null } } }),
      pages,
    };
  }
}

/** The looks as a table, one column each. */
export function drawTable(looks: readonly Look[]): string {
  const rows: [string, (look: Look) => number][] = [
    ...Object.keys(looks[0]?.memory ?? {}).map((name): [string, (look: Look) => number] => [
      `memory of the ${name}, MB`,
      ({ memory }) => memory[name] ?? 0,
    ]),
    ...Object.keys(looks[0]?.open ?? {}).map((name): [string, (look: Look) => number] => [
      `open files of the ${name}`,
      ({ open }) => open[name] ?? 0,
    ]),
    ["connections of the database", ({ connections }) => connections],
    ["files of the public site", ({ files }) => files],
    ["public site, MB", ({ siteMB }) => siteMB],
    ["database, MB", ({ databaseMB }) => databaseMB],
    ["entries of the record", ({ entries }) => entries],
    ["test calls", ({ calls }) => calls],
    ["messages", ({ messages }) => messages],
    ...Object.keys(looks[0]?.pages ?? {}).map((name): [string, (look: Look) => number] => [
      `${name}, ms`,
      ({ pages }) => Math.round((pages[name] ?? 0) * 10) / 10,
    ]),
  ];
  const line = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(34)}${cells.map((cell) => String(cell).padStart(10)).join("")}`;
  return [
    line(
      "after day",
      looks.map(({ day }) => day),
    ),
    ...rows.map(([name, of]) => line(name, looks.map(of))),
  ].join("\n");
}

/** The nights as a table, one line each. */
export function drawNights(nights: readonly Night[]): string {
  const line = (cells: readonly (string | number)[]) => cells.map((cell) => String(cell).padStart(20)).join("");
  return [
    line(["after day", "readiness, ms", "ready drafts, ms", "of them checked", "backup, ms", "backup, MB"]),
    ...nights.map(({ readiness, readyDrafts, checked, backup, bytes }, index) =>
      line([index + 1, readiness, readyDrafts, checked, backup, Math.round(bytes / 1e5) / 10]),
    ),
  ].join("\n");
}

/**
 * What grew and should not have. The first look is after a day of use, so that everything is warm; a leak grows as
 * much in the second week as in the first, and what only settles does not.
 */
export function findGrowth([first, middle, last]: readonly [Look, Look, Look]): string[] {
  const found: string[] = [];
  const refuse = (grew: boolean, what: string, from: number, to: number) => {
    if (grew) found.push(`${what} grew from ${Math.round(from)} to ${Math.round(to)}`);
  };
  for (const name of Object.keys(first.memory)) {
    const [a, b, c] = [first.memory[name] ?? 0, middle.memory[name] ?? 0, last.memory[name] ?? 0];
    refuse(c > b * 1.15 + 24 && c > a * 1.3, `memory of the ${name}`, b, c);
  }
  for (const name of Object.keys(first.open))
    refuse(
      (last.open[name] ?? 0) > (first.open[name] ?? 0) + 8,
      `open files of the ${name}`,
      first.open[name] ?? 0,
      last.open[name] ?? 0,
    );
  refuse(last.connections > first.connections + 4, "connections", first.connections, last.connections);
  refuse(last.files > first.files, "files of the public site", first.files, last.files);
  for (const name of Object.keys(first.pages)) {
    const [from, to] = [first.pages[name] ?? 0, last.pages[name] ?? 0];
    refuse(to > from * 1.75 + 10, `the time of ${name}`, from, to);
  }
  // A day of calls and entries takes so many bytes, in the second week as in the first.
  const perEntry = (from: Look, to: Look) => (to.databaseMB - from.databaseMB) / Math.max(1, to.entries - from.entries);
  refuse(
    perEntry(middle, last) > perEntry(first, middle) * 2 + 0.01,
    "the database for each entry, in bytes",
    perEntry(first, middle) * 1e6,
    perEntry(middle, last) * 1e6,
  );
  return found;
}
