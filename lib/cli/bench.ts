import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findBrowser } from "./browser";
import { openScratchSite } from "./scratch-site";
import { generateClient, say } from "./steps";

/** `npm run bench`: figures with the machine they were taken on, each with its limit where there is one. */

interface Figure {
  name: string;
  milliseconds: number;
  runs: number;
  limit?: number;
}

const PREPARE_LIMIT_MS = 2000;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function timed(name: string, runs: number, work: () => void): Figure {
  work();
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return { name, milliseconds: median(times), runs };
}

/** The statewide alert through the pure functions: bundle, rules, CAP, canonical JSON and hash. */
async function measureCore(databaseUrl: string): Promise<Figure[]> {
  const { connect } = await import("../platform/db");
  const { loadPlaces } = await import("../directory/data");
  const { buildBundle } = await import("../alerts/content");
  const { findProblems } = await import("../alerts/findings");
  const { renderMessage } = await import("../alerts/render");
  const { writeCap } = await import("../standards/cap/write");
  const { prepareTexts } = await import("../templates/prepare");
  const { OUTAGE_TEMPLATE } = await import("../templates/outage");
  const { canonicalJson } = await import("../audit/canonical-json");
  const { fingerprint } = await import("../audit/chain");
  const client = connect(databaseUrl);
  try {
    const ids = await client.region.findMany({ where: { kind: "municipality" }, select: { id: true } });
    const places = await loadPlaces(
      client,
      ids.map(({ id }) => id),
    );
    const agency = await client.agency.findUniqueOrThrow({ where: { id: "state-911" } });
    const now = Date.now();
    const incident = {
      id: "bench",
      mode: "live" as const,
      title: "911 outage",
      failure: "full" as const,
      carrier: null,
      textTo911: "fails" as const,
      beganAt: now,
    };
    const facts = {
      alertId: "bench",
      code: "BENCH",
      kind: "outage" as const,
      status: "Test" as const,
      agency,
      incident,
      places,
      timeZone: "America/New_York",
    };
    const content = {
      regionIds: places.map(({ id }) => id),
      validMinutes: 120,
      nextUpdateMinutes: 60,
      texts: prepareTexts(OUTAGE_TEMPLATE, incident),
      apart: {},
      numbers: {},
    };
    const bundle = buildBundle(facts, content, now);
    const count = bundle.messages.length;
    return [
      timed(`bundle of ${count} messages from the draft`, 20, () => void buildBundle(facts, content, now)),
      timed(`every rule over ${count} messages`, 10, () => void findProblems(bundle, { facts, content, now })),
      timed(`CAP XML of ${count} messages`, 20, () => {
        for (const message of bundle.messages) writeCap(renderMessage(bundle, message, now));
      }),
      timed(`canonical JSON and sha256 of the bundle`, 20, () => void fingerprint(canonicalJson(bundle))),
    ];
  } finally {
    await client.$disconnect();
  }
}

/** From pressing "prepare" to a complete, checked preview on screen, statewide, in a real browser. */
async function measurePrepare(url: string, runs: number): Promise<Figure> {
  const { chromium } = await import("@playwright/test");
  const { DEMONSTRATION_PASSWORD } = await import("../../prisma/seed/demonstration");
  const executablePath = await findBrowser();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
    await page.goto("/sign-in");
    await page.fill("#email", "dana@callbox.example");
    await page.fill("#password", DEMONSTRATION_PASSWORD);
    await page.click("button[type=submit]");
    await page.waitForURL("/");
    await page.goto("/incidents/new");
    await page.getByRole("button", { name: "Fill in the outage of 18 June 2024" }).click();
    await page.getByRole("button", { name: "Declare the incident for 351 towns" }).click();
    await page.waitForURL(/\/incidents\/0/);
    const incident = page.url();
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await page.goto(incident);
      const button = page.getByRole("button", { name: /^Prepare/ });
      await button.waitFor();
      const began = performance.now();
      await button.click();
      await page.locator('[data-ready="yes"]').waitFor({ state: "attached" });
      times.push(performance.now() - began);
    }
    return {
      name: "press “prepare” to a complete preview of 351 places on screen",
      milliseconds: median(times),
      runs,
      limit: PREPARE_LIMIT_MS,
    };
  } finally {
    await browser.close();
  }
}

export async function bench(options: { json: boolean }): Promise<number> {
  await generateClient();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-bench-"));
  fs.chmodSync(scratch, 0o755);
  const site = await openScratchSite(scratch);
  try {
    say("Measuring");
    const figures = [await measurePrepare(site.url, 5), ...(await measureCore(site.databaseUrl))];
    const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ machine, figures })}\n`);
    } else {
      const lines = figures.map(({ name, milliseconds, runs, limit }) => {
        const against = limit ? `, ${(milliseconds / limit).toFixed(2)} of the limit of ${limit} ms` : "";
        return `  ${milliseconds.toFixed(1).padStart(8)} ms  ${name} (median of ${runs}${against})`;
      });
      process.stdout.write(`${machine}\n${lines.join("\n")}\n`);
    }
    return figures.every(({ milliseconds, limit }) => limit === undefined || milliseconds <= limit) ? 0 : 1;
  } finally {
    await site.close();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
