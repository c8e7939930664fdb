import { expect, test } from "vitest";
import { writeFacts } from "./metrics";
import type { Facts } from "./status";

const at = new Date("2026-11-26T20:00:00Z");
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
const FACTS: Facts = {
  at,
  database: { ms: 4, bytes: 1234, aheadMs: -1500 },
  migrations: "current",
  workerAt: later(-42),
  jobs: [{ task: "deliver", waiting: 3, late: 1, failed: 2 }],
  channels: [
    {
      id: "c1",
      agencyId: null,
      name: 'Radio "1"\nX',
      state: "live",
      waiting: 5,
      oldestAt: null,
      failed: 1,
      failedEver: 7,
      failuresInARow: 0,
    },
  ],
  keys: [
    { name: "signs CAP messages", agencyId: null, endsAt: later(86_400 * 12), state: "ends-soon", says: "" },
    { name: "unreadable", agencyId: null, endsAt: null, state: "unusable", says: "" },
  ],
  disks: [{ name: "data", free: 99, size: 100 }],
  backups: {
    made: "here",
    siteSince: at,
    lastMade: { at: later(-3600), bytes: 1 },
    lastRun: { at, state: "failed", problem: "x" },
  },
  drills: { days: 7, since: at, lastProven: { at: later(-7200), seconds: 12.5 }, lastTry: { at, problem: "x" } },
};

test("each fact is one line that Prometheus reads, whatever people called their channels", async () => {
  const text = await writeFacts(FACTS);
  expect(text.split("\n").filter((one) => one !== "" && !one.startsWith("#"))).toEqual([
    "callbox_database_up 1",
    "callbox_database_answer_seconds 0.004",
    "callbox_database_bytes 1234",
    "callbox_clock_difference_seconds -1.5",
    "callbox_migrations_current 1",
    "callbox_worker_heartbeat_age_seconds 42",
    'callbox_jobs{task="deliver",state="waiting"} 3',
    'callbox_jobs{task="deliver",state="late"} 1',
    'callbox_jobs{task="deliver",state="failed"} 2',
    'callbox_deliveries{channel="c1",name="Radio \\"1\\"\\nX",state="waiting"} 5',
    'callbox_deliveries{channel="c1",name="Radio \\"1\\"\\nX",state="failed"} 7',
    'callbox_certificate_days_left{key="signs CAP messages"} 12',
    'callbox_disk_free_bytes{disk="data"} 99',
    "callbox_backup_age_seconds 3600",
    "callbox_backup_failed 1",
    "callbox_drill_age_seconds 7200",
    "callbox_drill_seconds 12.5",
    "callbox_drill_failed 1",
  ]);
});

test("without a database there is one line, and nothing that looks like good news", async () => {
  const text = await writeFacts(null);
  expect(text.split("\n").filter((one) => one !== "" && !one.startsWith("#"))).toEqual(["callbox_database_up 0"]);
});

test("what was never heard of has no age", async () => {
  const text = await writeFacts({
    ...FACTS,
    workerAt: null,
    backups: { ...FACTS.backups, lastMade: null },
    drills: { ...FACTS.drills, lastProven: null },
  });
  expect(text).not.toMatch(/age_seconds/);
});
