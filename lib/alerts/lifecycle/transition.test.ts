import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import type { Result } from "../../platform/result";
import { decideAlert } from "../commands/decide";
import { discardAlert } from "../commands/discard";
import { beginFollowUp } from "../commands/follow-up";
import { submitAlert } from "../commands/submit";
import { withdrawAlert } from "../commands/withdraw";
import { ALERT_STATES, type AlertState } from "../schema";
import {
  approval,
  approve,
  draftFor,
  followUp,
  openStory,
  placesNamed,
  save,
  type Story,
  submit,
} from "../story-for-tests";
import { decide, type Step, STEPS } from "./steps";

/** Every step from every state, through the very functions that the buttons call. */

let story: Story;
let owner: Client;
let towns: string[];
const people: Record<string, Actor> = {};

beforeAll(async () => {
  story = await openStory(inject("databases"));
  owner = new Client(story.ownerUrl);
  await owner.connect();
  towns = await placesNamed(story.client, "Granby", "Amherst");
  for (const key of ["dana", "luis", "ruth", "karen"]) people[key] = await story.actor(key);
});
afterAll(async () => {
  await owner.end();
  await story.client.$disconnect();
});

const person = (key: string): Actor => {
  const found = people[key];
  if (!found) throw new Error(`${key} is not signed in.`);
  return found;
};

/** An alert by Dana in this state, reached by the steps that lead there; approved, which nobody sees, by the owner's hand. */
async function alertIn(state: AlertState): Promise<string> {
  const dana = person("dana");
  const { id, incidentId } = await draftFor(story, dana, towns);
  if (state === "draft") return id;
  if (state === "discarded") {
    await discardAlert(story.client, dana, { id }, new Date());
    return id;
  }
  await submit(story, dana, id);
  if (state === "rejected") {
    const decision = { ...(await approval(story, id)), decision: "reject" as const, reason: "Not like this." };
    await decideAlert(story.client, person("luis"), decision, new Date());
  }
  if (state === "published" || state === "canceled") await approve(story, person("luis"), id);
  if (state === "canceled") {
    const cancel = await followUp(story, dana, { incidentId, purpose: "cancellation" });
    await submit(story, dana, cancel);
    await approve(story, person("luis"), cancel);
  }
  if (state === "approved") {
    await owner.query(`alter table "Alert" disable trigger user`);
    await owner.query(`update "Alert" set state = 'approved' where id = $1`, [id]);
    await owner.query(`alter table "Alert" enable trigger user`);
  }
  return id;
}

/** Alerts that steps are refused of: they stay as they are, as each test asks, so one of each state is enough. */
const kept = new Map<AlertState, Promise<string>>();
function keptIn(state: AlertState): Promise<string> {
  const found = kept.get(state) ?? alertIn(state);
  kept.set(state, found);
  return found;
}

type Outcome = Result<unknown>;
const ways: Record<
  Exclude<Step, "publish" | "cancel" | "release" | "end">,
  (id: string, by: Actor) => Promise<Outcome>
> = {
  edit: (id, by) => save(story, by, id, (content) => ({ ...content, validMinutes: 200 })),
  submit: async (id, by) => {
    const { version } = await story.client.alert.findUniqueOrThrow({ where: { id } });
    return submitAlert(story.client, by, { id, version }, new Date());
  },
  return: async (id, by) =>
    decideAlert(
      story.client,
      by,
      { ...(await approval(story, id)), decision: "return", reason: "Again, please." },
      new Date(),
    ),
  reject: async (id, by) =>
    decideAlert(
      story.client,
      by,
      { ...(await approval(story, id)), decision: "reject", reason: "Not at all." },
      new Date(),
    ),
  withdraw: (id, by) => withdrawAlert(story.client, by, { id, reason: "A number came in." }, new Date()),
  discard: (id, by) => discardAlert(story.client, by, { id }, new Date()),
  approve: (id, by) => approve(story, by, id),
};
const steps = Object.keys(ways) as (keyof typeof ways)[];
const drafts = (step: Step) => STEPS[step].permission === "alert:draft";
const GOOD = { permitted: true, contributed: false, blocking: 0, sameContent: true };
const grid = steps.flatMap((step) => ALERT_STATES.map((state) => [step, state] as const));
const stateOf = async (id: string) => (await story.client.alert.findUniqueOrThrow({ where: { id } })).state;
const lastEvent = async (id: string) =>
  (await story.client.auditEvent.findFirstOrThrow({ where: { subjectId: id }, orderBy: { seq: "desc" } })).action;

describe("the table, through the server", () => {
  test.each(grid)("%s from %s", async (step, state) => {
    const verdict = decide(step, { ...GOOD, state });
    const id = await (verdict.allowed ? alertIn(state) : keptIn(state));
    expect(await stateOf(id)).toBe(state);
    // Who sent it is told that it is sent, however often they press (follow-up.test.ts); anybody else is refused.
    const drafter = step === "submit" && state === "submitted" ? "ruth" : "dana";
    const result = await ways[step](id, person(drafts(step) ? drafter : "luis"));
    if (!verdict.allowed) {
      expect(result).toMatchObject({ ok: false, code: verdict.code });
      expect(await stateOf(id)).toBe(state);
      return;
    }
    expect(result).toMatchObject({ ok: true });
    // An approval publishes at once.
    expect(await stateOf(id)).toBe(step === "approve" ? "published" : verdict.to);
    expect(await lastEvent(id)).toBe(step === "approve" ? STEPS.publish.event : STEPS[step].event);
  });

  test.each(["update", "cancellation"] as const)(
    "%s: prepared for what is published, and for nothing else",
    async (purpose) => {
      for (const state of ALERT_STATES) {
        const id = await (state === "published" ? alertIn(state) : keptIn(state));
        const { incidentId } = await story.client.alert.findUniqueOrThrow({ where: { id } });
        const result = await beginFollowUp(story.client, person("dana"), { incidentId, purpose }, new Date());
        expect([state, result.ok]).toEqual([state, state === "published"]);
      }
    },
  );
});

describe("the guards, through the server", () => {
  test.each(steps)("%s without the permission", async (step) => {
    const id = await alertIn(STEPS[step].from.at(-1)!);
    const result = await ways[step](id, person("karen"));
    expect(result.ok ? "ok" : result.code).toMatch(/^not-(permitted|found)$/);
    expect(await stateOf(id)).toBe(STEPS[step].from.at(-1));
  });

  test("a contributor does not approve", async () => {
    const { id } = await draftFor(story, person("ruth"), towns);
    await submit(story, person("ruth"), id);
    expect(await approve(story, person("ruth"), id)).toMatchObject({ ok: false, code: "contributed" });
    expect(await stateOf(id)).toBe("submitted");
  });

  test.each(["approve", "return", "reject"] as const)("%s of another content than was shown", async (step) => {
    const id = await alertIn("submitted");
    const shown = {
      ...(await approval(story, id)),
      contentHash: "a".repeat(64),
      decision: step,
      reason: "Whatever it is.",
    };
    expect(await decideAlert(story.client, person("luis"), shown, new Date())).toMatchObject({
      ok: false,
      code: "content-changed",
    });
    expect(await stateOf(id)).toBe("submitted");
    expect(await story.client.decision.count({ where: { alertId: id } })).toBe(0);
  });

  test("a broken rule stops sending", async () => {
    const id = await alertIn("draft");
    await save(story, person("dana"), id, (content) => {
      const texts = structuredClone(content.texts);
      texts["en-US"]!.place.short = "Something happened. Call 413-555-0199.";
      return { ...content, texts };
    });
    expect(await ways.submit(id, person("dana"))).toMatchObject({ ok: false, code: "blocked-by-findings" });
    expect(await stateOf(id)).toBe("draft");
  });
});
