import fs from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { DEMONSTRATION_PASSWORD } from "../../prisma/seed/demonstration";
import type { Actor } from "../access/actor";
import { declareIncident } from "../incidents/commands/declare";
import { grantByTwo } from "../people/grants/two-people-for-tests";
import { isNightly } from "../platform/nightly-for-tests";
import { readCap } from "../standards/cap/read";
import { beginFollowUp } from "./commands/follow-up";
import { buildBundle } from "./content";
import { loadAlert } from "./data";
import { findProblems, isBlocking } from "./findings";
import { askEmergency } from "./commands/emergency";
import { decideAlert } from "./commands/decide";
import { prepareAlert } from "./commands/prepare";
import { refreshAlert } from "./commands/refresh";
import { splitAlert } from "./commands/split";
import { submitAlert } from "./commands/submit";
import { makeReady } from "./ready/commands/make";
import { type AlertContent, readContent } from "./schema";
import { approval, approve, draftFor, openStory, placesNamed, save, type Story, submit } from "./story-for-tests";
import { decideTemplate } from "./templates/commands/decide";
import { beginTemplate, saveTemplate, submitTemplate } from "./templates/commands/draft";

/** Nothing that is left over of a template is published, whichever way a text gets into an alert. */

let story: Story;
let dana: Actor;
let luis: Actor;
let towns: string[];
beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  towns = await placesNamed(story.client, "Granby", "Amherst");
  // Words that nobody approved, of everything that is written below.
  for (const key of ["outage", "update"]) await openTemplate(key, (body) => body.replaceAll("Next update", UNAPPROVED));
});
afterAll(() => story.client.$disconnect());

const UNAPPROVED = "Unapproved words";
const LEFT = ["{nowhere}", "{place name}", "[[hazard]]", "TODO", "[insert number here]"];

function must<Value>(result: { ok: true; value: Value } | { ok: false; message: string }): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** A draft of the newest version of a template with other words; nobody has approved it. */
async function openTemplate(key: string, change: (body: string) => string): Promise<string> {
  const newest = { where: { key }, orderBy: { version: "desc" as const } };
  const { id: templateId } = await story.client.template.findFirstOrThrow(newest);
  const { id } = must(await beginTemplate(story.client, dana, { templateId }, new Date()));
  const { body, version, name } = await story.client.templateDraft.findUniqueOrThrow({ where: { id } });
  const words = JSON.parse(change(JSON.stringify(body))) as Parameters<typeof saveTemplate>[2]["body"];
  must(await saveTemplate(story.client, dana, { id, version, name, body: words }, new Date()));
  return id;
}

const versionOf = async (id: string) => (await story.client.alert.findUniqueOrThrow({ where: { id } })).version;
const contentOf = async (id: string) =>
  readContent((await story.client.alert.findUniqueOrThrow({ where: { id } })).content);

/** The content with something behind English texts of a place that have no limit: nothing but the leftover is wrong with them. */
const withLeft =
  (left: string) =>
  (content: AlertContent): AlertContent => {
    const next = structuredClone(content);
    const { place } = next.texts["en-US"]!;
    place.description = `${place.description} ${left}`;
    place.script = `${place.script} ${left}`;
    return next;
  };

/** Writes a row as nobody can through the console. */
async function tamper(sql: string, values: unknown[]): Promise<void> {
  const owner = new Client({ connectionString: story.ownerUrl });
  await owner.connect();
  await owner.query(`set session_replication_role = replica`);
  await owner.query(sql, values);
  await owner.end();
}

const draft = () => draftFor(story, dana, towns);

async function draftWith(left: string): Promise<{ id: string; incidentId: string }> {
  const made = await draft();
  must(await save(story, dana, made.id, withLeft(left)));
  return made;
}

async function declared(): Promise<string> {
  const input = {
    mode: "live",
    failure: "full",
    textTo911: "fails",
    beganAt: new Date(Date.now() - 480_000).toISOString(),
    evidence: "Calls to twelve dispatch centers",
    placeIds: towns,
    anotherIncident: true,
  } as const;
  return must(await declareIncident(story.client, dana, { ...input, placeIds: towns }, new Date())).id;
}

async function readyWith(left: string): Promise<string> {
  const { id: fromAlertId } = await draftWith(left);
  const input = {
    title: `Two towns ${left}`,
    failure: "full",
    textTo911: "fails",
    placeIds: towns,
    grouping: "place",
    fromAlertId,
  } as const;
  return must(await makeReady(story.client, dana, { ...input, placeIds: towns }, new Date())).id;
}

/**
 * Every action that writes the text of an alert, by its name and what it calls, with a way to
 * send a leftover through it. @returns the alerts that may have it then
 */
const ROUTES: Record<string, (left: string) => Promise<string[]>> = {
  "saveAlertAction saveAlert": async (left) => [(await draftWith(left)).id],
  "splitAlertAction splitAlert": async (left) => {
    const { id } = await draftWith(left);
    const input = { id, version: await versionOf(id), placeIds: towns.slice(1) };
    return [id, must(await splitAlert(story.client, dana, input, new Date())).restId];
  },
  "refreshAlertAction refreshAlert": async (left) => {
    const { id } = await draftWith(left);
    must(await refreshAlert(story.client, dana, { id, version: await versionOf(id) }, new Date()));
    return [id];
  },
  "beginFollowUpAction beginFollowUp": async (left) => {
    const { id, incidentId } = await draft();
    await submit(story, dana, id);
    must(await approve(story, luis, id));
    await tamper(`update "Alert" set content = $1 where id = $2`, [withLeft(left)(await contentOf(id)), id]);
    return [must(await beginFollowUp(story.client, dana, { incidentId, purpose: "update" }, new Date())).id];
  },
  "makeReadyAction makeReady": async (left) => {
    const readyId = await readyWith(left);
    const { problems } = await story.client.readyDraft.findUniqueOrThrow({ where: { id: readyId } });
    // It says so at home, long before an outage.
    expect(JSON.stringify(problems).includes("internal mark")).toBe(LEFT.includes(left));
    return [must(await prepareAlert(story.client, dana, { incidentId: await declared(), readyId }, new Date())).id];
  },
  "prepareAlertAction prepareAlert": async (left) => {
    const readyId = await readyWith("");
    const { content } = await story.client.readyDraft.findUniqueOrThrow({ where: { id: readyId } });
    await tamper(`update "ReadyDraft" set content = $1 where id = $2`, [withLeft(left)(readContent(content)), readyId]);
    return [must(await prepareAlert(story.client, dana, { incidentId: await declared(), readyId }, new Date())).id];
  },
  "importMessageAction prepareAlert": async (left) => {
    const { alert } = readCap(fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml"));
    const info = alert!.info.map((one) => ({ ...one, instruction: `${one.instruction} ${left}` }));
    const imported = { alert: { ...alert!, info }, sha256: "0".repeat(64) };
    return [must(await prepareAlert(story.client, dana, { incidentId: await declared(), imported }, new Date())).id];
  },
};

/** Rules that stop an alert. */
async function listBroken(id: string): Promise<string[]> {
  const { facts, content } = (await loadAlert(story.client, id))!;
  const now = Date.now();
  return findProblems(buildBundle(facts, content, now), { facts, content, now })
    .filter(isBlocking)
    .map(({ rule }) => rule);
}

describe("every way", () => {
  /** Files below a folder that the product is made of. */
  const filesOf = (folder: string) =>
    fs
      .readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !/(\.test|-for-tests)\.|prisma-client/.test(name))
      .map((name) => ({ name: path.join(folder, name), text: fs.readFileSync(path.join(folder, name), "utf8") }));

  test("in which an action writes the text of an alert is in the table", () => {
    const WRITES = /\bopenDraft\(\n|\brevision\.create\(|\breadyDraft\.create\(/;
    const writers = filesOf("lib/alerts").filter(({ text, name }) => WRITES.test(text) && !name.endsWith("/draft.ts"));
    expect(writers.length).toBeGreaterThan(4);
    // Of two functions in a file both count: the second could write as well.
    const commands = writers.flatMap(({ text }) =>
      [...text.matchAll(/^export async function (\w+)\(\n?\s*client: PrismaClient/gm)].map(([, name = ""]) => name),
    );
    expect(filesOf("lib").filter(({ text, name }) => WRITES.test(text) && !name.startsWith("lib/alerts/"))).toEqual([]);
    const called = filesOf("app")
      .filter(({ text }) => /create(Public)?(Action|Route)\b/.test(text))
      .flatMap(({ text }) =>
        text
          .split(/^export const /m)
          .flatMap((action) =>
            commands
              .filter((name) => new RegExp(`\\b${name}\\(`).test(action))
              .map((name) => `${/^\w+/.exec(action)?.[0]} ${name}`),
          ),
      );
    // Takes a ready draft out of use, and writes none.
    expect(called.filter((one) => one !== "retireReadyAction retireReady").sort()).toEqual(Object.keys(ROUTES).sort());
  });

  // By day two for each way, and each of them by every other way.
  describe.each(Object.entries(ROUTES).map(([name, route], at) => [name, route, at] as const))(
    "by %s",
    (_, route, at) => {
      test.each(LEFT.filter((_, of) => isNightly || (at + of) % 2 === 0))(
        "%s is stopped before an approver has it",
        async (left) => {
          for (const id of await route(left)) {
            expect(await listBroken(id)).toContain("W13");
            const refused = await submitAlert(story.client, dana, { id, version: await versionOf(id) }, new Date());
            expect(refused).toMatchObject({ ok: false, code: "blocked-by-findings" });
          }
        },
      );
    },
  );

  test.each(Object.entries(ROUTES))("by %s lets pass what is no leftover", async (_, route) => {
    for (const id of await route("Stay calm.")) {
      expect(JSON.stringify(await contentOf(id))).toContain("Stay calm.");
      expect(await listBroken(id)).not.toContain("W13");
    }
  });

  test("taking the newest wording takes it out", async () => {
    const { id } = await draftWith("{nowhere}");
    const template = await openTemplate("outage", (body) => body.replaceAll(UNAPPROVED, "Next news"));
    const { version } = await story.client.templateDraft.findUniqueOrThrow({ where: { id: template } });
    const { contentHash } = must(await submitTemplate(story.client, dana, { id: template, version }, new Date()));
    must(await decideTemplate(story.client, luis, { id: template, decision: "approve", contentHash }, new Date()));
    await openTemplate("outage", (body) => body.replaceAll("Next news", UNAPPROVED));
    must(await refreshAlert(story.client, dana, { id, version: await versionOf(id), newest: true }, new Date()));
    const content = JSON.stringify(await contentOf(id));
    expect(content).toContain("Next news");
    expect(content).not.toContain("{nowhere}");
    await submit(story, dana, id);
    expect(await approve(story, luis, id)).toMatchObject({ ok: true });
  });
});

describe("what got to the approver all the same", () => {
  const waiting = async () => {
    const { id } = await draft();
    return { id, contentHash: await submit(story, dana, id) };
  };
  const leaveIn = async (id: string) =>
    tamper(`update "Alert" set content = $1 where id = $2`, [withLeft("[[hazard]]")(await contentOf(id)), id]);

  test("is not approved", async () => {
    const { id } = await waiting();
    await leaveIn(id);
    expect(await approve(story, luis, id)).toMatchObject({ ok: false, code: "blocked-by-findings" });
  });

  test("is not released by one person alone either", async () => {
    const admins = [await story.actor("sam"), await story.actor("nora")] as const;
    must(await grantByTwo(story.client, admins, { kind: "emergency-release", agencyId: "state-911" }));
    const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    const release = async (id: string) =>
      decideAlert(story.client, dana, { ...(await approval(story, id)), emergency: true }, later(14));
    const [clean, left] = [await waiting(), await waiting()];
    for (const alert of [clean, left]) {
      const input = { ...alert, reason: "Nobody answers, tried three times", password: DEMONSTRATION_PASSWORD };
      must(await askEmergency(story.client, dana, input, later(11)));
    }
    await leaveIn(left.id);
    expect(await release(left.id)).toMatchObject({ ok: false, code: "blocked-by-findings" });
    expect(await release(clean.id)).toMatchObject({ ok: true });
  });
});

test("what was published in all of this has none of it, and no unapproved word", async () => {
  const messages = await story.client.message.findMany({ select: { xml: true } });
  const texts = messages.map(({ xml }) => Buffer.from(xml!).toString("utf8"));
  expect(texts.length).toBeGreaterThan(4);
  expect(texts.filter((text) => /[{}]|\[\[|TODO/.test(text) || text.includes(UNAPPROVED))).toEqual([]);
  const alerts = await story.client.alert.findMany({ select: { content: true, bundle: true } });
  expect(alerts.filter((alert) => JSON.stringify(alert).includes(UNAPPROVED))).toEqual([]);
  const bundles = alerts.flatMap(({ bundle }) => bundle ?? []);
  expect(bundles.filter((bundle) => /\{(nowhere|place name)\}|\[\[|TODO/.test(bundle))).toEqual([]);
});
