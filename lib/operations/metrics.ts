import { Gauge, Registry } from "prom-client";
import type { Facts } from "./status";

/** How the installation stands, in Prometheus's words. */

const DAY_S = 86_400;

/** @param facts null where the database does not answer */
export async function writeFacts(facts: Facts | null): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, values: readonly [labels: Record<string, string>, value: number][]) => {
    const [first] = values;
    const one = new Gauge({ name, help, labelNames: Object.keys(first?.[0] ?? {}), registers: [registry] });
    for (const [labels, value] of values) one.set(labels, value);
  };
  gauge("callbox_database_up", "Whether the database answers", [[{}, facts ? 1 : 0]]);
  if (!facts) return registry.metrics();
  const { at, database, migrations, workerAt, jobs, channels, keys, disks, backups, drills } = facts;
  const age = (moment: Date) => (at.getTime() - moment.getTime()) / 1000;
  gauge("callbox_database_answer_seconds", "How long the database took to answer", [[{}, database.ms / 1000]]);
  gauge("callbox_database_bytes", "Size of the database", [[{}, database.bytes]]);
  gauge("callbox_clock_difference_seconds", "By how much the database's clock goes before this one", [
    [{}, database.aheadMs / 1000],
  ]);
  gauge("callbox_migrations_current", "Whether every migration is applied", [[{}, migrations === "current" ? 1 : 0]]);
  if (workerAt)
    gauge("callbox_worker_heartbeat_age_seconds", "Since a worker was last heard of", [[{}, age(workerAt)]]);
  gauge(
    "callbox_jobs",
    "Jobs left, by task: waiting, late by five minutes, given up within a day",
    jobs.flatMap(({ task, ...counts }) =>
      (["waiting", "late", "failed"] as const).map((state): [Record<string, string>, number] => [
        { task, state },
        counts[state],
      ]),
    ),
  );
  gauge(
    "callbox_deliveries",
    "Deliveries by channel: waiting, and given up ever",
    channels.flatMap(({ id, name, waiting, failedEver }): [Record<string, string>, number][] => [
      [{ channel: id, name, state: "waiting" }, waiting],
      [{ channel: id, name, state: "failed" }, failedEver],
    ]),
  );
  gauge(
    "callbox_certificate_days_left",
    "Until the certificate of a key ends; below zero afterwards",
    keys.flatMap(({ name, endsAt }): [Record<string, string>, number][] =>
      endsAt ? [[{ key: name }, -age(endsAt) / DAY_S]] : [],
    ),
  );
  gauge(
    "callbox_disk_free_bytes",
    "Room on the disks of this process",
    disks.map(({ name, free }) => [{ disk: name }, free]),
  );
  if (backups.lastMade)
    gauge("callbox_backup_age_seconds", "Since the last whole backup was begun", [[{}, age(backups.lastMade.at)]]);
  gauge("callbox_backup_failed", "Whether the newest try of a backup failed", [
    [{}, backups.lastRun?.state === "failed" ? 1 : 0],
  ]);
  if (drills.lastProven) {
    gauge("callbox_drill_age_seconds", "Since a backup was last proven to work", [[{}, age(drills.lastProven.at)]]);
    gauge("callbox_drill_seconds", "How long that took", [[{}, drills.lastProven.seconds]]);
  }
  gauge("callbox_drill_failed", "Whether the backup that was last tried was not proven to work", [
    [{}, drills.lastTry && drills.lastTry.problem !== null ? 1 : 0],
  ]);
  return registry.metrics();
}
