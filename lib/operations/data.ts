import "server-only";
import { X509Certificate } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { type Actor, agenciesFor, can } from "../access/actor";
import { loadSigner, UnusableKey } from "../alerts/signing/data";
import { channelSecretOf } from "../delivery/channel";
import { sealedAbout } from "../people/sign-in/data";
import { providerSecretOf } from "../people/single-sign-on/commands/providers";
import { db, type PrismaClient, type Reader } from "../platform/db";
import { backupSettings, backupsElsewhere, env, publicFolder, signingSettings } from "../platform/env";
import { WORKER_BEAT } from "../platform/heartbeat";
import { log } from "../platform/log";
import { metrics } from "../platform/metrics";
import { listMigrations } from "../platform/migration-list";
import { unseal } from "../record/site-secret";
import { assessCertificate } from "../standards/signature/sign";
import { writeFacts } from "./metrics";
import {
  type BackupFacts,
  type Condition,
  type DiskFacts,
  type DrillFacts,
  type Facts,
  judge,
  type KeyFacts,
} from "./status";

/** How the installation stands, for whoever administers an agency of it. */
export async function readStatus(actor: Actor, now: Date): Promise<Condition[]> {
  if (!can(actor, "people:manage")) return [];
  const facts = await loadFacts(db(), now);
  const scope = new Set<string | null>([null, ...agenciesFor(actor, "people:manage")]);
  return judge({
    ...facts,
    channels: facts.channels.filter(({ agencyId }) => scope.has(agencyId)),
    keys: facts.keys.filter(({ agencyId }) => scope.has(agencyId)),
  });
}

/** What this process counts and how the installation stands, as Prometheus reads it. Whoever asks is let in by the route. */
export async function loadMetrics(now: Date): Promise<{ text: string; type: string }> {
  const facts = await loadFacts(db(), now).catch((error: unknown) => {
    log.error({ event: "metrics", error });
    return null;
  });
  const { registry } = metrics();
  return { text: `${await registry.metrics()}\n${await writeFacts(facts)}`, type: registry.contentType };
}

/** Everything the status page, the metrics and the alarms are made of, as this process sees it. @throws when the database does not answer */
export async function loadFacts(client: PrismaClient, now: Date): Promise<Facts> {
  const database = await askDatabase(client);
  const [migrations, beat, jobs, channels, backups, drills, keys, disks] = [
    await askMigrations(client),
    await client.heartbeat.findUnique({ where: { id: WORKER_BEAT } }),
    await askJobs(client),
    await askChannels(client),
    await askBackups(client),
    await askDrills(client),
    await askKeys(client, now),
    await askDisks(),
  ];
  // The beat has the time of the database; both clocks may differ.
  const workerAt = beat ? new Date(beat.at.getTime() - database.aheadMs) : null;
  return { at: now, database, migrations, workerAt, jobs, channels, backups, drills, keys, disks };
}

async function askDatabase(client: PrismaClient): Promise<Facts["database"]> {
  // The first one may open a connection, which is not what is measured.
  await client.$queryRaw`select 1 as one`;
  const began = Date.now();
  const [row] = await client.$queryRaw<{ at: Date; bytes: bigint }[]>`
    select clock_timestamp() as at, pg_database_size(current_database()) as bytes`;
  const ended = Date.now();
  const aheadMs = row ? Math.round(row.at.getTime() - (began + ended) / 2) : 0;
  return { ms: ended - began, bytes: Number(row?.bytes ?? 0), aheadMs };
}

async function askMigrations(client: PrismaClient): Promise<Facts["migrations"]> {
  const rows = await client.$queryRaw<{ name: string }[]>`
    select migration_name as name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null`;
  const applied = new Set(rows.map(({ name }) => name));
  return listMigrations(path.join(process.cwd(), "prisma")).every((name) => applied.has(name)) ? "current" : "missing";
}

/**
 * Given up is what ended without success on its last try: not what is on its last try now, and not what has but one
 * and was interrupted, as by a restart. The clock asks for those again.
 */
function askJobs(client: PrismaClient): Promise<Facts["jobs"]> {
  return client.$queryRaw`
    select t.identifier as task,
      count(*) filter (where j.attempts < j.max_attempts)::int as waiting,
      count(*) filter (where j.attempts < j.max_attempts and j.locked_at is null and j.run_at < now() - interval '5 minutes')::int as late,
      count(*) filter (where j.attempts >= j.max_attempts and j.locked_at is null
        and (j.last_error is not null or j.max_attempts > 1) and j.updated_at > now() - interval '1 day')::int as failed
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    group by 1 order by 1`;
}

function askChannels(client: PrismaClient): Promise<Facts["channels"]> {
  return client.$queryRaw`
    select c.id, c."agencyId", c.name, c.state, c.failures as "failuresInARow",
      count(d.id) filter (where d.state in ('stored', 'handed-over'))::int as waiting,
      min(d."createdAt") filter (where d.state in ('stored', 'handed-over')) as "oldestAt",
      count(d.id) filter (where d.state = 'failed' and d."createdAt" > now() - interval '1 day')::int as failed,
      count(d.id) filter (where d.state = 'failed')::int as "failedEver"
    from "Channel" c left join "Delivery" d on d."channelId" = c.id and d.state in ('stored', 'handed-over', 'failed')
    where c."retiredAt" is null group by c.id order by c."createdAt", c.id`;
}

async function askBackups(client: PrismaClient): Promise<BackupFacts> {
  const made = await client.backupRun.findFirst({ where: { state: "made" }, orderBy: { startedAt: "desc" } });
  const run = await client.backupRun.findFirst({
    where: { state: { not: "running" } },
    orderBy: { startedAt: "desc" },
  });
  const site = await client.site.findUnique({ where: { id: 1 }, select: { createdAt: true } });
  return {
    // A console may not know the folder that the worker has.
    made: backupSettings() || (run && !backupsElsewhere()) ? "here" : backupsElsewhere() ? "elsewhere" : "nowhere",
    siteSince: site?.createdAt ?? new Date(),
    lastMade: made && { at: made.startedAt, bytes: Number(made.bytes ?? 0) },
    lastRun: run && { at: run.startedAt, state: run.state, problem: run.problem },
  };
}

/** The migration since which the worker tries backups. */
const TRIED_SINCE = "20261202090700_a_backup_is_tried";

const LAST_TRIED = { orderBy: { drilledAt: "desc" } } as const;

/** The newest run whose backup was proven to work. */
export const findProven = (client: PrismaClient) =>
  client.backupRun.findFirst({ where: { drilledAt: { not: null }, drillProblem: null }, ...LAST_TRIED });

async function askDrills(client: PrismaClient): Promise<DrillFacts> {
  const last = await client.backupRun.findFirst({ where: { drilledAt: { not: null } }, ...LAST_TRIED });
  const proven = await findProven(client);
  // A site that is brought up to date is not late at once.
  const [since] = await client.$queryRaw<{ at: Date | null }[]>`
    select greatest(max(finished_at), (select "createdAt" from "Site" where id = 1)) as at
    from "_prisma_migrations" where migration_name = ${TRIED_SINCE}`;
  return {
    days: backupSettings()?.drillDays ?? 7,
    since: since?.at ?? new Date(),
    lastProven: proven?.drilledAt ? { at: proven.drilledAt, seconds: proven.drillSeconds ?? 0 } : null,
    lastTry: last?.drilledAt ? { at: last.drilledAt, problem: last.drillProblem } : null,
  };
}

/** Of a certificate, when it ends and what is to be said of it. */
function describeCertificate(name: string, agencyId: string | null, certificate: X509Certificate, now: Date): KeyFacts {
  const { state, says } = assessCertificate(certificate, now.getTime());
  return { name, agencyId, endsAt: new Date(certificate.validTo), state, says };
}

const unusable = (name: string, agencyId: string | null, says: string): KeyFacts => ({
  name,
  agencyId,
  endsAt: null,
  state: "unusable",
  says,
});

/** The key that signs CAP messages, and certificates that channels present. */
async function askKeys(client: PrismaClient, now: Date): Promise<KeyFacts[]> {
  const keys: KeyFacts[] = [];
  const own = "signs CAP messages";
  try {
    const signer = await loadSigner(signingSettings(), now);
    if (signer) keys.push(describeCertificate(own, null, signer.key.certificate, now));
  } catch (error) {
    if (!(error instanceof UnusableKey)) throw error;
    keys.push(unusable(own, null, error.message));
  }
  const channels = await client.channel.findMany({
    where: { retiredAt: null, secrets: { not: null }, kind: "ipaws" },
    select: { id: true, agencyId: true, name: true, secrets: true },
  });
  const { NEXTAUTH_SECRET } = env();
  for (const { id, agencyId, name, secrets } of channels) {
    try {
      const held = JSON.parse(unseal(NEXTAUTH_SECRET, channelSecretOf(id), secrets ?? "")) as { certificate?: string };
      if (held.certificate) keys.push(describeCertificate(name, agencyId, new X509Certificate(held.certificate), now));
    } catch {
      keys.push(
        unusable(name, agencyId, "Its secrets do not open with this site’s secret, or its certificate can’t be read."),
      );
    }
  }
  return keys;
}

/** A text that is sealed with the site's secret, and what it is sealed about. */
export interface Sealed {
  kind: "channel" | "provider" | "app";
  /** Of the channel, the provider, or the person whose app it is. */
  id: string;
  about: string;
  sealed: string;
}

/** Everything that is sealed with the site's secret: what a drill opens, and what another secret seals anew. */
export async function loadSealed(client: Reader): Promise<Sealed[]> {
  const held = { where: { secrets: { not: null } }, select: { id: true, secrets: true } } as const;
  const [channels, providers, apps] = [
    await client.channel.findMany(held),
    await client.signInProvider.findMany(held),
    await client.authenticator.findMany({ select: { personId: true, secret: true } }),
  ];
  return [
    ...channels.map(({ id, secrets }): Sealed => ({
      kind: "channel",
      id,
      about: channelSecretOf(id),
      sealed: secrets ?? "",
    })),
    ...providers.map(({ id, secrets }): Sealed => ({
      kind: "provider",
      id,
      about: providerSecretOf(id),
      sealed: secrets ?? "",
    })),
    ...apps.map(({ personId: id, secret }): Sealed => ({ kind: "app", id, about: sealedAbout(id), sealed: secret })),
  ];
}

/** Disks that this process writes to. One that cannot be asked is left out. */
async function askDisks(): Promise<DiskFacts[]> {
  const folders: [string, string | undefined][] = [
    ["data", env().CALLBOX_DATA],
    ["public site", publicFolder()],
    ["backups", backupSettings()?.folder],
  ];
  const found: DiskFacts[] = [];
  for (const [name, folder] of folders) {
    if (folder === undefined) continue;
    const stat = await fs.statfs(folder).catch(() => null);
    if (stat) found.push({ name, free: stat.bavail * stat.bsize, size: stat.blocks * stat.bsize });
  }
  return found;
}
