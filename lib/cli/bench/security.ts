import { fork } from "node:child_process";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import type { PrismaClient } from "../../platform/db";
import { findBrowser } from "../check/browser";
import { type Figure, median } from "./measure";
import type { ScratchSite } from "../scratch-site";
import { CHECKOUT } from "../steps";

/** What strangers and large files do to those who publish: approvals under a flood, pages beside an import, the walk of the record. */

const FLOODS = [20, 60, 150];
const APPROVALS = 7;
/** An approval under a flood takes at most so many times the quiet one. */
const TIMES = 1.5;

/** Starts a flood of sign-ins from another process. @returns what ends it, with the number of answers it got */
async function flood(url: string, connections: number): Promise<() => Promise<number>> {
  const child = fork(path.join(CHECKOUT, "lib", "cli", "bench", "flood.mjs"), [url, String(connections)]);
  await new Promise((resolve) => child.once("message", resolve));
  // So that the first answers are behind it and everybody is being refused.
  await pause(4000);
  return async () => {
    const said = new Promise<{ answers: number }>((resolve) => child.once("message", resolve as never));
    child.send("stop");
    return (await said).answers;
  };
}

/** Drafts for two towns, sent to the approver, as many as are needed. */
async function prepareAlerts(client: PrismaClient, count: number) {
  const { mintActor } = await import("../../access/mint");
  const { sessionKey } = await import("../../access/session-key");
  const { declareIncident } = await import("../../incidents/commands/declare");
  const { prepareAlert } = await import("../../alerts/commands/prepare");
  const { submitAlert } = await import("../../alerts/commands/submit");
  const { requiredConfirmations } = await import("../../alerts/confirmations");
  const { parseBundle } = await import("../../alerts/data");
  const now = new Date();
  const sessionId = `bench-${now.getTime()}`;
  await client.session.create({
    data: { id: sessionKey(sessionId), personId: "demo-dana", createdAt: now, lastSeenAt: now },
  });
  const dana = await mintActor(client, sessionId, now, false);
  if (!dana) throw new Error("Dana could not sign in.");
  const must = <Value>(result: { ok: true; value: Value } | { ok: false; message: string }): Value => {
    if (!result.ok) throw new Error(result.message);
    return result.value;
  };
  const towns = await client.place.findMany({
    where: { kind: "municipality", name: { in: ["Granby", "Amherst"] } },
    select: { id: true },
  });
  const incident = must(
    await declareIncident(
      client,
      dana,
      {
        mode: "live",
        failure: "full",
        textTo911: "fails",
        beganAt: new Date(now.getTime() - 600_000).toISOString(),
        evidence: "Twelve dispatch centers by phone",
        placeIds: towns.map(({ id }) => id),
      },
      now,
    ),
  );
  const alerts: { id: string; contentHash: string; confirmations: string[] }[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = must(await prepareAlert(client, dana, { incidentId: incident.id }, new Date()));
    const { contentHash } = must(await submitAlert(client, dana, { id, version: 1 }, new Date()));
    const row = await client.alert.findUniqueOrThrow({ where: { id }, select: { bundle: true } });
    const bundle = parseBundle(row.bundle);
    if (!bundle) throw new Error("There is no bundle.");
    alerts.push({ id, contentHash, confirmations: requiredConfirmations(bundle) });
  }
  return alerts;
}

type Waiting = Awaited<ReturnType<typeof prepareAlerts>>[number];

async function signInAs(page: Page, who: string): Promise<void> {
  const { DEMONSTRATION_PASSWORD } = await import("../../../prisma/seed/demonstration");
  await page.goto("/sign-in");
  await page.fill("#email", `${who}@callbox.example`);
  await page.fill("#password", DEMONSTRATION_PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL("/");
}

/**
 * Approves one alert in a browser and keeps what the browser sent, so that the
 * others can be sent the same way without one.
 */
async function learnApproval(page: Page, { id }: Waiting): Promise<(alert: Waiting) => Promise<number>> {
  const { DEMONSTRATION_PASSWORD } = await import("../../../prisma/seed/demonstration");
  await page.goto(`/alerts/${id}/review`);
  for (const box of await page.locator(".check input").all()) await box.check();
  await page.locator('input[type="password"]').fill(DEMONSTRATION_PASSWORD);
  const sent = page.waitForRequest(
    (request) => request.method() === "POST" && request.headers()["next-action"] !== undefined,
  );
  await page.getByRole("button", { name: /^Publish to/ }).click();
  const action = (await sent).headers()["next-action"] ?? "";
  await page.waitForURL(new RegExp(`/alerts/${id}$`));
  return async (alert) => {
    const began = performance.now();
    const answer = await page.request.post(`/alerts/${alert.id}/review`, {
      headers: {
        "Next-Action": action,
        "Content-Type": "text/plain;charset=UTF-8",
        Origin: new URL(page.url()).origin,
        Accept: "text/x-component",
      },
      data: JSON.stringify([{ ...alert, decision: "approve", password: DEMONSTRATION_PASSWORD }]),
    });
    const text = await answer.text();
    if (!text.includes('"state":"published"')) throw new Error(`The approval was not taken: ${text.slice(0, 300)}`);
    return performance.now() - began;
  };
}

async function measureFloods(site: ScratchSite, page: Page, client: PrismaClient): Promise<Figure[]> {
  const alerts = await prepareAlerts(client, 1 + APPROVALS * (FLOODS.length + 1));
  const take = () => {
    const next = alerts.shift();
    if (!next) throw new Error("There is no alert left.");
    return next;
  };
  const approve = await learnApproval(page, take());
  const series = async () => {
    const times: number[] = [];
    for (let run = 0; run < APPROVALS; run += 1) times.push(await approve(take()));
    return median(times);
  };
  const quiet = await series();
  const figures: Figure[] = [
    { name: "approve and publish two towns, nobody else there", milliseconds: quiet, runs: APPROVALS },
  ];
  for (const connections of FLOODS) {
    const stop = await flood(site.url, connections);
    const milliseconds = await series();
    const answers = await stop();
    figures.push({
      name: `the same under ${connections} connections of a sign-in flood`,
      milliseconds,
      runs: APPROVALS,
      against: { name: "the quiet one", milliseconds: quiet, times: TIMES },
      note: `${answers.toLocaleString("en-US")} answers to the flood`,
    });
  }
  return figures;
}

const PAGES = ["/directory/2501526535", "/alerts", "/api/health", "/directory/import"];
const ANSWER_LIMIT_MS = 500;
const HELD_LIMIT_MS = 100;

/** Reads a file in the console and pages meanwhile. @returns the slowest page, and how long the event loop was held */
async function whileReading(site: ScratchSite, page: Page, name: string, file: string): Promise<Figure[]> {
  await page.goto("/directory/import");
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "bench.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  // Once before, so that no page is met for the first time.
  for (const at of PAGES) await (await page.request.get(at)).body();
  await site.heldSince();
  const began = performance.now();
  let over = false;
  const done = (async () => {
    await page.getByRole("button", { name: /^Read the file/ }).click();
    await page.waitForURL(/\/directory\/import\/[0-9a-f-]{36}/, { timeout: 180_000 });
    over = true;
  })();
  const times: number[] = [];
  while (!over) {
    for (const at of PAGES) {
      const asked = performance.now();
      await (await page.request.get(at)).body();
      times.push(performance.now() - asked);
    }
  }
  await done;
  const held = await site.heldSince();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  return [
    {
      name: `slowest of ${times.length} pages while ${name} is read`,
      milliseconds: Math.max(...times),
      runs: 1,
      against: { name: "the limit", milliseconds: ANSWER_LIMIT_MS, times: 1 },
      note: `read in ${seconds} s`,
    },
    {
      name: `longest the console's event loop was held meanwhile`,
      milliseconds: held,
      runs: 1,
      against: { name: "the limit", milliseconds: HELD_LIMIT_MS, times: 1 },
    },
  ];
}

const EVENTS = 100_000;

/** A record of many entries, a quarter of which seal a test call, walked from end to end. */
async function measureVerification(client: PrismaClient): Promise<Figure> {
  const { GENESIS, hashEntry } = await import("../../record/chain");
  const { sealRows, SEAL_FORMAT } = await import("../../record/seals");
  const { verifyRecord } = await import("../../evidence/verify");
  const last = await client.auditEvent.findFirst({ orderBy: { seq: "desc" } });
  let [seq, prevHash] = [Number(last?.seq ?? 0), last?.hash ?? GENESIS];
  const numbers = await client.directNumber.findMany({ where: { retiredAt: null }, select: { id: true }, take: 200 });
  const first = seq;
  while (seq - first < EVENTS) {
    const calls = await client.testCall.createManyAndReturn({
      data: Array.from({ length: 500 }, (_, index) => ({
        numberId: numbers[index % numbers.length]?.id ?? "",
        calledBy: "Bench",
        answeredBy: "desk",
        calledAt: new Date(),
        result: "right-desk",
      })),
      select: { id: true },
    });
    const seals = (await sealRows(client, { testCall: calls.map(({ id }) => id) })).testCall ?? {};
    const entries = Array.from({ length: 2000 }, (_, index) => {
      const id = index % 4 === 0 ? calls[index / 4]?.id : undefined;
      seq += 1;
      const entry = {
        seq,
        at: new Date().toISOString(),
        actorId: null,
        actor: "Bench",
        agencyId: null,
        action: "number.test-call",
        subjectType: "place",
        subjectId: "bench",
        incidentId: null,
        summary: "An entry of the bench.",
        data: id ? { sealFormat: SEAL_FORMAT, seals: { testCall: { [id]: seals[id] ?? null } } } : {},
        prevHash,
      };
      prevHash = hashEntry(entry);
      return { ...entry, at: new Date(entry.at), hash: prevHash };
    });
    await client.auditEvent.createMany({ data: entries });
  }
  const began = performance.now();
  const { ok, entries, rows, problems } = await verifyRecord(client, new Date());
  if (!ok) throw new Error(`The record of the bench does not verify: ${problems[0]}`);
  return {
    name: `verify a record of ${EVENTS.toLocaleString("en-US")} entries, both ways`,
    milliseconds: performance.now() - began,
    runs: 1,
    note: `${entries.toLocaleString("en-US")} entries, ${rows.toLocaleString("en-US")} rows`,
  };
}

export async function measureSecurity(site: ScratchSite): Promise<Figure[]> {
  const { chromium } = await import("@playwright/test");
  const { connect } = await import("../../platform/db");
  const { manyRows } = await import("../../exchange/many-rows-for-tests");
  const executablePath = await findBrowser();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox"] });
  const client = connect(site.databaseUrl, { connections: 3 });
  try {
    const luis = await (await browser.newContext({ baseURL: site.url })).newPage();
    await signInAs(luis, "luis");
    const tess = await (await browser.newContext({ baseURL: site.url })).newPage();
    await signInAs(tess, "tess");
    const floods = await measureFloods(site, luis, client);
    // The flood came from this machine's own address, from which the next measurement signs in.
    await client.signInFailure.deleteMany();
    const towns = await client.place.findMany({ where: { kind: "municipality" }, select: { id: true } });
    const rows = manyRows(
      towns.map(({ id }) => id),
      50_000,
    );
    const unknown = [
      "place,number",
      ...Array.from(
        { length: 10_000 },
        (_, index) => `Nowhere ${index.toString(36)} upon Sea,413-555-0${100 + (index % 100)}`,
      ),
    ].join("\n");
    return [
      ...floods,
      ...(await whileReading(site, tess, "a file of 50,000 rows", rows)),
      ...(await whileReading(site, tess, "a file of 10,000 unknown names", unknown)),
      await measureVerification(client),
    ];
  } finally {
    await browser.close();
    await client.$disconnect();
  }
}
