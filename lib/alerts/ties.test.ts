import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { reportStatus } from "../directory/commands/report-status";
import { recordTestCall } from "../directory/commands/test-call";
import { saveNumber } from "../directory/commands/save-number";
import { setAgencyRule } from "../directory/commands/agency-rules";
import { enteredLater } from "../directory/schema";
import { changeRole } from "../people/commands/people";
import { loadTies, parseBundle } from "./data";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "./story-for-tests";

/** Who decided a number and who approves it: told apart, and kept apart where an agency says so. */

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

const GRANBY = "2501526535";

/** Luis may also keep the directory, adds a number for Granby and makes the only call to it. */
async function luisDecidesGranby() {
  const sam = await story.actor("sam");
  const role = { personId: "demo-luis", agencyId: "state-911", role: "steward" as const, grant: true };
  await changeRole(story.client, sam, role, new Date());
  const luis = await story.actor("luis");
  const added = await saveNumber(
    story.client,
    luis,
    {
      placeId: GRANBY,
      phone: "413-555-0177",
      service: "dispatch",
      desk: "Granby dispatch center",
      hours: "day and night",
      lines: 2,
      languages: ["en"],
      takesTexts: false,
      sharedWith911: false,
      preference: 1,
    },
    new Date(),
  );
  if (!added.ok) throw new Error(added.message);
  const old = await story.client.directNumber.findUniqueOrThrow({ where: { id: `demo-${GRANBY}-1` } });
  const { service, desk, hours, lines, languages, takesTexts, sharedWith911 } = old;
  const tess = await story.actor("tess");
  await saveNumber(
    story.client,
    tess,
    {
      id: old.id, version: old.version, placeId: GRANBY, phone: "413-555-0142", service: service as "dispatch", desk, hours,
      lines, languages, takesTexts, sharedWith911, preference: 9,
    }, // prettier-ignore
    new Date(),
  );
  const call = { numberId: added.value.id, result: "right-desk" as const, answeredBy: "dispatcher on duty" };
  await recordTestCall(story.client, luis, call, new Date());
  return { luis, numberId: added.value.id };
}

describe("an approver whose own work a number rests on", () => {
  let id: string;
  beforeAll(async () => {
    await luisDecidesGranby();
    const dana = await story.actor("dana");
    id = (await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"))).id;
    await submit(story, dana, id);
  });

  test("is told so at the review, by place and by how", async () => {
    const bundle = parseBundle((await story.client.alert.findUniqueOrThrow({ where: { id } })).bundle)!;
    const ties = (person: string) => loadTies(story.client, bundle, person, new Date());
    expect(await ties("demo-luis")).toEqual([
      { place: "Granby", e164: "+14135550177", how: "only-call" },
      { place: "Granby", e164: "+14135550177", how: "chosen" },
    ]);
    expect(await ties("demo-ruth")).toEqual([]);
  });

  test("is refused where the agency says that it counts, and another approver is not", async () => {
    const [sam, luis] = [await story.actor("sam"), await story.actor("luis")];
    expect(
      (
        await setAgencyRule(
          story.client,
          sam,
          { agencyId: "state-911", rule: "numbersCountAsWork", on: true },
          new Date(),
        )
      ).ok,
    ).toBe(true);
    expect(await approve(story, luis, id)).toMatchObject({ ok: false, code: "number-is-yours" });
    const refused = await story.client.auditEvent.findFirst({
      where: { action: "alert.approval-refused", subjectId: id },
    });
    expect(refused?.summary).toMatch(/only own work stands behind a number/);
    const ruth = await story.actor("ruth");
    expect(await approve(story, ruth, id)).toMatchObject({ ok: true });
  });

  test("is let through where the agency does not, and the record says what was known", async () => {
    const [sam, dana, luis] = [await story.actor("sam"), await story.actor("dana"), await story.actor("luis")];
    await setAgencyRule(
      story.client,
      sam,
      { agencyId: "state-911", rule: "numbersCountAsWork", on: false },
      new Date(),
    );
    const other = (await draftFor(story, dana, await placesNamed(story.client, "Granby"))).id;
    await submit(story, dana, other);
    expect(await approve(story, luis, other)).toMatchObject({ ok: true });
    const entry = await story.client.auditEvent.findFirstOrThrow({
      where: { action: "alert.approved", subjectId: other },
    });
    expect(entry.data).toMatchObject({
      ties: [
        { place: "Granby", how: "only-call" },
        { place: "Granby", how: "chosen" },
      ],
    });
  });

  test("is told of a number that the town has from its dispatch center, too", async () => {
    const tess = await story.actor("tess");
    const dana = await story.actor("dana");
    // With its own line down, Alford gives out the number of the dispatch center that serves it.
    const towns = await placesNamed(story.client, "Alford");
    const own = await story.client.directNumber.findMany({ where: { placeId: { in: towns }, retiredAt: null } });
    for (const { id: down } of own) {
      expect((await reportStatus(story.client, dana, { id: down, status: "down" }, new Date())).ok).toBe(true);
    }
    const [number] = await story.client.directNumber.findMany({ where: { placeId: "psap-demo-25003" } });
    for (const status of ["overloaded", "in-service"] as const) {
      expect((await reportStatus(story.client, tess, { id: number!.id, status }, new Date())).ok).toBe(true);
    }
    const served = (await draftFor(story, dana, towns)).id;
    await submit(story, dana, served);
    const bundle = parseBundle((await story.client.alert.findUniqueOrThrow({ where: { id: served } })).bundle)!;
    const given = bundle.messages.find(({ audience }) => audience === "phones")!.numbers;
    expect(given.map(({ id: one }) => one)).toEqual([number!.id]);
    const ties = await loadTies(story.client, bundle, "demo-tess", new Date());
    expect(ties.map(({ how }) => how)).toEqual(["chosen"]);
  });

  test("stops being tied by the call when someone else calls too", async () => {
    const tess = await story.actor("tess");
    const { id: numberId } = await story.client.directNumber.findFirstOrThrow({
      where: { e164: "+14135550177", placeId: GRANBY },
    });
    await recordTestCall(story.client, tess, { numberId, result: "right-desk", answeredBy: "dispatcher" }, new Date());
    const bundle = parseBundle((await story.client.alert.findUniqueOrThrow({ where: { id } })).bundle)!;
    const ties = await loadTies(story.client, bundle, "demo-luis", new Date());
    expect(ties.map(({ how }) => how)).toEqual(["chosen"]);
  });
});

test("a test call that was dated back is marked, whatever the caller says", async () => {
  const tess = await story.actor("tess");
  const number = await story.client.directNumber.findFirstOrThrow({
    where: { retiredAt: null, placeId: { not: GRANBY } },
    orderBy: { id: "asc" },
  });
  const calledAt = new Date(Date.now() - 5 * 86_400_000).toISOString();
  const call = { numberId: number.id, result: "right-desk" as const, answeredBy: "dispatcher", calledAt };
  expect((await recordTestCall(story.client, tess, call, new Date())).ok).toBe(true);
  const row = await story.client.testCall.findFirstOrThrow({
    where: { calledById: "demo-tess", numberId: number.id, calledAt: new Date(calledAt) },
  });
  const facts = { at: row.calledAt.getTime(), recordedAt: row.recordedAt!.getTime() };
  expect(enteredLater(facts)! / 86_400_000).toBeCloseTo(5, 1);
  expect(enteredLater({ at: Date.now() - 1000, recordedAt: Date.now() })).toBeNull();
  const forged = story.client.testCall.create({
    data: {
      numberId: number.id,
      calledBy: "x",
      calledAt: row.calledAt,
      answeredBy: "x",
      result: "right-desk",
      recordedAt: row.calledAt,
    },
  });
  expect((await forged).recordedAt!.getTime()).toBeGreaterThan(row.calledAt.getTime() + 86_400_000);
});
