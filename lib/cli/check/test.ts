import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findBrowser } from "./browser";
import { checkUnderOtherNodes } from "./other-node";
import { installPackages } from "./packages";
import { openScratchSite } from "../scratch-site";
import { binOf, buildConsole, CHECKOUT, childEnv, generateClient, runScript, say } from "../steps";

/** `npm test`: the whole check, closing with one line, `N passed, N failed`. */

interface Tally {
  passed: number;
  failed: number;
}

async function single(name: string, script: string, args: string[], patient = false): Promise<Tally> {
  say(`Checking ${name}`);
  const { code, output } = await runScript(script, args, { patient });
  if (code !== 0) say(output);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param only files or folders; all of them without it */
async function unitAndDatabase(
  scratch: string,
  only: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Tally> {
  const report = path.join(scratch, "vitest.json");
  const { code, output } = await runScript(
    binOf("vitest"),
    ["run", ...only, "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
    { env: childEnv(env) },
  );
  if (!fs.existsSync(report)) {
    say(output);
    return { passed: 0, failed: 1 };
  }
  const counts = JSON.parse(fs.readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
    testResults: { name: string; startTime: number; endTime: number }[];
  };
  printSlowest(
    counts.testResults.map(({ name, startTime, endTime }) => ({
      name: path.relative(CHECKOUT, name),
      seconds: (endTime - startTime) / 1000,
    })),
  );
  if (code !== 0) say(output);
  const failed = counts.numFailedTests || (code === 0 ? 0 : Math.max(1, counts.numFailedTestSuites));
  return { passed: counts.numPassedTests, failed };
}

/** Where the time goes, so that the whole check stays short. */
function printSlowest(parts: readonly { name: string; seconds: number }[]): void {
  const slowest = [...parts].sort((left, right) => right.seconds - left.seconds).slice(0, 15);
  say(`The slowest: ${slowest.map(({ name, seconds }) => `${name} ${seconds.toFixed(0)} s`).join("; ")}`);
}

interface Suite {
  specs: { title: string; ok: boolean; tests: { status: string; results: { duration: number }[] }[] }[];
  suites?: Suite[];
}

function countSpecs(suite: Suite): Tally {
  // What is left for the night neither passed nor failed.
  const walked = suite.specs.filter(({ tests }) => !tests.every(({ status }) => status === "skipped"));
  const own = walked.reduce(
    (tally, spec) => (spec.ok ? { ...tally, passed: tally.passed + 1 } : { ...tally, failed: tally.failed + 1 }),
    { passed: 0, failed: 0 },
  );
  return (suite.suites ?? []).map(countSpecs).reduce(add, own);
}

/** How long each journey took. */
const timesOf = (suite: Suite): { name: string; seconds: number }[] => [
  ...suite.specs.map(({ title, tests }) => ({
    name: title,
    seconds: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration / 1000, 0),
  })),
  ...(suite.suites ?? []).flatMap(timesOf),
];

const add = (left: Tally, right: Tally): Tally => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
});

/** @param selection names of journeys, or none for all of them; by day those that are not tagged @night */
async function journeys(
  scratch: string,
  selection: "day" | readonly string[],
  env: Record<string, string> = {},
): Promise<Tally> {
  const only = selection === "day" ? [] : selection;
  const chromium = await findBrowser();
  const site = await openScratchSite(scratch);
  const [empty, second] = await Promise.all([openScratchSite(scratch, "real"), site.join()]).catch(
    async (error: unknown) => {
      await site.close();
      throw error;
    },
  );
  say("Walking the journeys in a real browser against the production build (some minutes)");
  try {
    const report = path.join(scratch, "playwright.json");
    const { code, output } = await runScript(
      binOf("@playwright/test", "playwright"),
      ["test", ...only, ...(selection === "day" ? ["--grep-invert", "@night"] : []), "--reporter=line,json"],
      {
        env: childEnv({
          CALLBOX_E2E_URL: site.url,
          CALLBOX_E2E_SECOND_URL: second,
          CALLBOX_E2E_REAL_URL: empty.url,
          CALLBOX_E2E_REAL_DATABASE: empty.ownerUrl,
          CALLBOX_E2E_CHROMIUM: chromium,
          PLAYWRIGHT_JSON_OUTPUT_NAME: report,
          ...env,
        }),
      },
    );
    if (code !== 0) say(output);
    if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
    const { suites } = JSON.parse(fs.readFileSync(report, "utf8")) as { suites: Suite[] };
    const tally = suites.map(countSpecs).reduce(add, { passed: 0, failed: 0 });
    printSlowest(suites.flatMap(timesOf));
    return code !== 0 && tally.failed === 0 ? add(tally, { passed: 0, failed: 1 }) : tally;
  } finally {
    await site.close();
    await empty.close();
  }
}

/** What a check counted; one that could not be made counts as failed. */
const counted = (check: () => Promise<Tally>): Promise<Tally> =>
  check().catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  });

/** @returns 0 when everything passed, 1 otherwise */
export async function test(): Promise<number> {
  const scratch = makeScratch();
  const checks: (() => Promise<Tally>)[] = [
    () => single("types", path.join(CHECKOUT, "node_modules", "typescript", "lib", "tsc.js"), ["--noEmit", "-p", "."]),
    () => {
      say("Running the unit and database tests on a real PostgreSQL (some minutes)");
      return unitAndDatabase(scratch);
    },
    // A browser that waits for pages leaves a fifth of two cores, which is enough for the rest.
    async () => {
      const beside: (() => Promise<Tally>)[] = [
        () => journeys(scratch, "day"),
        () => single("lint", binOf("eslint"), [".", "--max-warnings=0"], true),
        () => single("formatting", binOf("prettier"), ["--check", "--log-level=warn", "."], true),
      ];
      return (await Promise.all(beside.map(counted))).reduce(add);
    },
  ];
  return close(checks, scratch);
}

/** What `npm run test:nightly` does more often than `npm test`. */
const NIGHTLY = {
  CALLBOX_NIGHTLY: "yes",
  CALLBOX_PUBLICATION_KILLS: "200",
  CALLBOX_FUZZ_RUNS: "1000000",
  CALLBOX_ORACLE_RUNS: "500",
  CALLBOX_FAILOVER_KILLS: "20",
  CALLBOX_KILL_RUNS: "100",
  CALLBOX_RACE_RUNS: "200",
  CALLBOX_TEST_TIMEOUT: "3600000",
};

/** What a test file says that does more at night: so many rounds, or cases that the day leaves out. */
const DOES_MORE = /\b(?:isNightly|casesOf\()|CALLBOX_\w+_(?:RUNS|KILLS)\b/;

/** The files of tests that do more at night than by day. */
function listNightlyTests(): string[] {
  return fs
    .readdirSync(path.join(CHECKOUT, "lib"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.join("lib", name))
    .filter((name) => DOES_MORE.test(fs.readFileSync(path.join(CHECKOUT, name), "utf8")))
    .sort();
}

/** `npm run test:nightly`: a million mangled messages, a thousand signatures read by xmlsec1, a hundred kills of the site, 200 of a publication, 20 fail-overs, 200 races; then the whole check under other versions of Node. */
export async function testNightly(): Promise<number> {
  const scratch = makeScratch();
  say(
    "A million mangled messages, a thousand signatures for xmlsec1 to read, a hundred kills of the site and 200 of a publication, 20 fail-overs of a cluster of databases, 200 races, and the whole check under other versions of Node (an hour and a half)",
  );
  installPackages();
  await generateClient();
  await buildConsole();
  return close(
    [
      () => unitAndDatabase(scratch, listNightlyTests(), NIGHTLY),
      () => journeys(scratch, [], { CALLBOX_E2E_NIGHTLY: "yes" }),
      () => checkUnderOtherNodes(scratch),
    ],
    scratch,
  );
}

/** `callbox journeys`: some or all journeys in a browser, while one is being written. */
export async function testJourneys(only: readonly string[]): Promise<number> {
  const scratch = makeScratch();
  await generateClient();
  return close([() => journeys(scratch, only, only.length > 0 ? { CALLBOX_E2E_TRACE: "yes" } : {})], scratch);
}

function makeScratch(): string {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-check-"));
  fs.chmodSync(scratch, 0o755);
  return scratch;
}

/** Runs the checks one after another and prints the closing line. */
async function close(checks: readonly (() => Promise<Tally>)[], scratch: string): Promise<number> {
  let tally: Tally = { passed: 0, failed: 0 };
  try {
    await generateClient();
    for (const check of checks) tally = add(tally, await counted(check));
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`);
  return tally.failed === 0 ? 0 : 1;
}
