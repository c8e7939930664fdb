import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { changeRole, setPersonDisabled } from "../../people/commands/people";
import { setAllowance } from "../../people/commands/set-allowance";
import { grantByTwo } from "../../people/grants/two-people-for-tests";
import { markConfirmed } from "../../people/sign-in/commands/confirm";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { addChannel } from "../channel-for-tests";
import { listAskedChannels } from "../data";
import { channelFormSchema, channelStateFormSchema } from "../schema";
import { retireChannel, saveChannel, setChannelState } from "./channels";
import { askLive, confirmLive, endAsk } from "./go-live";

/** Turning a channel live takes two administrators, whatever is asked at once and whoever forges it. */

let story: Story;
let sam: Actor;
let nora: Actor;
let owner: Client;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [sam, nora] = [await story.actor("sam"), await story.actor("nora")];
  owner = new Client(story.ownerUrl);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await story.client.$disconnect();
});

let made = 0;
const channel = (state: "off" | "exercise" | "live" = "off") =>
  addChannel(story.client, {
    id: `two-${(made += 1)}`,
    kind: "file-drop",
    name: "Desk",
    state,
    settings: { folder: "/srv/alerts" },
  });
const read = (id: string) => story.client.channel.findUniqueOrThrow({ where: { id } });
const askedAt = async (id: string) => (await read(id)).askedAt!.getTime();
const actionsOf = async (id: string) =>
  (await story.client.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map(
    ({ action, actor }) => `${actor}: ${action}`,
  );
const save = (by: Actor, id: string, folder: string, name = "Desk") =>
  saveChannel(
    story.client,
    by,
    channelFormSchema.parse({ id, agencyId: "state-911", kind: "file-drop", name, folder }),
    new Date(),
  );

test("one asks, another confirms, and both are in the log", async () => {
  const id = await channel("exercise");
  expect(await askLive(story.client, sam, { id }, new Date())).toMatchObject({ ok: true });
  // Nobody looks for what waits: Home and the page of requests read this, for those of its agency alone.
  const waits = { id, name: "Desk", askedBy: "Sam Okafor" };
  expect(await listAskedChannels(nora, story.client)).toEqual([expect.objectContaining({ ...waits, isMine: false })]);
  expect(await listAskedChannels(sam, story.client)).toEqual([expect.objectContaining({ ...waits, isMine: true })]);
  expect(await listAskedChannels(await story.actor("gil"), story.client)).toEqual([]);
  // Until then it is what it was.
  expect(await read(id)).toMatchObject({ state: "exercise", askedBy: "Sam Okafor", confirmedBy: null });
  expect(await confirmLive(story.client, nora, { id, askedAt: await askedAt(id) }, new Date())).toMatchObject({
    ok: true,
  });
  expect(await read(id)).toMatchObject({ state: "live", askedBy: "Sam Okafor", confirmedBy: "Nora Quinn" });
  expect(await listAskedChannels(nora, story.client)).toEqual([]);
  expect(await actionsOf(id)).toEqual(["Sam Okafor: channel.asked", "Nora Quinn: channel.turned"]);
  // Off is one act, and live again two.
  expect(await setChannelState(story.client, sam, { id, state: "off" }, new Date())).toMatchObject({ ok: true });
  expect(await read(id)).toMatchObject({ state: "off", askedBy: null, confirmedBy: null });
});

describe("it is refused", () => {
  test("to whoever asked, though the request is forged", async () => {
    const id = await channel();
    await askLive(story.client, sam, { id }, new Date());
    expect(await confirmLive(story.client, sam, { id, askedAt: await askedAt(id) }, new Date())).toMatchObject({
      ok: false,
      code: "own-request",
    });
    expect(channelStateFormSchema.safeParse({ id, state: "live" }).success).toBe(false);
    expect((await read(id)).state).toBe("off");
  });

  test("to someone without the role, and to an administrator of another agency", async () => {
    const id = await channel();
    await askLive(story.client, sam, { id }, new Date());
    const at = await askedAt(id);
    const role = { personId: "demo-karen", agencyId: "granby", role: "administrator" as const };
    const two = [await story.actor("sam"), await story.actor("nora")] as const;
    expect(await grantByTwo(story.client, two, { kind: "role", ...role })).toMatchObject({ ok: true });
    for (const key of ["mei", "dana", "karen"]) {
      const actor = await story.actor(key);
      for (const result of [
        await confirmLive(story.client, actor, { id, askedAt: at }, new Date()),
        await endAsk(story.client, actor, { id }, new Date()),
        await askLive(story.client, actor, { id }, new Date()),
      ])
        expect(result, key).toMatchObject({ ok: false, code: "not-permitted" });
    }
    expect(await changeRole(story.client, two[0], { ...role, grant: false }, new Date())).toMatchObject({ ok: true });
    expect(await read(id)).toMatchObject({ state: "off", askedBy: "Sam Okafor" });
  });

  test("when nobody asks any more, or it was changed since the page was read", async () => {
    const id = await channel();
    await askLive(story.client, sam, { id }, new Date(Date.now() - 60_000));
    const seen = await askedAt(id);
    expect(await save(sam, id, "/srv/elsewhere")).toMatchObject({ ok: true, value: { waits: true } });
    expect(await confirmLive(story.client, nora, { id, askedAt: seen }, new Date())).toMatchObject({ ok: false });
    expect(await endAsk(story.client, sam, { id }, new Date())).toMatchObject({ ok: true });
    expect(await confirmLive(story.client, nora, { id, askedAt: seen }, new Date())).toMatchObject({ ok: false });
    expect((await read(id)).state).toBe("off");
    expect(await endAsk(story.client, sam, { id }, new Date())).toMatchObject({ ok: false });
  });

  test("a second request, and one for what is live or removed", async () => {
    const id = await channel();
    await askLive(story.client, sam, { id }, new Date());
    expect(await askLive(story.client, nora, { id }, new Date())).toMatchObject({
      ok: false,
      message: "Sam Okafor asked for this already. Nothing was changed.",
    });
    await confirmLive(story.client, nora, { id, askedAt: await askedAt(id) }, new Date());
    expect(await askLive(story.client, sam, { id }, new Date())).toMatchObject({ ok: false });
    await retireChannel(story.client, sam, { id }, new Date());
    expect(await askLive(story.client, sam, { id }, new Date())).toMatchObject({ ok: false });
  });
});

describe("what was asked for ends", () => {
  const WEEK = 7 * 86_400_000;

  test("after seven days, and is asked for anew", async () => {
    const id = await channel();
    await askLive(story.client, sam, { id }, new Date(Date.now() - WEEK));
    const late = await confirmLive(story.client, nora, { id, askedAt: await askedAt(id) }, new Date());
    expect(late).toMatchObject({ ok: false, code: "gone" });
    await expect(
      story.client.channel.update({
        where: { id },
        data: { state: "live", confirmedById: "demo-nora", confirmedBy: "N", confirmedAt: new Date() },
      }),
    ).rejects.toThrow(/within seven days/);
    expect(await askLive(story.client, nora, { id }, new Date())).toMatchObject({ ok: true });
    expect(await confirmLive(story.client, sam, { id, askedAt: await askedAt(id) }, new Date())).toMatchObject({
      ok: true,
    });
  });

  test("when whoever asked is disabled, or administers no more; the database holds the same", async () => {
    const by = { id: "asker", name: "Al Asker", email: "al@callbox.example", homeAgencyId: "state-911" };
    await story.client.person.create({ data: { ...by, createdAt: new Date() } });
    const role = { kind: "role" as const, personId: by.id, agencyId: "state-911", role: "administrator" as const };
    for (const way of ["disabled", "withdrawn", "past the console"]) {
      if (way !== "past the console")
        expect(await grantByTwo(story.client, [sam, nora], role), way).toMatchObject({ ok: true });
      const id = await channel();
      const data = { askedById: by.id, askedBy: by.name, askedAt: new Date() };
      await story.client.channel.update({ where: { id }, data });
      if (way === "disabled") {
        await setPersonDisabled(story.client, sam, { personId: by.id, disabled: true }, new Date());
        await changeRole(story.client, sam, { ...role, grant: false }, new Date());
        await setPersonDisabled(story.client, sam, { personId: by.id, disabled: false }, new Date());
      } else if (way === "withdrawn") await changeRole(story.client, sam, { ...role, grant: false }, new Date());
      if (way !== "past the console") expect(await read(id), way).toMatchObject({ askedById: null, askedBy: null });
      else
        await expect(
          story.client.channel.update({
            where: { id },
            data: { state: "live", confirmedById: "demo-nora", confirmedBy: "N", confirmedAt: new Date() },
          }),
        ).rejects.toThrow(/Who asks and who confirms administer/);
    }
  });
});

test("another administrator turns a request down", async () => {
  const id = await channel();
  await askLive(story.client, sam, { id }, new Date());
  expect(await endAsk(story.client, nora, { id }, new Date())).toMatchObject({ ok: true });
  expect(await read(id)).toMatchObject({ state: "off", askedBy: null });
  expect(await actionsOf(id)).toEqual(["Sam Okafor: channel.asked", "Nora Quinn: channel.ask-ended"]);
});

test("where a live channel leads is changed by two; its name by one", async () => {
  const id = await channel("live");
  expect(await save(nora, id, "/srv/alerts", "Other name")).toMatchObject({ ok: true, value: { waits: false } });
  expect(await read(id)).toMatchObject({ state: "live", name: "Other name" });
  expect(await save(nora, id, "/srv/another")).toMatchObject({ ok: true, value: { waits: true } });
  expect(await read(id)).toMatchObject({ state: "off", askedBy: "Nora Quinn", confirmedBy: null });
  const at = await askedAt(id);
  expect(await confirmLive(story.client, nora, { id, askedAt: at }, new Date())).toMatchObject({ ok: false });
  expect(await confirmLive(story.client, sam, { id, askedAt: at }, new Date())).toMatchObject({ ok: true });
  expect(await read(id)).toMatchObject({ state: "live", settings: { folder: "/srv/another" } });
});

test("a change is in the record of the channel's own agency, whichever the form names", async () => {
  const id = await channel();
  const form = { id, agencyId: "boston", kind: "file-drop", name: "Desk", folder: "/srv/elsewhere" };
  expect(await saveChannel(story.client, sam, channelFormSchema.parse(form), new Date())).toMatchObject({ ok: true });
  expect(await read(id)).toMatchObject({ agencyId: "state-911" });
  const entry = await story.client.auditEvent.findFirst({ where: { subjectId: id }, orderBy: { seq: "desc" } });
  expect(entry).toMatchObject({ action: "channel.changed", agencyId: "state-911" });
});

describe("at once", () => {
  test("two confirmations: one turns it live, the other hears that it is", async () => {
    const id = await channel();
    await askLive(story.client, sam, { id }, new Date());
    const at = await askedAt(id);
    const results = await Promise.all(
      Array.from({ length: 6 }, () => confirmLive(story.client, nora, { id, askedAt: at }, new Date())),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await actionsOf(id)).filter((one) => one.endsWith("channel.turned"))).toHaveLength(1);
  });

  test("a confirmation and a change: what is live is what was confirmed", async () => {
    for (let round = 0; round < 6; round += 1) {
      const id = await channel();
      await askLive(story.client, sam, { id }, new Date(Date.now() - 1000));
      const at = await askedAt(id);
      await Promise.all([
        confirmLive(story.client, nora, { id, askedAt: at }, new Date()),
        save(sam, id, "/srv/another"),
      ]);
      // Whichever came first, the change waits for a confirmation of its own.
      expect(await read(id)).toMatchObject({
        state: "off",
        askedBy: "Sam Okafor",
        settings: { folder: "/srv/another" },
      });
    }
  });

  test("two requests: one is asked for", async () => {
    const id = await channel();
    const results = await Promise.all([sam, nora].map((by) => askLive(story.client, by, { id }, new Date())));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe("the database refuses what no code does", () => {
  const refusedBy = async (sql: string, values: unknown[]) => {
    try {
      await owner.query("begin");
      await owner.query(sql, values);
      return "nothing refused it";
    } catch (error) {
      return (error as { constraint?: string }).constraint;
    } finally {
      await owner.query("rollback");
    }
  };
  const NORA = `"confirmedById" = 'demo-nora', "confirmedBy" = 'Nora Quinn', "confirmedAt" = now()`;
  const SAM = `"confirmedById" = 'demo-sam', "confirmedBy" = 'Sam Okafor', "confirmedAt" = now()`;
  const LUIS = `"confirmedById" = 'demo-luis', "confirmedBy" = 'Luis Ferreira', "confirmedAt" = now()`;
  test.each([
    ["live alone", "asked", `state = 'live'`, "a_channel_goes_live_by_two_people"],
    ["live by whoever asked", "asked", `state = 'live', ${SAM}`, "a_channel_goes_live_by_two_people"],
    ["live by someone without the role", "asked", `state = 'live', ${LUIS}`, "a_channel_goes_live_by_two_people"],
    ["live though nobody asked", "off", `state = 'live', ${NORA}`, "a_channel_goes_live_by_two_people"],
    [
      "asked and confirmed in one",
      "off",
      `state = 'live', "askedById" = 'demo-sam', "askedBy" = 'S', "askedAt" = now(), ${NORA}`,
      "a_channel_goes_live_by_two_people",
    ],
    ["confirmed and not live", "asked", NORA, "a_confirmed_channel_is_live"],
    [
      "confirmed with other settings",
      "asked",
      `state = 'live', settings = '{}', ${NORA}`,
      "a_live_channel_changes_by_two_people",
    ],
    ["other settings under an old request", "asked", `settings = '{}'`, "a_confirmation_is_about_what_was_asked"],
    ["another secret under an old request", "asked", `secrets = 'x'`, "a_confirmation_is_about_what_was_asked"],
    ["other settings while live", "live", `settings = '{}'`, "a_live_channel_changes_by_two_people"],
    ["another secret while live", "live", `secrets = 'x'`, "a_live_channel_changes_by_two_people"],
    ["someone else confirmed", "live", `"confirmedBy" = 'Nobody'`, "a_channel_goes_live_by_two_people"],
  ])("%s", async (_, state, change, constraint) => {
    const id = await channel(state === "live" ? "live" : "off");
    if (state === "asked") await askLive(story.client, sam, { id }, new Date());
    expect(await refusedBy(`update "Channel" set ${change} where id = $1`, [id])).toBe(constraint);
  });

  test("and a new channel that is live", async () => {
    const sql = `insert into "Channel" (id, "agencyId", kind, name, state, settings, "createdAt") values ($1, 'state-911', 'webhook', 'x', 'live', '{}', now())`;
    expect(await refusedBy(sql, ["forged"])).toBe("a_channel_goes_live_by_two_people");
  });
});

test("and the log holds", async () => {
  expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
});

describe("a kind that the agency may not use", () => {
  const withhold = async (withheldChannels: ["file-drop"] | []) => {
    await markConfirmed(story.client, sam, new Date());
    const input = { agencyId: "state-911", withheldPurposes: [], withheldChannels };
    expect(await setAllowance(story.client, sam, input, new Date())).toMatchObject({ ok: true });
  };

  test("is not set up, asked for, confirmed or practiced with; it can be turned off and removed", async () => {
    const [id, asked, live] = [await channel(), await channel(), await channel("live")];
    expect(await askLive(story.client, sam, { id: asked }, new Date())).toMatchObject({ ok: true });
    await withhold(["file-drop"]);
    const withheld = {
      ok: false,
      code: "withheld",
      message:
        "Massachusetts State 911 Department is not allowed to use channels of the kind “Folder”. An administrator of Massachusetts State 911 Department can allow it. Nothing was changed.",
    };
    const form = { agencyId: "state-911", kind: "file-drop", name: "Another desk", folder: "/srv/other" };
    expect(await saveChannel(story.client, sam, channelFormSchema.parse(form), new Date())).toMatchObject(withheld);
    expect(await story.client.channel.count({ where: { name: "Another desk" } })).toBe(0);
    expect(await save(sam, id, "/srv/elsewhere")).toMatchObject(withheld);
    expect(await askLive(story.client, sam, { id }, new Date())).toMatchObject(withheld);
    const confirmed = await confirmLive(story.client, nora, { id: asked, askedAt: await askedAt(asked) }, new Date());
    expect(confirmed).toMatchObject(withheld);
    expect(await setChannelState(story.client, sam, { id, state: "exercise" }, new Date())).toMatchObject(withheld);
    expect((await read(asked)).state).toBe("off");
    expect(await setChannelState(story.client, sam, { id: live, state: "off" }, new Date())).toMatchObject({
      ok: true,
    });
    expect(await retireChannel(story.client, sam, { id }, new Date())).toMatchObject({ ok: true });
    await withhold([]);
    expect(
      await confirmLive(story.client, nora, { id: asked, askedAt: await askedAt(asked) }, new Date()),
    ).toMatchObject({ ok: true });
  });
});
