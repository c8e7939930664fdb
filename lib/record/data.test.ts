import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../alerts/story-for-tests";
import { changeRole } from "../people/commands/people";
import { signIn } from "../people/sign-in/commands/password";
import { writeRefusals } from "../people/commands/refusals";
import { DEMONSTRATION_PASSWORD } from "../../prisma/seed/demonstration";
import { inTransaction } from "../platform/db";
import { appendAudit } from "./append";
import { findBreak, GENESIS, hashedBytes } from "./chain";
import { streamEntries, toEntry, type WalkedEntry, wholeOf } from "./data";
import { logFilterSchema } from "./schema";

/** Who reads what in the activity log. */

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  Object.assign(process.env, {
    DATABASE_URL: story.appUrl,
    NEXTAUTH_SECRET: "a secret of at least thirty-two characters",
    NEXTAUTH_URL: "http://localhost:3000",
  });
});
afterAll(async () => {
  const { db } = await import("../platform/db");
  await db().$disconnect();
  await story.client.$disconnect();
});

test("sign-ins and invitations are read by the agency they belong to, and those of nobody at the top", async () => {
  const sam = await story.actor("sam");
  const grant = { personId: "demo-gil", agencyId: "granby", role: "auditor" as const, grant: true };
  expect((await changeRole(story.client, sam, grant, new Date())).ok).toBe(true);
  const attempt = (email: string, password: string) =>
    signIn(
      story.client,
      "secret",
      { email, password, device: undefined, address: email, place: "", browser: "Chrome" },
      new Date(),
    );
  await attempt("luis@callbox.example", DEMONSTRATION_PASSWORD);
  await attempt("karen@callbox.example", DEMONSTRATION_PASSWORD);
  await attempt("nobody@callbox.example", "guess");
  await writeRefusals(story.client, new Date());
  const { exportLog, listLog } = await import("./data");
  const filter = logFilterSchema.parse({});
  const said = async (who: string) => {
    const actor = await story.actor(who);
    const { entries, total } = await listLog(actor, filter);
    expect((await exportLog(actor, filter)).length).toBe(total);
    return entries.map(({ actor: name, action, agencyId }) => `${action} ${name} ${agencyId ?? "-"}`);
  };
  const [state, town] = [await said("mei"), await said("gil")];
  expect(state).toEqual(
    expect.arrayContaining(["sign-in.accepted Luis Ferreira state-911", "sign-in.refused Callbox -"]),
  );
  expect(town).toContain("sign-in.accepted Karen Boucher granby");
  expect(town.filter((line) => !line.endsWith(" granby"))).toEqual([]);
});

describe("the record as verification streams it", () => {
  const ODD = [
    "plain",
    '“quotes”, "quotes" and \\ a backslash',
    "line\nbreak, tab\t, \u0001 \u001e \u001f \u007f",
    "ñandú 北 🚒 \u2028",
    "</script>",
    "",
  ];

  test("says byte for byte what the entries say, however they are cut", async () => {
    await inTransaction(story.client, async (transaction) => {
      for (const [index, text] of ODD.entries()) {
        await appendAudit(
          transaction,
          {
            actor: index % 2 ? null : { personId: text || "nobody", name: text },
            action: "message.exported",
            subject: { type: "alert", id: text },
            incidentId: index % 2 ? text : null,
            summary: text,
            data: {
              b: [1, 1.5, -0.25, 1e21, true, null, text],
              aa: { [text]: text, z: {}, "a b": [] },
              [text]: 12345678901,
            },
          },
          new Date(`2026-11-26T01:02:03.00${index}Z`),
        );
      }
    });
    const rows = (await story.client.auditEvent.findMany({ orderBy: { seq: "asc" } })).map(toEntry);
    for (const at of [1, 3, rows.length, 5000]) {
      const streamed: WalkedEntry[] = [];
      let last = { seq: 0, hash: GENESIS };
      for await (const slice of streamEntries(story.client, at)) {
        expect(slice.length).toBeLessThanOrEqual(at);
        expect(findBreak(slice, last)).toBeUndefined();
        last = slice.at(-1)!;
        streamed.push(...slice);
      }
      expect(streamed.map(({ bytes }) => bytes)).toEqual(rows.map(hashedBytes));
      expect(streamed.map(wholeOf)).toEqual(rows);
    }
  });
});
