import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { verifyRecord } from "../../evidence/verify";
import type { Result } from "../../platform/result";
import {
  approval,
  approve,
  draftFor,
  followUp,
  mark,
  openStory,
  placesNamed,
  save,
  type Story,
  submit,
} from "../story-for-tests";
import { decideAlert } from "./decide";
import { splitAlert } from "./split";
import { withdrawAlert } from "./withdraw";

/** Two officials at the same moment, on a real database: every outcome is counted, and each has been seen. */

/** More of them in the nightly run. */
const ROUNDS = Number(process.env.CALLBOX_RACE_RUNS ?? 3);

let story: Story;
const people = new Map<string, Actor>();
beforeAll(async () => {
  story = await openStory(inject("databases"));
  for (const key of ["dana", "luis", "ruth"]) people.set(key, await story.actor(key));
});
afterAll(() => story.client.$disconnect());

const person = (key: string): Actor => {
  const found = people.get(key);
  if (!found) throw new Error(`${key} is not signed in.`);
  return found;
};
const outcome = (result: Result<unknown>) => (result.ok ? "done" : result.code);

/**
 * Runs both at once, the one that is started first taking turns. The first two
 * rounds run one after the other, each order once, so that every outcome is seen
 * however the machine is loaded.
 */
async function race(round: number, first: () => Promise<Result<unknown>>, second: () => Promise<Result<unknown>>) {
  const acts = round % 2 === 0 ? [first, second] : [second, first];
  const [begins, follows] = acts;
  const results = round < 2 ? [await begins!(), await follows!()] : await Promise.all(acts.map((act) => act()));
  const [one, two] = round % 2 === 0 ? results : [...results].reverse();
  return `${outcome(one!)} / ${outcome(two!)}`;
}

async function published(names: string[]) {
  const draft = await draftFor(story, person("dana"), await placesNamed(story.client, ...names));
  await submit(story, person("dana"), draft.id);
  expect(await approve(story, person("luis"), draft.id)).toMatchObject({ ok: true });
  return draft;
}

/** Messages of an outage that are in force, by what they are for: never two for one place. */
async function currentOf(incidentId: string) {
  return story.client.message.findMany({
    where: {
      alert: { incidentId, state: "published" },
      audience: "phones",
      msgType: { not: "Cancel" },
      tells: { not: "withdrawal" },
      referredToBy: { none: {} },
    },
    select: { placeId: true, tells: true },
  });
}

describe(`${ROUNDS} rounds each`, () => {
  test("cancel against update: one goes out, the other is told, and one message is current", async () => {
    const seen = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { incidentId } = await published(["Amherst"]);
      const [update, cancel] = [
        await followUp(story, person("dana"), { incidentId, purpose: "update" }),
        await followUp(story, person("dana"), { incidentId, purpose: "cancellation" }),
      ];
      await submit(story, person("dana"), update);
      await submit(story, person("dana"), cancel);
      const came = await race(
        round,
        () => approve(story, person("luis"), update),
        () => approve(story, person("luis"), cancel),
      );
      seen.set(came, (seen.get(came) ?? 0) + 1);
      expect(await currentOf(incidentId)).toHaveLength(came === "done / content-changed" ? 1 : 0);
    }
    expect([...seen.keys()].sort()).toEqual(["content-changed / done", "done / content-changed"]);
  });

  test("correction against all-clear in one county: the second is sent back, since the stations' message has moved", async () => {
    const seen = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { incidentId } = await published(["Amherst", "Hadley"]);
      const [[amherst = ""], [hadley = ""]] = [
        await placesNamed(story.client, "Amherst"),
        await placesNamed(story.client, "Hadley"),
      ];
      const number = await story.client.directNumber.findFirstOrThrow({
        where: { placeId: hadley, service: "dispatch" },
        orderBy: { preference: "asc" },
      });
      const correction = await followUp(story, person("dana"), {
        incidentId,
        purpose: "correction",
        numberId: number.id,
      });
      await save(story, person("dana"), correction, (content) => ({
        ...content,
        numbers: { [hadley]: { choice: "no-number", reason: "The right number is not known yet" } },
      }));
      await submit(story, person("dana"), correction);
      await mark(story, person("dana"), incidentId, [amherst], "restored");
      const allClear = await followUp(story, person("dana"), { incidentId, purpose: "restoration" });
      await submit(story, person("dana"), allClear);
      // Marking a place changes what the county is told, so the correction is sent again with it.
      await withdrawAlert(story.client, person("dana"), { id: correction, reason: "A place came back" }, new Date());
      await submit(story, person("dana"), correction);
      const came = await race(
        round,
        () => approve(story, person("luis"), correction),
        () => approve(story, person("luis"), allClear),
      );
      seen.set(came, (seen.get(came) ?? 0) + 1);
      expect(await currentOf(incidentId)).toHaveLength(2);
      await story.client.directNumber.update({ where: { id: number.id }, data: { status: "in-service" } });
    }
    expect([...seen.keys()].sort()).toEqual(["content-changed / done", "done / content-changed"]);
  });

  test("two approvers of one update: it goes out once", async () => {
    const seen = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { incidentId } = await published(["Amherst"]);
      const update = await followUp(story, person("dana"), { incidentId, purpose: "update" });
      await submit(story, person("dana"), update);
      const input = await approval(story, update);
      const came = await race(
        round,
        () => decideAlert(story.client, person("luis"), input, new Date()),
        () => decideAlert(story.client, person("ruth"), input, new Date()),
      );
      seen.set(came, (seen.get(came) ?? 0) + 1);
      expect(await story.client.message.count({ where: { alertId: update } })).toBe(2);
    }
    expect([...seen.keys()].sort()).toEqual(["done / wrong-state", "wrong-state / done"]);
  });

  test.each([
    [
      "taking it back",
      (id: string) => withdrawAlert(story.client, person("dana"), { id, reason: "One more look" }, new Date()),
      ["done / wrong-state", "wrong-state / done"],
    ],
    [
      "a split",
      (id: string) => splitOff(id),
      // A split is of a draft: what is with the approver is not cut.
      ["done / content-changed", "done / wrong-state"],
    ],
    [
      "a return",
      async (id: string) =>
        decideAlert(
          story.client,
          person("ruth"),
          { ...(await approval(story, id)), decision: "return", reason: "Not yet." },
          new Date(),
        ),
      ["done / wrong-state", "wrong-state / done"],
    ],
  ] as const)("approve against %s: one of them happens", async (_, act, expected) => {
    const seen = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const draft = await draftFor(story, person("dana"), await placesNamed(story.client, "Amherst", "Hadley"));
      await submit(story, person("dana"), draft.id);
      const came = await race(
        round,
        () => approve(story, person("luis"), draft.id),
        () => act(draft.id),
      );
      seen.set(came, (seen.get(came) ?? 0) + 1);
      const { state } = await story.client.alert.findUniqueOrThrow({ where: { id: draft.id } });
      expect(state).toBe(came.startsWith("done") ? "published" : "draft");
      expect(await story.client.message.count({ where: { alertId: draft.id } })).toBe(came.startsWith("done") ? 3 : 0);
    }
    expect([...seen.keys()].sort()).toEqual([...expected].sort());
  });

  test("after all of it the record fits", async () => {
    expect(
      (await verifyRecord(story.client, new Date())).problems.filter((one) => !one.includes("The number")),
    ).toEqual([]);
  });
});

async function splitOff(id: string): Promise<Result<unknown>> {
  const { version, content } = await story.client.alert.findUniqueOrThrow({ where: { id } });
  const [first = ""] = (content as { placeIds: string[] }).placeIds;
  return splitAlert(story.client, person("dana"), { id, version, placeIds: [first] }, new Date());
}
