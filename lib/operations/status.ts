import { WORKER_SILENT_MS } from "../platform/heartbeat";

/** How each part of the installation stands, as a person reads it, from facts that were gathered. Pure. */

export interface Facts {
  /** By the clock of the process that looked. */
  at: Date;
  database: {
    /** How long an answer takes, in milliseconds. */
    ms: number;
    bytes: number;
    /** By how much its clock goes before that of the process that looked, in milliseconds. */
    aheadMs: number;
  };
  migrations: "current" | "missing";
  /** When a worker last did the job that shows it is alive. */
  workerAt: Date | null;
  jobs: JobFacts[];
  channels: ChannelFacts[];
  keys: KeyFacts[];
  disks: DiskFacts[];
  backups: BackupFacts;
  drills: DrillFacts;
}

export interface JobFacts {
  task: string;
  waiting: number;
  /** Of those, how many should have begun five minutes ago. */
  late: number;
  /** Given up within the last day. */
  failed: number;
}

export interface ChannelFacts {
  id: string;
  /** Whose it is; null for what is everybody's. */
  agencyId: string | null;
  name: string;
  state: string;
  waiting: number;
  /** When the oldest that waits, or was handed over and not read back, was left there. */
  oldestAt: Date | null;
  /** Given up, of what was left within the last day. */
  failed: number;
  /** Given up, ever. */
  failedEver: number;
  /** Tries in a row that did not succeed. */
  failuresInARow: number;
}

export interface KeyFacts {
  name: string;
  /** Whose channel presents it; null for the site's own. */
  agencyId: string | null;
  /** When its certificate ends; null where it cannot be read. */
  endsAt: Date | null;
  state: "good" | "ends-soon" | "expired" | "not-yet-valid" | "unusable";
  says: string;
}

export interface DiskFacts {
  name: string;
  free: number;
  size: number;
}

export interface BackupFacts {
  /** Where nightly backups are made: by the worker, by whoever runs the database as the settings say, or nowhere. */
  made: "here" | "elsewhere" | "nowhere";
  /** When this site began to exist. */
  siteSince: Date;
  lastMade: { at: Date; bytes: number } | null;
  lastRun: { at: Date; state: string; problem: string | null } | null;
}

/** Backups that the worker put back beside the site, and held against it. */
export interface DrillFacts {
  /** Every how many days; 0 for never. */
  days: number;
  /** Since when there could have been one. */
  since: Date;
  lastProven: { at: Date; seconds: number } | null;
  lastTry: { at: Date; problem: string | null } | null;
}

export interface Condition {
  /** Stays the same from look to look. */
  name: string;
  label: string;
  state: "good" | "attention";
  /** How it stands, in a sentence. */
  says: string;
  /** What to do, in a sentence; null where nothing is to be done. */
  todo: string | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A night and two hours. */
const BACKUP_OLD_MS = 26 * HOUR;
/** A drill is due with the backup of a night, and may take some hours. */
const DRILL_LATE_MS = 32 * HOUR;
const CLOCK_MS = 2000;
const SLOW_MS = 1000;
const LATE_DELIVERY_MS = 10 * MINUTE;
/** Less free space than this, or than a twentieth, needs someone; in bytes. */
const LEAST_FREE = 1e9;

/** The nightly backup is made after this hour of the day in UTC: between one and three in the night in the United States. */
const BACKUP_HOUR = 7;

/** The last moment at which a nightly backup became due. */
export function startOfBackupDay(now: Date): Date {
  const start = new Date(now);
  start.setUTCHours(BACKUP_HOUR, 0, 0, 0);
  if (start > now) start.setUTCDate(start.getUTCDate() - 1);
  return start;
}

function formatAge(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE));
  if (minutes < 2) return "a minute";
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

function formatBytes(bytes: number): string {
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
  return `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`;
}

type Judged = Pick<Condition, "says" | "todo">;
const good = (says: string): Judged => ({ says, todo: null });

function judgeDatabase({ database: { ms, bytes }, migrations }: Facts): Judged {
  if (migrations === "missing")
    return {
      says: "The database is older than this console.",
      todo: "Apply the migrations: npm run callbox -- migrate.",
    };
  if (ms > SLOW_MS)
    return {
      says: `It takes ${ms} ms to answer.`,
      todo: "Look at the load of the database server, and at the network between it and the console.",
    };
  return good(`It answers in ${ms} ms and holds ${formatBytes(bytes)}.`);
}

function judgeClock({ database: { aheadMs, ms } }: Facts): Judged {
  const off = Math.abs(aheadMs);
  const says = `The clocks of console and database differ by ${off < CLOCK_MS ? `${off} ms` : `${Math.round(off / 1000)} seconds`}.`;
  return off > CLOCK_MS + ms
    ? { says, todo: "Turn on NTP on both machines: times in alerts are taken from these clocks." }
    : good(says);
}

function judgeWorker({ workerAt, jobs, at }: Facts): Judged {
  const restart = "Start it, or look at its log for why it ended; alerts that are approved wait until then.";
  if (!workerAt) return { says: "No worker was ever heard of.", todo: restart };
  const silent = at.getTime() - workerAt.getTime();
  if (silent > WORKER_SILENT_MS) return { says: `Nothing was heard of it for ${formatAge(silent)}.`, todo: restart };
  const late = jobs.reduce((sum, one) => sum + one.late, 0);
  if (late > 0)
    return {
      says: `${late} ${late === 1 ? "job has" : "jobs have"} waited for more than five minutes.`,
      todo: "Look at the worker’s log for what holds it up, or start a second worker.",
    };
  const failed = jobs.filter((one) => one.failed > 0);
  if (failed.length > 0)
    return {
      says: `Given up within a day: ${failed.map(({ task, failed: count }) => `${count} × ${task}`).join(", ")}.`,
      todo: "Look at the worker’s log for the reason.",
    };
  return good("It does its jobs; none is late.");
}

function judgeChannel({ state, waiting, oldestAt, failed, failuresInARow }: ChannelFacts, at: Date): Judged {
  const look = "Open the channel for what the other side answered, and try it with “Test it”.";
  if (state !== "live") return good(state === "off" ? "It is turned off." : "It is being tried and is not live.");
  if (failed > 0)
    return { says: `${failed} ${failed === 1 ? "message" : "messages"} did not get through within a day.`, todo: look };
  if (failuresInARow >= 3) return { says: `The last ${failuresInARow} tries failed.`, todo: look };
  const age = oldestAt ? at.getTime() - oldestAt.getTime() : 0;
  if (age > LATE_DELIVERY_MS)
    return { says: `${waiting} wait to be delivered, the oldest for ${formatAge(age)}.`, todo: look };
  return good(waiting > 0 ? `${waiting} on their way.` : "Everything got through.");
}

const judgeKey = ({ state, says }: KeyFacts): Judged =>
  state === "good"
    ? good(says)
    : { says, todo: "Get a new certificate and put it in place: nothing can be signed once this one has ended." };

function judgeDisk({ free, size }: DiskFacts): Judged {
  const percent = size > 0 ? Math.floor((free / size) * 100) : 0;
  const says = `${formatBytes(free)} free of ${formatBytes(size)}, ${percent}%.`;
  return free < LEAST_FREE || percent < 5
    ? { says, todo: "Make room or take a larger disk: a database that cannot write publishes nothing." }
    : good(says);
}

function judgeBackups({ made, siteSince, lastMade, lastRun }: BackupFacts, at: Date): Judged {
  if (made === "elsewhere") return good("Whoever runs the database makes them, as CALLBOX_BACKUPS says.");
  if (made === "nowhere")
    return {
      says: "No nightly backups are made here.",
      todo: "Name a folder in CALLBOX_BACKUPS, or set it to “off” where whoever runs the database makes them (docs/backup.md).",
    };
  const age = lastMade ? at.getTime() - lastMade.at.getTime() : at.getTime() - siteSince.getTime();
  const last = lastMade ? `The last one was made ${formatAge(age)} ago` : "None was made yet";
  if (lastRun?.state === "failed")
    return {
      says: `${last}. The newest try failed: ${lastRun.problem ?? "unknown"}`,
      todo: "Mend what it says; it is tried again every hour.",
    };
  if (age > BACKUP_OLD_MS)
    return {
      says: `${last}.`,
      todo: "See whether the worker runs, and whether it may write to the folder of backups.",
    };
  return good(lastMade ? `${last} and has ${formatBytes(lastMade.bytes)}.` : `${last}; one is made tonight.`);
}

function judgeDrills({ backups: { made }, drills: { days, since, lastProven, lastTry }, at }: Facts): Judged {
  if (made === "elsewhere") return good("Whoever makes the backups tries them as well.");
  if (made === "nowhere") return good("There is no backup to try.");
  if (days === 0) return good("The worker tries none, as CALLBOX_DRILL_DAYS says.");
  const last = lastProven
    ? `A backup was proven to work ${formatAge(at.getTime() - lastProven.at.getTime())} ago`
    : "No backup was proven to work yet";
  if (lastTry && lastTry.problem !== null)
    return {
      says: `${last}. The one tried ${formatAge(at.getTime() - lastTry.at.getTime())} ago was not: ${lastTry.problem}`,
      todo: "Mend what it says, and run “npm run callbox -- drill” to see that it works. The next backup is tried by itself.",
    };
  if (at.getTime() - (lastProven?.at ?? since).getTime() > days * DAY + DRILL_LATE_MS)
    return {
      says: `${last}; one is tried every ${days === 1 ? "night" : `${days} days`}.`,
      todo: "See whether backups are made, and run “npm run callbox -- drill” yourself meanwhile.",
    };
  return good(
    lastProven
      ? `${last}: put back beside the site and compared, in ${Math.max(1, Math.round(lastProven.seconds))} s.`
      : `${last}; one is tried after a nightly backup.`,
  );
}

/** Every part, in the order people read them. */
export function judge(facts: Facts): Condition[] {
  const parts: [name: string, label: string, judged: Judged][] = [
    ["database", "Database", judgeDatabase(facts)],
    ["worker", "Worker", judgeWorker(facts)],
    ["backups", "Backups", judgeBackups(facts.backups, facts.at)],
    ["drills", "Backups tested", judgeDrills(facts)],
    ["clock", "Clocks", judgeClock(facts)],
    ...facts.disks.map((disk): [string, string, Judged] => [
      `disk ${disk.name}`,
      `Disk: ${disk.name}`,
      judgeDisk(disk),
    ]),
    ...facts.keys.map((key): [string, string, Judged] => [`key ${key.name}`, `Key: ${key.name}`, judgeKey(key)]),
    ...facts.channels.map((one): [string, string, Judged] => [
      `channel ${one.id}`,
      `Channel: ${one.name}`,
      judgeChannel(one, facts.at),
    ]),
  ];
  return parts.map(([name, label, judged]) => ({
    name,
    label,
    state: judged.todo === null ? "good" : "attention",
    ...judged,
  }));
}
