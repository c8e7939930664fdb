import { describe, expect, test } from "vitest";
import { type Facts, judge, startOfBackupDay } from "./status";

const at = new Date("2026-11-26T20:00:00Z");
const ago = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
const channel = {
  id: "c",
  agencyId: null,
  name: "Radio",
  state: "live",
  waiting: 0,
  oldestAt: null,
  failed: 0,
  failedEver: 0,
  failuresInARow: 0,
};
const GOOD: Facts = {
  at,
  database: { ms: 3, bytes: 5e7, aheadMs: -12 },
  migrations: "current",
  workerAt: ago(1),
  jobs: [{ task: "deliver", waiting: 2, late: 0, failed: 0 }],
  channels: [channel],
  keys: [{ name: "signs CAP messages", agencyId: null, endsAt: ago(-90_000), state: "good", says: "It is valid." }],
  disks: [{ name: "data", free: 4e10, size: 1e11 }],
  backups: {
    made: "here",
    siteSince: ago(500_000),
    lastMade: { at: ago(700), bytes: 2e7 },
    lastRun: { at: ago(700), state: "made", problem: null },
  },
  drills: {
    days: 7,
    since: ago(500_000),
    lastProven: { at: ago(6000), seconds: 41.4 },
    lastTry: { at: ago(6000), problem: null },
  },
};
const drills = (more: Partial<Facts["drills"]>) => ({ drills: { ...GOOD.drills, ...more } });
const DAY = 24 * 60;
const backups = (more: Partial<Facts["backups"]>) => ({ backups: { ...GOOD.backups, ...more } });
const late = { at: ago(27 * 60), bytes: 1 };

test("everything is good, and says so in a sentence with nothing to do", () => {
  const found = judge(GOOD);
  expect(found.map(({ name, state, todo }) => [name, state, todo])).toEqual(
    ["database", "worker", "backups", "drills", "clock", "disk data", "key signs CAP messages", "channel c"].map(
      (name) => [name, "good", null],
    ),
  );
  for (const { says } of found) expect(says).toMatch(/^[A-Z0-9].*\.$/);
});

describe("one part needs someone, and no other does", () => {
  test.each<[string, string, Partial<Facts>, RegExp]>([
    ["a database that is behind", "database", { migrations: "missing" }, /older than this console/],
    ["a slow database", "database", { database: { ...GOOD.database, ms: 1001 } }, /1001 ms/],
    ["no worker ever", "worker", { workerAt: null }, /No worker/],
    ["a silent worker", "worker", { workerAt: ago(4) }, /for 4 minutes/],
    ["late jobs", "worker", { jobs: [{ task: "deliver", waiting: 1, late: 1, failed: 0 }] }, /1 job has waited/],
    ["jobs given up", "worker", { jobs: [{ task: "escalate", waiting: 0, late: 0, failed: 2 }] }, /2 × escalate/],
    [
      "a failed backup",
      "backups",
      backups({ lastRun: { at, state: "failed", problem: "No space left." } }),
      /No space left/,
    ],
    ["a missing backup", "backups", backups({ lastMade: late }), /made 27 hours ago/],
    ["none since the site began", "backups", backups({ lastMade: null, lastRun: null }), /None was made yet/],
    [
      "a backup that was not proven to work",
      "drills",
      drills({ lastTry: { at: ago(600), problem: "Verify the record: Entry 7 is missing." } }),
      /proven to work 4 days ago\. The one tried 10 hours ago was not: Verify the record: Entry 7 is missing\./,
    ],
    [
      "a drill that is late",
      "drills",
      drills({ lastProven: { at: ago(9 * DAY), seconds: 1 } }),
      /9 days ago; one is tried every 7 days/,
    ],
    [
      "none for a night, where each is tried",
      "drills",
      drills({ days: 1, lastProven: { at: ago(2.5 * DAY), seconds: 1 } }),
      /every night/,
    ],
    [
      "none ever",
      "drills",
      drills({ lastProven: null, lastTry: null }),
      /No backup was proven to work yet; one is tried/,
    ],
    ["none at all", "backups", backups({ made: "nowhere", lastMade: null, lastRun: null }), /No nightly backups/],
    ["clocks that differ", "clock", { database: { ...GOOD.database, aheadMs: -61_000 } }, /differ by 61 seconds/],
    ["a small disk", "disk data", { disks: [{ name: "data", free: 9e8, size: 1e10 }] }, /900 MB free of 10 GB, 9%/],
    ["a full disk", "disk data", { disks: [{ name: "data", free: 4e9, size: 1e11 }] }, /4%/],
    [
      "a certificate that ends",
      "key signs CAP messages",
      {
        keys: [
          {
            name: "signs CAP messages",
            agencyId: null,
            endsAt: at,
            state: "ends-soon",
            says: "It ends within 7 days.",
          },
        ],
      },
      /within 7 days/,
    ],
    ["messages given up", "channel c", { channels: [{ ...channel, failed: 2, failedEver: 2 }] }, /2 messages did not/],
    ["tries that fail", "channel c", { channels: [{ ...channel, failuresInARow: 3 }] }, /last 3 tries/],
    [
      "messages that wait",
      "channel c",
      { channels: [{ ...channel, waiting: 3, oldestAt: ago(11) }] },
      /for 11 minutes/,
    ],
  ])("%s", (_, name, facts, says) => {
    const found = judge({ ...GOOD, ...facts }).filter(({ state }) => state === "attention");
    expect(found.map((one) => one.name)).toEqual([name]);
    expect(found[0]?.says).toMatch(says);
    expect(found[0]?.todo).toMatch(/^[A-Z].*[.)]$/);
  });

  test.each<[string, Partial<Facts>]>([
    ["backups that others make", backups({ made: "elsewhere", lastMade: null, lastRun: null })],
    [
      "backups that others make, once tried here",
      { ...backups({ made: "elsewhere" }), ...drills({ lastTry: { at, problem: "x" } }) },
    ],
    ["drills that are turned off", drills({ days: 0, lastProven: null, lastTry: null })],
    ["a week and a night without a drill", drills({ lastProven: { at: ago(8 * DAY), seconds: 1 } })],
    ["a site of today without a drill", drills({ since: ago(60), lastProven: null, lastTry: null })],
    ["a channel that is off", { channels: [{ ...channel, state: "off", failed: 5 }] }],
    ["a site of today without a backup", backups({ siteSince: ago(60), lastMade: null, lastRun: null })],
    ["a clock a second off", { database: { ...GOOD.database, aheadMs: 1000 } }],
    ["a message that has waited a minute", { channels: [{ ...channel, waiting: 1, oldestAt: ago(1) }] }],
  ])("not %s", (_, facts) => {
    expect(judge({ ...GOOD, ...facts }).filter(({ state }) => state === "attention")).toEqual([]);
  });
});

test.each([
  ["2026-11-26T06:59:59Z", "2026-11-25T07:00:00.000Z"],
  ["2026-11-26T07:00:00Z", "2026-11-26T07:00:00.000Z"],
  ["2026-12-01T00:00:00Z", "2026-11-30T07:00:00.000Z"],
])("at %s the backup due is that of %s", (now, due) => {
  expect(startOfBackupDay(new Date(now)).toISOString()).toBe(due);
});
