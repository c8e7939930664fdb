import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadDraft } from "./draft";
import { measureSecurity } from "./security";
import { measureStandards } from "./standards";
import { describeFigure, describeMachine, type Figure, median, meetsGoal, timed } from "./measure";
import { misuse } from "../input-files";
import { openScratchSite, type ScratchSite } from "../scratch-site";
import { generateClient, say } from "../steps";

/** `npm run bench`: figures with the machine they were taken on, each with its limit where there is one. */

const PREPARE_LIMIT_MS = 2000;
/** Every message of all 351 places in two languages; the stretch is a fifth of it. */
const BUNDLE_LIMIT_MS = 1000;
const BUNDLE_STRETCH_MS = 200;

/** The statewide alert through the pure functions: bundle, rules, CAP, canonical JSON and hash. */
async function measureCore(databaseUrl: string, scratch: string): Promise<Figure[]> {
  const { connect } = await import("../../platform/db");
  const { buildBundle } = await import("../../alerts/content");
  const { findProblems } = await import("../../alerts/findings");
  const { renderMessage } = await import("../../alerts/renderers/cap-2");
  const { writeCap } = await import("../../standards/cap/write");
  const { canonicalJson } = await import("../../record/canonical-json");
  const { fingerprint } = await import("../../record/chain");
  const client = connect(databaseUrl);
  try {
    const ids = await client.place.findMany({ where: { kind: "municipality" }, select: { id: true } });
    const { facts, content, now } = await loadDraft(
      client,
      ids.map(({ id }) => id),
    );
    const bundle = buildBundle(facts, content, now);
    const count = bundle.messages.length;
    const written = bundle.messages.map((message) => writeCap(renderMessage(bundle, message, now)));
    return [
      {
        ...timed(`bundle of ${count} messages from the draft`, 20, () => void buildBundle(facts, content, now)),
        against: { name: "the limit", milliseconds: BUNDLE_LIMIT_MS, times: 1 },
        note: `stretch ${BUNDLE_STRETCH_MS} ms`,
      },
      timed(`every rule over ${count} messages`, 10, () => void findProblems(bundle, { facts, content, now })),
      timed(`CAP XML of ${count} messages`, 20, () => {
        for (const message of bundle.messages) writeCap(renderMessage(bundle, message, now));
      }),
      timed(`canonical JSON and sha256 of the bundle`, 20, () => void fingerprint(canonicalJson(bundle))),
      ...measureStandards(written, scratch),
    ];
  } finally {
    await client.$disconnect();
  }
}

/** From pressing "prepare" to a complete, checked preview on screen, statewide, in a real browser. */
async function measurePrepare(url: string, runs: number): Promise<Figure[]> {
  const { declareStatewide, openDesk } = await import("./browser-session");
  const { page, close } = await openDesk(url);
  try {
    await declareStatewide(page);
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
    return [
      {
        name: "press “prepare” to a complete preview of 351 places on screen",
        milliseconds: median(times),
        runs,
        against: { name: "the limit", milliseconds: PREPARE_LIMIT_MS, times: 1 },
      },
    ];
  } finally {
    await close();
  }
}

/** The directory's pages over HTTP, as a steward of the state sees them. */
async function measureDirectoryPages({ url, databaseUrl, ownerUrl }: ScratchSite): Promise<Figure[]> {
  const { request } = await import("@playwright/test");
  const { DEMONSTRATION_PASSWORD } = await import("../../../prisma/seed/demonstration");
  const { connect } = await import("../../platform/db");
  const { measureDirectory } = await import("./directory");
  const context = await request.newContext({ baseURL: url, extraHTTPHeaders: { Origin: url } });
  const client = connect(databaseUrl);
  const owner = connect(ownerUrl);
  // What the database does by itself within minutes; the console's own role may not ask for it.
  const settle = async () => void (await owner.$executeRawUnsafe("vacuum (analyze)"));
  try {
    const { csrfToken } = (await (await context.get("/api/auth/csrf")).json()) as { csrfToken: string };
    await context.post("/api/auth/callback/credentials", {
      form: { csrfToken, email: "tess@callbox.example", password: DEMONSTRATION_PASSWORD, json: "true" },
    });
    return await measureDirectory(client, settle, async (page) => {
      const began = performance.now();
      const answer = await context.get(page, { maxRedirects: 0 });
      await answer.body();
      if (answer.status() !== 200) throw new Error(`${page} answered ${answer.status()}.`);
      return performance.now() - began;
    });
  } finally {
    await owner.$disconnect();
    await client.$disconnect();
    await context.dispose();
  }
}

/** What is measured, by name, in the order it is measured in. */
const PARTS: readonly [name: string, measure: (site: ScratchSite, scratch: string) => Promise<Figure[]>][] = [
  ["before", async (_, scratch) => (await import("./before")).measureBefore(scratch)],
  ["prepare", (site) => measurePrepare(site.url, 5)],
  ["locks", async (site) => (await import("./locks")).measureLocks(site.databaseUrl)],
  ["load", async (site) => (await import("./load")).measureLoad(site)],
  ["security", (site) => measureSecurity(site)],
  ["core", (site, scratch) => measureCore(site.databaseUrl, scratch)],
  ["public", async (site, scratch) => (await import("./public")).measurePublic(site, scratch)],
  ["readers", async (site) => (await import("./readers")).measureReaders(site)],
  // It signs what "public" published, so it comes after.
  ["signing", async (site) => (await import("./signing")).measureSigning(site.databaseUrl)],
  ["directory", measureDirectoryPages],
  // Grows the directory, so it stands behind what is measured of the demonstration.
  ["composer", async (site) => (await import("./composer-growth")).measureGrowth(site)],
  ["record", async (site) => (await import("./record")).measureRecord(site)],
  // Nothing is left of the site but its pages, so it comes last.
  ["standing", async (site) => (await import("./readers")).measureStanding(site)],
];

/** @param options.only names of parts; all of them without it */
export async function bench(options: { json: boolean; only: readonly string[] }): Promise<number> {
  const unknown = options.only.find((name) => !PARTS.some(([part]) => part === name));
  if (unknown !== undefined) return misuse(`There is no part “${unknown}”: ${PARTS.map(([name]) => name).join(", ")}.`);
  await generateClient();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-bench-"));
  fs.chmodSync(scratch, 0o755);
  const site = await openScratchSite(scratch);
  try {
    const figures: Figure[] = [];
    for (const [name, measure] of PARTS) {
      if (options.only.length > 0 && !options.only.includes(name)) continue;
      say(`Measuring: ${name}`);
      figures.push(...(await measure(site, scratch)));
    }
    const machine = describeMachine();
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ machine, figures })}\n`
        : `${machine}\n${figures.map(describeFigure).join("\n")}\n`,
    );
    return figures.every(meetsGoal) ? 0 : 1;
  } finally {
    await site.close();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
