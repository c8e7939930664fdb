import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { binOf, CHECKOUT, childEnv, runScript, say } from "../steps";
import { type Figure, median } from "./measure";

/**
 * The four steps of a statewide alert, timed on the server alone at two commits
 * in one run: that before the refit and today's. Each commit is checked out
 * beside this one and runs its own code on its own database.
 */

/** The last commit before the refit. */
const BEFORE = "e90ba44";
const STEPS = ["prepare", "save", "submit", "publish"] as const;
const RUNS = 12;
/** The first runs find everything cold. */
const WARM_UP = 2;
/** Two runs of one commit differ by this much on a machine that does nothing else. */
const SPREAD = 1.1;

/** What the two commits call things. */
interface Words {
  imports: string;
  place: "region" | "place";
  read: string;
  noNumber: string;
}

const WORDS: Record<"before" | "now", Words> = {
  before: {
    imports: `
      import { prepareAlert, saveAlert, submitAlert, decideAlert } from "./mutations";
      import { alertContentSchema } from "./schema";
      import { choosePlaces } from "./content";`,
    place: "region",
    read: "alertContentSchema.parse",
    noNumber: "places-only",
  },
  now: {
    imports: `
      import { prepareAlert } from "./commands/prepare";
      import { saveAlert } from "./commands/save";
      import { submitAlert } from "./commands/submit";
      import { decideAlert } from "./commands/decide";
      import { readContent } from "./schema";
      import { choosePlaces } from "./plan";`,
    place: "place",
    read: "readContent",
    noNumber: "no-number",
  },
};

/** A test file, since a commit's tests know how to open its database. */
const script = ({ imports, place, read, noNumber }: Words) => `
import { inject, test } from "vitest";
import { approval, openStory } from "./story-for-tests";
import { declareIncident } from "../incidents/mutations";
import { loadAlert } from "./data";
${imports}
test("times", async () => {
  const story = await openStory(inject("databases"));
  const { client } = story;
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  const ids = (await client.${place}.findMany({ where: { kind: "municipality" } })).map(({ id }) => id);
  const must = (result) => { if (!result.ok) throw new Error(result.message); return result.value; };
  const incident = must(await declareIncident(client, dana, {
    mode: "live", failure: "full", textTo911: "fails", evidence: "Twelve centers", ${place}Ids: ids,
    beganAt: new Date(Date.now() - 480000).toISOString(),
  }, new Date()));
  for (let run = 0; run < ${RUNS}; run += 1) {
    const times = {};
    const step = async (name, work) => {
      const began = performance.now();
      const value = must(await work());
      times[name] = performance.now() - began;
      return value;
    };
    const { id } = await step("prepare", () => prepareAlert(client, dana, { incidentId: incident.id }, new Date()));
    const { row, content, facts } = await loadAlert(client, id);
    const numbers = Object.fromEntries(choosePlaces(facts, content, Date.now())
      .filter(({ selection }) => selection.outcome === "blocked")
      .map((chosen) => [chosen.place.id, { choice: "${noNumber}", reason: "Nobody answers there today." }]));
    const changed = { ...${read}(row.content), numbers };
    await step("save", () => saveAlert(client, dana, { id, version: row.version, title: row.title, content: changed }, new Date()));
    await step("submit", () => submitAlert(client, dana, { id, version: row.version + 1 }, new Date()));
    const decision = await approval(story, id);
    await step("publish", () => decideAlert(client, luis, decision, new Date()));
    console.log("TIMES " + JSON.stringify(times));
  }
}, 600000);
`;

/** Medians of one commit's steps, in milliseconds. */
async function timeCommit(commit: string, folder: string, words: Words): Promise<Record<string, number>> {
  say(`Timing ${commit}`);
  execFileSync("git", ["clone", "--quiet", "--no-checkout", CHECKOUT, folder]);
  execFileSync("git", ["-C", folder, "checkout", "--quiet", "--detach", commit]);
  // A commit runs with the packages of its own lock file: what it needs may be gone from today's.
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], {
    cwd: folder,
    stdio: "ignore",
    env: childEnv(),
    shell: process.platform === "win32",
  });
  fs.writeFileSync(path.join(folder, "lib", "alerts", "timed.test.ts"), script(words));
  const env = childEnv();
  const made = await runScript(binOf("prisma", "prisma", folder), ["generate"], { env, folder });
  if (made.code !== 0) throw new Error(`The client of ${commit} could not be written.\n${made.output}`);
  const ran = await runScript(binOf("vitest", "vitest", folder), ["run", "lib/alerts/timed.test.ts"], { env, folder });
  const runs = [...ran.output.matchAll(/TIMES (\{.*\})/g)].map(
    ([, json]) => JSON.parse(json ?? "{}") as Record<string, number>,
  );
  if (ran.code !== 0 || runs.length !== RUNS) throw new Error(`${commit} could not be timed.\n${ran.output}`);
  return Object.fromEntries(STEPS.map((step) => [step, median(runs.slice(WARM_UP).map((run) => run[step] ?? 0))]));
}

/** Whether the history that came with this checkout has the commit. */
function isHere(commit: string): boolean {
  try {
    execFileSync("git", ["-C", CHECKOUT, "cat-file", "-e", `${commit}^{commit}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The pairs; none, with a word why, where the earlier commit is not at hand. */
export async function measureBefore(scratch: string): Promise<Figure[]> {
  if (!isHere(BEFORE)) {
    say(`Commit ${BEFORE} is not in this clone: nothing is compared with it.`);
    return [];
  }
  const before = await timeCommit(BEFORE, path.join(scratch, "before"), WORDS.before);
  const now = await timeCommit("HEAD", path.join(scratch, "now"), WORDS.now);
  return STEPS.map((step) => ({
    name: `${step} 351 places, the server alone`,
    milliseconds: now[step] ?? 0,
    runs: RUNS - WARM_UP,
    against: { name: `the same at ${BEFORE}`, milliseconds: before[step] ?? 0, times: SPREAD },
  }));
}
