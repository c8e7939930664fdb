import { Client } from "pg";
import { decideAlert } from "../../alerts/commands/decide";
import { discardAlert } from "../../alerts/commands/discard";
import {
  approval,
  approve,
  draftFor,
  followUp,
  mark,
  placesNamed,
  save,
  type Story,
  submit,
} from "../../alerts/story-for-tests";
import { reportStatus } from "../../directory/commands/report-status";
import { recordTestCall } from "../../directory/commands/test-call";
import { verifyRecord } from "../../evidence/verify";
import { applyImport } from "../../exchange/commands/apply";
import { beginImport } from "../../exchange/commands/begin";
import { readImport } from "../../exchange/commands/read";
import { listMigrations } from "../../platform/migration-list";
import type { Fixture } from "../../platform/test-database";
import { changeRole } from "../../people/commands/people";

/**
 * A database as this version leaves it, for the versions that come after: with
 * `CALLBOX_LANDING=COMMIT npx vitest run lib/cli/check/upgrade.test.ts` it becomes a file in prisma/fixtures.
 * Those of 6ae06ce to e1825f7 were made by the same acts with the code of those commits.
 */

const must = (result: { ok: true } | { ok: false; message: string }): void => {
  if (!result.ok) throw new Error(result.message);
};

/** What people do in a week: calls, an import, alerts in every state, what follows them, an exercise. */
export async function fillAsPeopleDo(story: Story): Promise<void> {
  const { client } = story;
  const [dana, luis, tess] = [await story.actor("dana"), await story.actor("luis"), await story.actor("tess")];
  const [sam, ruth] = [await story.actor("sam"), await story.actor("ruth")];
  const numberId = "demo-2501526535-1";
  must(
    await recordTestCall(
      client,
      tess,
      { numberId, result: "right-desk", answeredBy: "dispatcher on duty" },
      new Date(),
    ),
  );
  must(await reportStatus(client, tess, { id: numberId, status: "overloaded" }, new Date()));
  must(
    await changeRole(
      client,
      sam,
      { personId: "demo-mei", agencyId: "granby", role: "auditor", grant: true },
      new Date(),
    ),
  );
  const importer = { actor: tess, agencyId: "state-911" };
  const imported = await beginImport(client, importer, { kind: "numbers", fileName: "numbers.csv" }, new Date());
  const file = "place,number,service\nGranby,413-555-0171,police\nAmherst,413-555-0172,fire\n";
  await readImport(client, importer, imported, Buffer.from(file));
  must(await applyImport(client, importer, imported, new Date()));

  const publish = async (id: string) => {
    await submit(story, dana, id);
    must(await approve(story, luis, id));
  };
  const towns = await placesNamed(client, "Granby", "Amherst", "Belchertown");
  const first = await draftFor(story, dana, towns);
  must(await save(story, dana, first.id, (content) => ({ ...content, validMinutes: 720 })));
  await publish(first.id);
  await publish(await followUp(story, dana, { incidentId: first.incidentId, purpose: "update" }));
  must(await mark(story, dana, first.incidentId, towns.slice(0, 1), "restored"));
  await publish(await followUp(story, dana, { incidentId: first.incidentId, purpose: "restoration" }));
  const second = await draftFor(story, dana, await placesNamed(client, "Hadley"));
  await publish(second.id);
  await publish(await followUp(story, dana, { incidentId: second.incidentId, purpose: "cancellation" }));

  for (const decision of ["return", "reject"] as const) {
    const { id } = await draftFor(story, dana, await placesNamed(client, "Ludlow"));
    await submit(story, dana, id);
    const decided = { ...(await approval(story, id)), decision, reason: "The number is an old one." };
    must(await decideAlert(client, luis, decided, new Date()));
  }
  const discarded = await draftFor(story, dana, await placesNamed(client, "Ware"));
  must(await discardAlert(client, dana, { id: discarded.id }, new Date()));
  await submit(story, dana, (await draftFor(story, dana, await placesNamed(client, "Palmer"))).id);
  const writing = await draftFor(story, ruth, await placesNamed(client, "Amherst"));
  must(await save(story, ruth, writing.id, (content) => ({ ...content, validMinutes: 240 })));
  await publish((await draftFor(story, dana, await placesNamed(client, "Granby"), { mode: "exercise" })).id);
}

/** Tables of which only the rows of one state are kept, by the column that names the place. */
const OF_PLACES: Readonly<Record<string, string>> = {
  Place: "id",
  PlaceZip: "placeId",
  AreaMember: "placeId",
  ReadinessDay: "placeId",
  PlaceAlias: "placeId",
};
const OUTLINE = /outline|geometry|shape/i;

/** Everything in a database, but places of other states and outlines. @param madeBy the commit whose code filled it */
export async function dumpLanding(story: Story, madeBy: string): Promise<Fixture> {
  const { problems, head } = await verifyRecord(story.client, new Date());
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const owner = new Client(story.ownerUrl);
  await owner.connect();
  try {
    const rowsOf = async <Row>(sql: string) => (await owner.query<{ row: Row }>(sql)).rows.map(({ row }) => row);
    const names = await rowsOf<string>(
      `select relname as row from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
       and relname <> '_prisma_migrations' order by 1`,
    );
    const tables: Fixture["tables"] = {};
    for (const name of names) {
      const column = OF_PLACES[name];
      const where = column ? `where t."${column}" like '25%' or t."${column}" !~ '^[0-9]'` : "";
      const rows = await rowsOf<Record<string, unknown>>(`select to_jsonb(t) as row from "${name}" t ${where}`);
      tables[name] = rows.map((row) =>
        name === "Place"
          ? Object.fromEntries(Object.entries(row).map(([key, value]) => [key, OUTLINE.test(key) ? null : value]))
          : row,
      );
    }
    const jobs = await rowsOf<NonNullable<Fixture["jobs"]>[number]>(
      `select jsonb_build_object('task', t.identifier, 'payload', j.payload, 'queue', q.queue_name, 'key', j.key,
         'maxAttempts', j.max_attempts) as row
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       left join graphile_worker._private_job_queues q on q.id = j.job_queue_id order by j.id`,
    );
    return { madeBy, through: listMigrations("prisma").at(-1)!, head: head.split(":")[1]!, tables, jobs };
  } finally {
    await owner.end();
  }
}
