import { createHash } from "node:crypto";
import type { PrismaClient } from "../../platform/db";
import type { ScratchSite } from "../scratch-site";
import { type Figure, median } from "./measure";

/** The record at the size of years: appending, reading a page, searching, and verifying it from end to end. */

const SIZES = [10_000, 100_000, 1_000_000] as const;
const PAGE_LIMIT_MS = 100;
const APPROVAL_LIMIT_MS = 1000;
const WRITERS = 20;
const EACH = 20;

const PEOPLE = ["Dana Whitcomb", "Luis Ferreira", "Ruth Adeyemi", "Tess O'Hara"];

/** Makes the record so long, with entries that follow each other, past the console: nobody made them. */
async function grow(owner: PrismaClient, size: number): Promise<void> {
  const { hashEntry } = await import("../../record/chain");
  const last = await owner.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
  let [seq, prevHash] = [Number(last.seq), last.hash];
  const began = last.at.getTime();
  while (seq < size) {
    const rows = Array.from({ length: Math.min(5000, size - seq) }, () => {
      seq += 1;
      const entry = {
        seq,
        at: new Date(began + seq).toISOString(),
        actorId: `demo-${["dana", "luis", "ruth", "tess"][seq % 4]}`,
        actor: PEOPLE[seq % 4] ?? "",
        agencyId: "state-911",
        action: "number.test-call",
        subjectType: "number",
        subjectId: `bench-${seq}`,
        incidentId: null,
        summary: `Called 413-555-01${String(seq % 100).padStart(2, "0")} of Town ${seq % 3500}: the right desk answered${seq % 99_991 === 0 ? ", a marlinspike" : ""}.`,
        data: { result: "right-desk", lines: seq % 5 },
        prevHash,
      };
      prevHash = hashEntry(entry);
      return { ...entry, hash: prevHash };
    });
    await owner.$transaction(async (transaction) => {
      await transaction.$executeRawUnsafe("set local session_replication_role = replica");
      await transaction.$executeRaw`
        insert into "AuditEvent" (seq, at, "actorId", actor, "agencyId", action, "subjectType", "subjectId", "incidentId", summary, data, "prevHash", hash)
        select seq, at, "actorId", actor, "agencyId", action, "subjectType", "subjectId", "incidentId", summary, data, "prevHash", hash
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(seq bigint, at timestamptz, "actorId" text, actor text,
          "agencyId" text, action text, "subjectType" text, "subjectId" text, "incidentId" text, summary text, data jsonb, "prevHash" text, hash text)`;
    });
  }
  await owner.$executeRawUnsafe('vacuum (analyze) "AuditEvent"');
}

/** The chain as verification walks it. @returns milliseconds */
async function walkChain(client: PrismaClient): Promise<number> {
  const { findBreak, GENESIS } = await import("../../record/chain");
  const { streamEntries } = await import("../../record/data");
  const began = performance.now();
  let last = { seq: 0, hash: GENESIS };
  for await (const entries of streamEntries(client)) {
    const found = findBreak(entries, last);
    if (found) throw new Error(found.problem);
    const { seq, hash } = entries.at(-1)!;
    last = { seq, hash };
  }
  return performance.now() - began;
}

/** A bare sha256 over the bytes that verification hashes, read in the same way. */
async function bareHash(client: PrismaClient): Promise<number> {
  const { hashedBytes } = await import("../../record/chain");
  const { toEntry } = await import("../../record/data");
  let milliseconds = 0;
  let after = 0n;
  for (;;) {
    const rows = await client.auditEvent.findMany({
      where: { seq: { gt: after } },
      orderBy: { seq: "asc" },
      take: 2000,
    });
    const texts = rows.map((row) => hashedBytes(toEntry(row)));
    const began = performance.now();
    for (const text of texts) createHash("sha256").update(text).digest("hex");
    milliseconds += performance.now() - began;
    const last = rows.at(-1);
    if (!last) return milliseconds;
    after = last.seq;
  }
}

async function measureAppends(databaseUrl: string): Promise<Figure> {
  const { connect, inTransaction } = await import("../../platform/db");
  const { appendAudit } = await import("../../record/append");
  const client = connect(databaseUrl, { connections: WRITERS });
  const times: number[] = [];
  const began = performance.now();
  try {
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let index = 0; index < EACH; index += 1) {
          const from = performance.now();
          await inTransaction(client, (transaction) =>
            appendAudit(
              transaction,
              {
                actor: null,
                action: "message.exported",
                subject: { type: "alert", id: `bench-${writer}` },
                summary: `Entry ${index} of writer ${writer}.`,
              },
              new Date(),
            ),
          );
          times.push(performance.now() - from);
        }
      }),
    );
  } finally {
    await client.$disconnect();
  }
  const perSecond = Math.round((WRITERS * EACH) / ((performance.now() - began) / 1000));
  return {
    name: `one entry appended, ${WRITERS} writers at once`,
    milliseconds: median(times),
    runs: times.length,
    note: `${perSecond} entries a second`,
  };
}

/** An approval of the whole state, signed: from the press to everything stored. */
async function measureApproval(databaseUrl: string): Promise<Figure> {
  const { connect } = await import("../../platform/db");
  const { makeKey } = await import("../../standards/signature/keys-for-tests");
  const story = await import("../../alerts/story-for-tests");
  const { certificateFile, keyFile } = makeKey("bench", "rsa");
  const { launcherEnv } = await import("../../platform/env");
  const environment = launcherEnv().all;
  environment.CALLBOX_SIGNING_KEY = keyFile;
  environment.CALLBOX_SIGNING_CERTIFICATE = certificateFile;
  const client = connect(databaseUrl);
  const site = story.toStory(client, { ownerUrl: databaseUrl, appUrl: databaseUrl });
  const times: number[] = [];
  let messages = 0;
  try {
    const [dana, luis] = [await site.actor("dana"), await site.actor("luis")];
    const rows = await client.place.findMany({
      where: { kind: "municipality", id: { startsWith: "25" } },
      select: { id: true },
    });
    for (let run = 0; run < 5; run += 1) {
      const draft = await story.draftFor(
        site,
        dana,
        rows.map(({ id }) => id),
      );
      const blocked = await story.blockedPlaces(site, draft.id);
      await story.save(site, dana, draft.id, (content) => ({
        ...content,
        numbers: Object.fromEntries(
          blocked.map((id) => [id, { choice: "no-number" as const, reason: "Nobody answered there" }]),
        ),
      }));
      await story.submit(site, dana, draft.id);
      const began = performance.now();
      const result = await story.approve(site, luis, draft.id);
      times.push(performance.now() - began);
      if (!result.ok) throw new Error(result.message);
      messages = result.value.messages;
    }
  } finally {
    delete environment.CALLBOX_SIGNING_KEY;
    delete environment.CALLBOX_SIGNING_CERTIFICATE;
    await client.$disconnect();
  }
  return {
    name: `approval of ${messages} messages, each signed, with the password`,
    milliseconds: median(times),
    runs: times.length,
    against: { name: "the limit", milliseconds: APPROVAL_LIMIT_MS, times: 1 },
  };
}

export async function measureRecord({ url, databaseUrl, ownerUrl }: ScratchSite): Promise<Figure[]> {
  const { request } = await import("@playwright/test");
  const { DEMONSTRATION_PASSWORD } = await import("../../../prisma/seed/demonstration");
  const { connect } = await import("../../platform/db");
  const { verifyRecord } = await import("../../evidence/verify");
  const figures = [await measureApproval(databaseUrl), await measureAppends(databaseUrl)];
  const [client, owner] = [connect(databaseUrl), connect(ownerUrl)];
  const context = await request.newContext({ baseURL: url, extraHTTPHeaders: { Origin: url } });
  const read = async (page: string) => {
    const began = performance.now();
    const answer = await context.get(page, { maxRedirects: 0 });
    await answer.body();
    if (answer.status() !== 200) throw new Error(`${page} answered ${answer.status()}.`);
    return performance.now() - began;
  };
  try {
    const { csrfToken } = (await (await context.get("/api/auth/csrf")).json()) as { csrfToken: string };
    await context.post("/api/auth/callback/credentials", {
      form: { csrfToken, email: "mei@callbox.example", password: DEMONSTRATION_PASSWORD, json: "true" },
    });
    for (const size of SIZES) {
      await grow(owner, size);
      const pages: [string, string][] = [
        ["the newest page", "/log"],
        ["a rare word", "/log?find=marlinspike"],
        ["a person", "/log?find=Ruth"],
        ["a number", "/log?find=413-555-0142"],
        ["a time", `/log?from=${new Date(Date.now() - 3_600_000).toISOString().slice(0, 16)}`],
      ];
      for (const [what, page] of pages) {
        await read(page);
        const times: number[] = [];
        for (let run = 0; run < 7; run += 1) times.push(await read(page));
        figures.push({
          name: `log of ${size.toLocaleString("en-US")} entries: ${what}`,
          milliseconds: median(times),
          runs: 7,
          against: { name: "the limit", milliseconds: PAGE_LIMIT_MS, times: 1 },
        });
      }
      const memory = process.memoryUsage().rss;
      figures.push({
        name: `the chain of ${size.toLocaleString("en-US")} entries verified, from the first to the last`,
        milliseconds: await walkChain(client),
        runs: 1,
        against: { name: "a bare sha256 over the same bytes", milliseconds: await bareHash(client), times: 2 },
      });
      const began = performance.now();
      const found = await verifyRecord(client, new Date());
      const milliseconds = performance.now() - began;
      if (!found.ok) throw new Error(`The record of the bench does not fit: ${found.problems[0]}`);
      const grown = (process.memoryUsage().rss - memory) / 2 ** 20;
      figures.push({
        name: `the whole record of ${size.toLocaleString("en-US")} entries`,
        milliseconds,
        runs: 1,
        note: `with every row and published byte it speaks of; ${grown.toFixed(0)} MiB more memory`,
      });
    }
    return figures;
  } finally {
    await owner.$disconnect();
    await client.$disconnect();
    await context.dispose();
  }
}
