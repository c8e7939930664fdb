import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { verifyRecord } from "../../evidence/verify";
import { republish } from "../../delivery/commands/republish";
import { closeByMode } from "../../exercises/commands/run";
import { changeFacts, recordEntry } from "../../incidents/commands/change";
import { closeIncident } from "../../incidents/commands/close";
import { readBundle } from "../bundle";
import { loadAlert } from "../data";
import { choosePlaces } from "../plan";
import { readContent } from "../schema";
import {
  approval,
  approve,
  blockedPlaces,
  draftFor,
  followUp,
  mark,
  openStory,
  placesNamed,
  save,
  type Story,
  submit,
} from "../story-for-tests";
import { commentOn } from "./comment";
import { decideAlert } from "./decide";
import { discardAlert } from "./discard";
import { askEmergency } from "./emergency";
import { beginFollowUp } from "./follow-up";
import { prepareAlert } from "./prepare";
import { refreshAlert } from "./refresh";
import { splitAlert } from "./split";
import { submitAlert } from "./submit";
import { withdrawAlert } from "./withdraw";

let story: Story;
let dana: Actor;
let luis: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
});
afterAll(() => story.client.$disconnect());

/** A message as a stranger reads it: no code of ours has a part in this. */
interface Read {
  sender: string;
  identifier: string;
  sent: string;
  msgType: string;
  references: { sender: string; identifier: string; sent: string }[];
  phones: boolean;
  area: string;
  text: string;
}

/** CAP 1.2 as capparselib reads it: references are triples with white space between, their parts with commas. */
function readStranger(xml: string): Read {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const all = (name: string) =>
    Array.from(document.getElementsByTagName(name)).map((element) => element.textContent ?? "");
  const one = (name: string) => all(name)[0] ?? "";
  const references = one("references")
    .split(/\s+/)
    .filter(Boolean)
    .map((triple) => {
      const [sender = "", identifier = "", sent = ""] = triple.split(",");
      return { sender, identifier, sent };
    });
  const blocked = all("parameter").filter((text) => text.includes("BLOCKCHANNEL"));
  return {
    sender: one("sender"),
    identifier: one("identifier"),
    sent: one("sent"),
    msgType: one("msgType"),
    references,
    phones: blocked.some((text) => text.includes("EAS")),
    area: one("areaDesc").replace(" (approximate outline)", ""),
    text: `${one("headline")} ${one("description")}`,
  };
}

const nameOf = ({ sender, identifier, sent }: Pick<Read, "sender" | "identifier" | "sent">) =>
  `${sender} ${identifier} ${sent}`;

async function readAll(incidentId: string): Promise<Read[]> {
  const rows = await story.client.message.findMany({
    where: { alert: { incidentId }, xml: { not: null } },
    orderBy: { alert: { publishedAt: "asc" } },
  });
  return rows.map(({ xml }) => readStranger(Buffer.from(xml!).toString("utf8")));
}

/** What is current when every Update and Cancel has taken the place of what it names. */
function currentOf(messages: readonly Read[]): Read[] {
  const known = new Map(messages.map((message) => [nameOf(message), message]));
  const ended = new Set<string>();
  for (const message of messages) {
    expect(message.references.length > 0).toBe(message.msgType !== "Alert");
    for (const reference of message.references) {
      const earlier = known.get(nameOf(reference));
      expect(earlier, `${message.identifier} names ${reference.identifier}`).toBeDefined();
      expect(Date.parse(earlier!.sent)).toBeLessThanOrEqual(Date.parse(message.sent));
      ended.add(nameOf(reference));
    }
  }
  return messages.filter((message) => message.msgType !== "Cancel" && !ended.has(nameOf(message)));
}

async function publish(id: string): Promise<void> {
  await submit(story, dana, id);
  expect(await approve(story, luis, id)).toMatchObject({ ok: true });
}

async function outage(...names: string[]) {
  const placeIds = await placesNamed(story.client, ...names);
  const draft = await draftFor(story, dana, placeIds);
  await publish(draft.id);
  return { ...draft, placeIds };
}

const places = (messages: readonly Read[]) =>
  messages
    .filter(({ phones }) => phones)
    .map(({ area }) => area)
    .sort();

describe("chains of messages", () => {
  test("five updates, a correction in the middle, a part restored: one current message per place and county", async () => {
    const { incidentId } = await outage("Granby", "Amherst", "Hadley", "Boston");
    const [granby = "", amherst = ""] = await Promise.all(
      ["Granby", "Amherst"].map(async (name) => (await placesNamed(story.client, name))[0]),
    );
    const number = await story.client.directNumber.findFirstOrThrow({
      where: { placeId: granby, service: "dispatch", retiredAt: null, verifiedUntil: { not: null } },
    });
    for (let update = 1; update <= 5; update += 1) {
      if (update === 3) {
        const id = await followUp(story, dana, { incidentId, purpose: "correction", numberId: number.id });
        const content = readContent((await story.client.alert.findUniqueOrThrow({ where: { id } })).content);
        expect(content.placeIds).toEqual([granby]);
        // What it gives instead is not verified, so the official decides.
        await save(story, dana, id, (now) => ({
          ...now,
          numbers: { [granby]: { choice: "no-number", reason: "No other desk was called yet" } },
        }));
        await publish(id);
      }
      if (update === 5) {
        expect(await mark(story, dana, incidentId, [amherst], "restored")).toMatchObject({ ok: true });
        await publish(await followUp(story, dana, { incidentId, purpose: "restoration" }));
      }
      await publish(await followUp(story, dana, { incidentId, purpose: "update" }));
    }
    const messages = await readAll(incidentId);
    const current = currentOf(messages);
    expect(places(current)).toEqual(["Amherst, MA", "Boston, MA", "Granby, MA", "Hadley, MA"]);
    expect(
      current
        .filter(({ phones }) => !phones)
        .map(({ area }) => area)
        .sort(),
    ).toEqual(["Hampshire County, MA", "Suffolk County, MA"]);
    const said = (area: string) => current.find((message) => message.phones && message.area === area)?.text ?? "";
    expect(said("Amherst, MA")).toContain("works again");
    expect(said("Boston, MA")).toContain("still down");
    // The stations of the county hear of each of its towns, restored or not.
    const county = current.find(({ area }) => area === "Hampshire County, MA")!.text;
    expect(county).toMatch(/Amherst: 911 works again/);
    expect(county).toMatch(/Hadley \d{3}-555-\d{4}/);
    expect(county).toContain("Granby");
    expect(county).not.toContain(number.e164.slice(2, 5) + "-555-" + number.e164.slice(-4));
    const correction = messages.find(({ text }) => text.includes("is wrong"))!;
    expect(correction.msgType).toBe("Update");
    expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  }, 120_000);

  test("places that join get an Alert, those kept an Update, those restored their all-clear, in one review", async () => {
    const { incidentId } = await outage("Belchertown", "Amherst");
    const [hadley = "", amherst = ""] = await Promise.all(
      ["Hadley", "Amherst"].map(async (name) => (await placesNamed(story.client, name))[0]),
    );
    await mark(story, dana, incidentId, [hadley], "out");
    await mark(story, dana, incidentId, [amherst], "restored");
    const id = await followUp(story, dana, { incidentId, purpose: "update" });
    await publish(id);
    const joined = (await readAll(incidentId)).find(({ area, phones }) => phones && area === "Hadley, MA");
    expect(joined?.text).toContain("911 has been down in Hadley");
    expect(joined?.text).not.toContain("still");
    const rows = await story.client.message.findMany({
      where: { alertId: id, audience: "phones" },
      include: { place: true },
      orderBy: { place: { name: "asc" } },
    });
    expect(rows.map(({ place, msgType, tells }) => [place.name, msgType, tells])).toEqual([
      ["Amherst", "Update", "all-clear"],
      ["Belchertown", "Update", "outage"],
      ["Hadley", "Alert", "outage"],
    ]);
    expect(places(currentOf(await readAll(incidentId)))).toHaveLength(3);
  });

  test("an all-clear for everyone closes the chain, and then the incident closes", async () => {
    const { incidentId, placeIds } = await outage("Belchertown", "Amherst");
    expect(await closeIncident(story.client, dana, { id: incidentId }, new Date())).toMatchObject({
      code: "alert-valid",
    });
    expect(await beginFollowUp(story.client, dana, { incidentId, purpose: "restoration" }, new Date())).toMatchObject({
      code: "no-places",
    });
    await mark(story, dana, incidentId, placeIds, "restored");
    expect(await closeIncident(story.client, dana, { id: incidentId }, new Date())).toMatchObject({
      code: "alert-valid",
    });
    const id = await followUp(story, dana, { incidentId, purpose: "restoration" });
    await publish(id);
    const current = currentOf(await readAll(incidentId));
    for (const { text } of current) expect(text).toContain("works again");
    expect(await closeIncident(story.client, dana, { id: incidentId }, new Date())).toMatchObject({ ok: true });
  });

  test("a grouped message is replaced for all its places, even where one of them is restored", async () => {
    const placeIds = await placesNamed(story.client, "Belchertown", "Amherst", "Hadley");
    const { id, incidentId } = await draftFor(story, dana, placeIds);
    await save(story, dana, id, (content) => ({ ...content, grouping: "county" }));
    await publish(id);
    const [amherst = ""] = await placesNamed(story.client, "Amherst");
    await mark(story, dana, incidentId, [amherst], "restored");
    await publish(await followUp(story, dana, { incidentId, purpose: "restoration" }));
    expect(places(currentOf(await readAll(incidentId)))).toEqual(["Amherst, MA", "Belchertown, MA", "Hadley, MA"]);
  });

  test("a cancellation takes back the whole chain, and its text stands alone", async () => {
    const { incidentId } = await outage("Belchertown", "Amherst");
    await publish(await followUp(story, dana, { incidentId, purpose: "update" }));
    await publish(await followUp(story, dana, { incidentId, purpose: "cancellation" }));
    const current = currentOf(await readAll(incidentId));
    expect(current.map(({ phones, msgType }) => [phones, msgType])).toEqual([
      [true, "Alert"],
      [true, "Alert"],
    ]);
    for (const { text } of current) expect(text).toContain("withdrawn");
    const states = await story.client.alert.findMany({ where: { incidentId }, orderBy: { createdAt: "asc" } });
    // The first alert was replaced whole before; what the cancellation took back is the update.
    expect(states.map(({ purpose, state }) => [purpose, state])).toEqual([
      ["outage", "published"],
      ["update", "canceled"],
      ["cancellation", "published"],
    ]);
    expect(await closeIncident(story.client, dana, { id: incidentId }, new Date())).toMatchObject({ ok: true });
  });
});

test("a correction never gives out the number that it corrects, whatever is decided", async () => {
  const { incidentId } = await outage("Whately");
  const [whately = ""] = await placesNamed(story.client, "Whately");
  const given = await story.client.alert.findFirstOrThrow({ where: { incidentId } });
  const number = readBundle(given.bundle!).messages.flatMap(({ numbers }) => numbers)[0]!;
  const id = await followUp(story, dana, { incidentId, purpose: "correction", numberId: number.id });
  await story.client.directNumber.update({ where: { id: number.id }, data: { status: "in-service" } });
  await save(story, dana, id, (content) => ({
    ...content,
    numbers: { [whately]: { choice: "override", numberId: number.id, reason: "It is the only one there is" } },
  }));
  const row = await story.client.alert.findUniqueOrThrow({ where: { id } });
  expect(await submitAlert(story.client, dana, { id, version: row.version }, new Date())).toMatchObject({
    ok: false,
    code: "blocked-by-findings",
  });
});

test("a correction of the only number of a place tells people where to go, and waits for nobody's reason", async () => {
  const { incidentId } = await outage("Whately");
  const given = await story.client.alert.findFirstOrThrow({ where: { incidentId } });
  const number = readBundle(given.bundle!).messages.flatMap(({ numbers }) => numbers)[0]!;
  const id = await followUp(story, dana, { incidentId, purpose: "correction", numberId: number.id });
  expect(await blockedPlaces(story, id)).toEqual([]);
  await submit(story, dana, id);
  expect(await approve(story, luis, id)).toMatchObject({ ok: true });
  const { bundle } = await story.client.alert.findUniqueOrThrow({ where: { id } });
  const phones = readBundle(bundle!).messages.find(({ audience }) => audience === "phones")!;
  expect(phones).toMatchObject({ outcome: "no-number", numbers: [], why: expect.stringContaining("only number") });
  // Another number that nobody called is no reason to say that there is none: someone decides.
  const { facts, content } = (await loadAlert(story.client, id))!;
  const [whately] = facts.places;
  const uncalled = {
    ...whately!.numbers[0]!,
    id: "uncalled",
    e164: "+14135550199",
    status: "in-service" as const,
    calls: [],
  };
  const places = [{ ...whately!, numbers: [...whately!.numbers, uncalled] }];
  expect(choosePlaces({ ...facts, places }, content, Date.now())[0]!.selection.outcome).toBe("blocked");
});

/** What belongs to one incident and its alerts, the log of what was done, and where people are signed in. */
const OF_INCIDENTS = new Set(
  (
    "Incident IncidentPlace IncidentEntry Alert AlertReference Revision Contribution Message MessageReference " +
    "Decision AlertPresence AlertComment EmergencyRequest Notice Publication Delivery Attempt AuditEvent Session"
  ).split(" "),
);

/** A fingerprint of every other table of the database, and of the rows of real outages in those. */
async function photograph(): Promise<Record<string, string>> {
  const owner = new Client(story.ownerUrl);
  await owner.connect();
  const { rows } = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const live = `select id from "Incident" where mode = 'live'`;
  const asked = new Map(rows.map(({ name }) => [name, OF_INCIDENTS.has(name) ? null : `"${name}" t`]));
  asked.set("Incident", `"Incident" t where mode = 'live'`);
  for (const name of ["IncidentPlace", "IncidentEntry", "Alert"])
    asked.set(name, `"${name}" t where "incidentId" in (${live})`);
  const found: Record<string, string> = {};
  for (const [name, from] of asked) {
    if (from === null) continue;
    const hash = `select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as hash from ${from}`;
    found[name] = (await owner.query<{ hash: string }>(hash)).rows[0]!.hash;
  }
  await owner.end();
  return found;
}

describe("an exercise", () => {
  test("changes nothing real, whatever is done with its outage and its alerts", async () => {
    const placeIds = await placesNamed(story.client, "Belchertown", "Ware", "Leverett");
    const [belchertown = "", leverett = ""] = await Promise.all(
      ["Belchertown", "Leverett"].map(async (name) => (await placesNamed(story.client, name))[0]),
    );
    const live = await draftFor(story, dana, [belchertown, leverett]);
    const before = await photograph();
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining([
        "DirectNumber",
        "NumberChange",
        "TestCall",
        "ReadinessDay",
        "Place",
        "ReadyDraft",
        "Channel",
      ]),
    );
    const { client } = story;
    const tried = new Set<string>();
    const act = async <Value>(name: string, result: Promise<Value>) => {
      tried.add(name);
      expect(await result, name).toMatchObject({ ok: true });
      return result;
    };
    const { incidentId, id } = await draftFor(story, dana, placeIds, { mode: "exercise" });
    tried.add("declareIncident").add("prepareAlert").add("saveAlert").add("submitAlert").add("decideAlert");
    await act("commentOn", commentOn(client, dana, { id, about: "all", text: "Ready?" }, new Date()));
    const facts = { failure: "partial", textTo911: "fails", evidence: "The brief says so" } as const;
    const beganAt = new Date(Date.now() - 480_000).toISOString();
    await act("changeFacts", changeFacts(client, dana, { id: incidentId, ...facts, beganAt }, new Date()));
    await act("refreshAlert", refreshAlert(client, dana, { id, version: 1 }, new Date()));
    const heard = { kind: "fact", text: "A cable was cut", source: "The brief", at: beganAt } as const;
    await act("recordEntry", recordEntry(client, dana, { id: incidentId, ...heard }, new Date()));
    const [hadley = ""] = await placesNamed(client, "Hadley");
    await act("movePlaces", mark(story, dana, incidentId, [hadley], "out"));
    const none = { choice: "no-number" as const, reason: "Nobody answers" };
    const decide = async (alertId: string) => {
      const open = (await blockedPlaces(story, alertId)).map((place) => [place, none] as const);
      await save(story, dana, alertId, (content) => ({
        ...content,
        numbers: { ...content.numbers, ...Object.fromEntries(open) },
      }));
    };
    await decide(id);
    await submit(story, dana, id);
    await act("withdrawAlert", withdrawAlert(client, dana, { id, reason: "A word is missing" }, new Date()));
    const contentHash = await submit(story, dana, id);
    tried.add("askEmergency");
    await askEmergency(client, dana, { id, contentHash, reason: "Nobody answers", phrase: "EXERCISE" }, new Date());
    const back = { ...(await approval(story, id)), decision: "return" as const, reason: "Say it again" };
    await act("decideAlert", decideAlert(client, luis, back, new Date()));
    await publish(id);
    tried.add("republish");
    await republish(client, dana, { alertId: id, channelId: "public-site" }, new Date());

    // The number people were given is wrong.
    const given = readBundle((await client.alert.findUniqueOrThrow({ where: { id } })).bundle!);
    const number = given.messages.flatMap(({ numbers }) => numbers).find(({ placeId }) => placeId === belchertown)!;
    const correction = await followUp(story, dana, { incidentId, purpose: "correction", numberId: number.id });
    tried.add("beginFollowUp");
    await decide(correction);
    await publish(correction);
    const update = await followUp(story, dana, { incidentId, purpose: "update" });
    const ware = await placesNamed(client, "Ware");
    await act("splitAlert", splitAlert(client, dana, { id: update, version: 1, placeIds: ware }, new Date()));
    await decide(update);
    await publish(update);
    // Neither gives it out, as if the directory had it out of use.
    for (const one of [correction, update]) {
      const { bundle } = await client.alert.findUniqueOrThrow({ where: { id: one } });
      const numbers = readBundle(bundle!).messages.flatMap((message) => message.numbers);
      expect(numbers.map(({ id: numberId }) => numberId)).not.toContain(number.id);
      expect(bundle).toContain(belchertown);
    }
    const extra = await act("prepareAlert", prepareAlert(client, dana, { incidentId }, new Date()));
    if (extra.ok) await act("discardAlert", discardAlert(client, dana, { id: extra.value.id }, new Date()));
    await mark(story, dana, incidentId, [leverett], "restored");
    await publish(await followUp(story, dana, { incidentId, purpose: "restoration" }));
    await publish(await followUp(story, dana, { incidentId, purpose: "border" }));
    await publish(await followUp(story, dana, { incidentId, purpose: "cancellation" }));
    await act("closeByMode", closeByMode(client, dana, { id: incidentId }, new Date()));

    expect(await photograph()).toEqual(before);
    expect(await blockedPlaces(story, live.id)).not.toContain(belchertown);
    // Every action on an outage or an alert was tried.
    const actions = ["app/alerts/actions.ts", "app/incidents/actions.ts"].flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/(\w+)\(db\(\), actor, (?:\{|input)/g)].map(([, name]) => name!),
    );
    expect(actions.filter((name) => !tried.has(name))).toEqual([]);
    expect(actions.length).toBeGreaterThan(15);
  }, 120_000);
});

describe("a draft and its incident", () => {
  test("a clock that was set back publishes nothing, and says so", async () => {
    const { incidentId } = await outage("Pelham");
    const id = await followUp(story, dana, { incidentId, purpose: "update" });
    await submit(story, dana, id);
    const refused = await approve(story, luis, id, new Date(Date.now() - 3_600_000));
    expect(refused).toMatchObject({ ok: false, code: "clock" });
    expect(await story.client.message.count({ where: { alertId: id, xml: { not: null } } })).toBe(0);
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).state).toBe("submitted");
    expect(await approve(story, luis, id)).toMatchObject({ ok: true });
  });

  test("two presses give one draft", async () => {
    const { incidentId, id } = await draftFor(story, dana, await placesNamed(story.client, "Belchertown"));
    const again = () => prepareAlert(story.client, dana, { incidentId }, new Date());
    const [one, two] = await Promise.all([again(), again()]);
    expect([one, two]).toEqual([
      { ok: true, value: { id } },
      { ok: true, value: { id } },
    ]);
    // What someone else makes, and what is made later, is another draft.
    const other = await prepareAlert(story.client, await story.actor("ruth"), { incidentId }, new Date());
    expect(other).not.toEqual(one);
    const later = await prepareAlert(story.client, dana, { incidentId }, new Date(Date.now() + 60_000));
    expect(later).not.toEqual(one);
    // Sending it twice has sent it.
    const send = () => submitAlert(story.client, dana, { id, version: 1 }, new Date());
    const [sent, sentAgain] = await Promise.all([send(), send()]);
    expect(sent).toMatchObject({ ok: true });
    expect(sentAgain).toEqual(sent);
    expect(await story.client.auditEvent.count({ where: { action: "alert.submitted", subjectId: id } })).toBe(1);
    expect(await approve(story, luis, id)).toMatchObject({ ok: true });
    const first = await followUp(story, dana, { incidentId, purpose: "update" });
    expect(await followUp(story, dana, { incidentId, purpose: "update" })).toBe(first);
  });

  test("an edited wording, decisions and languages are carried over", async () => {
    const placeIds = await placesNamed(story.client, "Belchertown", "Ware");
    const [ware = ""] = await placesNamed(story.client, "Ware");
    const { id, incidentId } = await draftFor(story, dana, placeIds);
    const instruction =
      "Keep your line free. Do not call 911 to test it. The next update comes by {nextUpdate}. This notice ends at {until}.";
    const decision = { choice: "no-number" as const, reason: "Nobody answered there today" };
    await save(story, dana, id, (content) => {
      const texts = structuredClone(content.texts);
      texts["en-US"]!.place.instruction = instruction;
      return { ...content, texts, validMinutes: 180, numbers: { [ware]: decision } };
    });
    await publish(id);
    const next = await followUp(story, dana, { incidentId, purpose: "update" });
    const content = readContent((await story.client.alert.findUniqueOrThrow({ where: { id: next } })).content);
    expect(content.texts["en-US"]?.place.instruction).toBe(instruction);
    expect(content.texts["en-US"]?.place.short).toContain("still");
    expect(content.numbers).toEqual({ [ware]: decision });
    expect(content.validMinutes).toBe(180);
    expect(Object.keys(content.texts).sort()).toEqual(["en-US", "es-US"]);
  });

  test("a place that is restored meanwhile holds the draft up, until it is brought up to date", async () => {
    const placeIds = await placesNamed(story.client, "Belchertown", "Amherst");
    const [amherst = ""] = await placesNamed(story.client, "Amherst");
    const { id, incidentId } = await draftFor(story, dana, placeIds);
    await mark(story, dana, incidentId, [amherst], "restored");
    const send = (version: number) => submitAlert(story.client, dana, { id, version }, new Date());
    const refused = await send(1);
    expect(refused).toMatchObject({ ok: false, code: "blocked-by-findings" });
    const refreshed = await refreshAlert(story.client, dana, { id, version: 1 }, new Date());
    expect(refreshed).toEqual({ ok: true, value: { version: 2 } });
    expect(await send(2)).toMatchObject({ ok: true });
    const { placeIds: left } = readContent((await story.client.alert.findUniqueOrThrow({ where: { id } })).content);
    expect(left).toEqual(placeIds.filter((place) => place !== amherst));
  });

  test("what is published meanwhile voids what was sent: nothing refers to what is gone", async () => {
    const { incidentId } = await outage("Belchertown", "Amherst");
    const update = await followUp(story, dana, { incidentId, purpose: "update" });
    const cancel = await followUp(story, dana, { incidentId, purpose: "cancellation" });
    await submit(story, dana, update);
    await submit(story, dana, cancel);
    expect(await approve(story, luis, cancel)).toMatchObject({ ok: true });
    expect(await approve(story, luis, update)).toMatchObject({ ok: false, code: "content-changed" });
  });

  test("nobody waits for one town: the rest is a draft of its own, and joins the chain later", async () => {
    const placeIds = await placesNamed(story.client, "Belchertown", "Amherst", "Ware");
    const [ware = ""] = await placesNamed(story.client, "Ware");
    const { id, incidentId } = await draftFor(story, dana, placeIds);
    expect(await submitAlert(story.client, dana, { id, version: 1 }, new Date())).toMatchObject({ ok: false });
    const cut = await splitAlert(story.client, dana, { id, version: 1, placeIds: [ware] }, new Date());
    if (!cut.ok) throw new Error(cut.message);
    expect(await submitAlert(story.client, dana, { id, version: cut.value.version }, new Date())).toMatchObject({
      ok: true,
    });
    expect(await approve(story, luis, id)).toMatchObject({ ok: true });
    await save(story, dana, cut.value.restId, (content) => ({
      ...content,
      numbers: { [ware]: { choice: "no-number", reason: "Nobody answered there today" } },
    }));
    await publish(cut.value.restId);
    const current = currentOf(await readAll(incidentId));
    expect(places(current)).toEqual(["Amherst, MA", "Belchertown, MA", "Ware, MA"]);
    const counties = current.filter(({ phones }) => !phones);
    expect(counties.map(({ area, msgType }) => [area, msgType])).toEqual([["Hampshire County, MA", "Update"]]);
    for (const town of ["Amherst", "Belchertown", "Ware"]) expect(counties[0]?.text).toContain(town);
  });
});

describe("a border notice", () => {
  // Granby's number is still the one of the demonstration here.
  beforeAll(async () => {
    await story.client.$disconnect();
    story = await openStory(inject("databases"));
    [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  });
  const factsOf = async (ids: readonly string[]) =>
    (await story.client.place.findMany({ where: { id: { in: [...ids] } }, select: { name: true } }))
      .map(({ name }) => name)
      .sort();

  test("tells the neighbors that 911 works, and is replaced when it fails there too", async () => {
    const { incidentId, placeIds } = await outage("Granby");
    const { neighborIds } = await story.client.place.findUniqueOrThrow({ where: { id: placeIds[0]! } });
    const around = await story.client.place.findMany({
      where: { id: { in: neighborIds }, alertable: true, stateCode: "MA" },
      select: { id: true, name: true },
    });
    expect(around.length).toBeGreaterThan(2);

    const id = await followUp(story, dana, { incidentId, purpose: "border" });
    const row = await story.client.alert.findUniqueOrThrow({ where: { id } });
    expect(row.title).toBe("Border notice: 911 fails in Granby, Massachusetts");
    expect(await factsOf(readContent(row.content).placeIds)).toEqual(around.map(({ name }) => name).sort());
    // It is approved by another person, like anything else.
    await submit(story, dana, id);
    expect(await approve(story, dana, id)).toMatchObject({ ok: false });
    expect(await approve(story, luis, id)).toMatchObject({ ok: true });
    const bundle = readBundle((await story.client.alert.findUniqueOrThrow({ where: { id } })).bundle ?? "");
    expect(new Set(bundle.messages.map(({ tells, msgType }) => `${tells} ${msgType}`))).toEqual(
      new Set(["neighbor Alert"]),
    );
    for (const message of bundle.messages) {
      expect(message.numbers).toEqual([]);
      const english = message.texts.find(({ language }) => language === "en-US")!.parts;
      expect(english.long).toContain("It is not working in Granby, Massachusetts.");
      expect(english.long).toMatch(/call 911 as usual/);
    }
    // Stations of Granby's county go on saying what is down there.
    const hampshire = await story.client.place.findUniqueOrThrow({ where: { id: placeIds[0]! } });
    expect(
      bundle.messages.filter(({ audience, placeId }) => audience === "broadcasters" && placeId === hampshire.parentId),
    ).toEqual([]);

    // One of them joins the outage: its first word of a failure, in the place of the notice.
    const [joined] = around;
    expect(await mark(story, dana, incidentId, [joined!.id], "out")).toMatchObject({ ok: true });
    await publish(await followUp(story, dana, { incidentId, purpose: "update" }));
    const messages = await readAll(incidentId);
    const current = currentOf(messages);
    const text = current.find(({ phones, area }) => phones && area.startsWith(`${joined!.name},`))!;
    expect(text.text).toContain("911 has been down in");
    expect(text.text).not.toContain("still");
    expect(text.msgType).toBe("Update");

    // What was said by mistake is taken back for the neighbors too.
    await publish(await followUp(story, dana, { incidentId, purpose: "cancellation" }));
    const after = currentOf(await readAll(incidentId));
    // What is left are the texts that say so.
    expect(after.every(({ text: said }) => said.includes("withdrawn"))).toBe(true);
    expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  });

  test("tells the rest of a county, which lies next to each of its towns", async () => {
    const { incidentId, placeIds } = await outage("Goshen");
    const goshen = await story.client.place.findUniqueOrThrow({ where: { id: placeIds[0]! } });
    const county = { id: goshen.parentId! };
    await story.client.place.update({ where: county, data: { alertable: true } });
    const id = await followUp(story, dana, { incidentId, purpose: "border" });
    await story.client.place.update({ where: county, data: { alertable: false } });
    const row = await story.client.alert.findUniqueOrThrow({ where: { id } });
    expect(readContent(row.content).placeIds).toContain(county.id);
    expect(goshen.neighborIds).not.toContain(county.id);
  });

  test("is refused before anyone was told, and where all neighbors are of other agencies", async () => {
    const draft = await draftFor(story, dana, await placesNamed(story.client, "Rowe"));
    expect(
      await beginFollowUp(story.client, dana, { incidentId: draft.incidentId, purpose: "border" }, new Date()),
    ).toMatchObject({ ok: false, code: "nothing-in-force" });
    const gil = await story.actor("gil");
    const granby = await draftFor(story, gil, await placesNamed(story.client, "Granby"));
    await submit(story, gil, granby.id);
    expect(await approve(story, luis, granby.id)).toMatchObject({ ok: true });
    const refused = await beginFollowUp(
      story.client,
      gil,
      { incidentId: granby.incidentId, purpose: "border" },
      new Date(),
    );
    expect(refused).toMatchObject({ ok: false, code: "no-places" });
    expect(refused.ok ? "" : refused.message).toContain("South Hadley");
    // Whoever sees it from the agency above, and drafts for that, tells them in its name.
    const ruth = await story.actor("ruth");
    const id = await followUp(story, ruth, { incidentId: granby.incidentId, purpose: "border" });
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).agencyId).toBe("state-911");
    await submit(story, ruth, id);
  });
});
