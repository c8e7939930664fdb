import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { ALERT_STATES, type AlertState } from "../alerts/schema";
import { STEPS } from "../alerts/lifecycle/steps";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../alerts/story-for-tests";
import { applyMigrations } from "./migrations";
import { listMigrations } from "./migration-list";
import { copyDatabase } from "./test-database";

/** The forbidden things, tried in raw SQL: by the owner of the tables, whom no code stands in front of. */

let story: Story;
let owner: Client;
let app: Client;
let published: string;
let waiting: string;
let waitingHash: string;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  owner = new Client(story.ownerUrl);
  app = new Client(story.appUrl);
  await owner.connect();
  await app.connect();
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  const towns = await placesNamed(story.client, "Granby", "Amherst");
  published = (await draftFor(story, dana, towns)).id;
  await submit(story, dana, published);
  await approve(story, luis, published);
  waiting = (await draftFor(story, dana, towns)).id;
  waitingHash = await submit(story, dana, waiting);
});
afterAll(async () => {
  await owner.end();
  await app.end();
  await story.client.$disconnect();
});

async function constraintOf(client: Client, sql: string, values: unknown[] = []): Promise<string> {
  try {
    await client.query("begin");
    await client.query(sql, values);
    return "nothing refused it";
  } catch (error) {
    const { constraint, code, message } = error as { constraint?: string; code?: string; message: string };
    return constraint ?? (code === "42501" ? "permission denied" : message);
  } finally {
    await client.query("rollback");
  }
}

describe("the database refuses, by name", () => {
  const attempts: [string, string, string][] = [
    [
      "altering an audit entry",
      `update "AuditEvent" set summary = 'nothing happened' where seq = 2`,
      "an_audit_event_is_never_changed",
    ],
    ["deleting an audit entry", `delete from "AuditEvent" where seq = 2`, "an_audit_event_is_never_changed"],
    ["emptying the audit", `truncate "AuditEvent"`, "an_audit_event_is_never_changed"],
    [
      "forking the record",
      `insert into "AuditEvent" select seq + 1, at, "actorId", actor, "agencyId", action, "subjectType", "subjectId", "incidentId", summary, data, repeat('a', 64), repeat('b', 64) from "AuditEvent" order by seq desc limit 1`,
      "the_record_is_one_chain",
    ],
    [
      "altering published bytes",
      `insert into "Message" (id, "alertId", "placeId", audience, identifier)
        select 'x', id, '2501526535', 'phones', 'X-1' from "Alert" where state in ('draft', 'submitted') limit 1;
      update "Message" set xml = 'x', sha256 = encode(sha256('x'), 'hex') where xml is not null`,
      "published_bytes_are_never_changed",
    ],
    ["deleting published bytes", `delete from "Message" where xml is not null`, "published_bytes_are_never_changed"],
    ["emptying the messages", `truncate "Message" cascade`, "published_bytes_are_never_changed"],
    [
      "moving an identifier",
      `update "Message" set identifier = 'OTHER' where identifier = (select min(identifier) from "Message")`,
      "an_identifier_is_minted_once",
    ],
    [
      "writing bytes without approval",
      `insert into "Message" (id, "alertId", "placeId", audience, identifier)
        select 'x', id, '2501526535', 'phones', 'X-1' from "Alert" where state in ('draft', 'submitted') limit 1;
      update "Message" set xml = 'x', sha256 = encode(sha256('x'), 'hex'), sent = 'now' where xml is null`,
      "only_approved_messages_are_written",
    ],
    ["altering an approval", `update "Decision" set "personId" = 'demo-mei'`, "an_approval_is_never_changed"],
    ["deleting an approval", `delete from "Decision"`, "an_approval_is_never_changed"],
    ["altering a publication", `update "Publication" set "publishedBy" = 'Nobody'`, "a_publication_is_never_changed"],
    ["deleting a publication", `delete from "Publication"`, "a_publication_is_never_changed"],
    ["taking a contribution back", `delete from "Contribution"`, "a_contribution_is_never_taken_back"],
    ["deleting a test call", `delete from "TestCall"`, "a_test_call_is_kept_for_ever"],
    ["rewording a template version", `update "Template" set name = 'Other'`, "a_template_version_is_never_changed"],
    ["making the demonstration real", `update "Site" set mode = 'real'`, "a_site_never_changes_its_nature"],
    ["a second site", `insert into "Site" values (2, 'real', 'Other', 'UTC', now())`, "there_is_one_site"],
    [
      "a real number in the demonstration",
      `insert into "DirectNumber" (id, "placeId", service, e164, desk, hours, lines, preference)
        values ('x', '2501526535', 'police', '+16172345678', 'd', 'h', 1, 1)`,
      "invented_numbers_stay_in_the_demonstration",
    ],
    [
      "a live message in the demonstration",
      `update "Alert" set "capStatus" = 'Actual' where state = 'submitted'`,
      "a_status_fits_the_site_and_the_incident",
    ],
    [
      "turning an incident into an exercise",
      `update "Incident" set mode = 'exercise'`,
      "an_incident_never_changes_mode",
    ],
    [
      "editing an approved alert",
      `update "Alert" set content = '{}' where state = 'published'`,
      "an_approved_alert_is_never_edited",
    ],
    [
      "editing in place what is with the approver",
      `update "Alert" set content = '{}' where state = 'submitted'`,
      "submitted_content_is_never_edited_in_place",
    ],
    [
      "a bundle that is not the fingerprint's",
      `update "Alert" set state = 'draft', bundle = '{}' where state = 'submitted'`,
      "a_fingerprint_is_of_the_bundle",
    ],
    [
      "approving without a person",
      `update "Alert" set state = 'approved' where state = 'submitted'`,
      "an_alert_is_approved_by_a_person",
    ],
    [
      "a return without a reason",
      `insert into "Decision" select 'x', id, 'demo-luis', 'return', "contentHash", ' ', '[]', now() from "Alert" where state = 'submitted'`,
      "a_return_or_rejection_has_a_reason",
    ],
    [
      "other digits in the same entry",
      `update "DirectNumber" set e164 = '+16175550177' where id = 'demo-2501526535-1'`,
      "the_number_dialled_never_changes",
    ],
    [
      "moving a number to another place",
      `update "DirectNumber" set "placeId" = '2502507000' where id = 'demo-2501526535-1'`,
      "the_number_dialled_never_changes",
    ],
    ["deleting a number", `delete from "DirectNumber"`, "a_number_is_never_deleted"],
    [
      "a number twice for one place and service",
      `insert into "DirectNumber" (id, "placeId", service, e164, desk, hours, lines, preference, "isDemonstration")
        select 'x', "placeId", service, e164, desk, hours, lines, preference, true from "DirectNumber" where id = 'demo-2501526535-1'`,
      "a_number_stands_once_per_place_and_service",
    ],
    [
      "retiring a number without a reason",
      `update "DirectNumber" set "retiredAt" = now(), "retiredBy" = 'x', "retiredWhy" = ' '`,
      "a_number_is_retired_by_somebody_for_a_reason",
    ],
    ["an unknown service", `update "DirectNumber" set service = 'magic'`, "a_service_is_known"],
    ["an area made of an area", `update "AreaMember" set "placeId" = "areaId"`, "an_area_is_made_of_places"],
    [
      "a town made of towns",
      `insert into "AreaMember" values ('2501526535', '2502507000')`,
      "an_area_is_made_of_places",
    ],
    ["an unknown route", `update "HelpOption" set kind = 'pigeon'`, "a_help_option_kind_is_known"],
    [
      "a check that lasts ten years",
      `update "Agency" set "verificationDays" = 3650`,
      "a_test_call_vouches_for_a_week_to_a_year",
    ],
    [
      "rewriting what was changed about a number",
      `insert into "NumberChange" (id, "numberId", action, after, by, at) values ('x', 'demo-2501526535-1', 'changed', '{}', 'y', now());
       update "NumberChange" set by = 'Nobody'`,
      "a_number_change_is_kept_for_ever",
    ],
    [
      "rewriting a settlement",
      `insert into "ConflictSettlement" values ('x', 'k', 'two-agencies', '{}', '{}', 'both-right', 'a reason long enough', 'p', 'P', now());
       update "ConflictSettlement" set decision = 'kept-one'`,
      "a_settlement_is_kept_for_ever",
    ],
    [
      "renaming a published alert",
      `update "Alert" set title = 'Other' where state = 'published'`,
      "an_approved_alert_is_never_edited",
    ],
    [
      "letting a published alert last longer",
      `update "Alert" set "expiresAt" = "expiresAt" + interval '1 day' where state = 'published'`,
      "an_alert_ends_when_it_said",
    ],
    [
      "dating a published alert back",
      `update "Alert" set "publishedAt" = "publishedAt" - interval '1 hour' where state = 'published'`,
      "an_alert_ends_when_it_said",
    ],
    ["moving an alert to another agency", `update "Alert" set "agencyId" = 'granby'`, "what_an_alert_is_never_changes"],
    ["another author of an alert", `update "Alert" set "createdById" = 'demo-mei'`, "what_an_alert_is_never_changes"],
    ["deleting an alert", `delete from "Alert"`, "an_alert_is_never_deleted"],
    ["rewriting a saved draft", `update "Revision" set content = '{}'`, "a_saved_draft_is_kept"],
    ["deleting a saved draft", `delete from "Revision"`, "a_saved_draft_is_kept"],
    [
      "verifying a number without a call",
      `update "DirectNumber" set "verifiedUntil" = now() + interval '90 days' where id = 'demo-2501526535-1'`,
      "what_calls_say_comes_from_calls",
    ],
    [
      "a number that begins verified",
      `insert into "DirectNumber" (id, "placeId", service, e164, desk, hours, lines, preference, "isDemonstration", "verifiedUntil")
        values ('x', '2501526535', 'police', '+14135550177', 'd', 'h', 1, 1, true, now())`,
      "what_calls_say_comes_from_calls",
    ],
    [
      "another declarer of an incident",
      `update "Incident" set "declaredById" = 'demo-mei'`,
      "what_an_incident_is_never_changes",
    ],
    ["forgetting a place of an incident", `delete from "IncidentPlace"`, "a_place_of_an_incident_stays_in_it"],
    [
      "a restored place without evidence",
      `update "IncidentPlace" set state = 'restored', since = now(), evidence = ' '`,
      "a_changed_place_says_since_when_and_how",
    ],
    [
      "referring to a message of another outage",
      `insert into "MessageReference" select a.id, b.id from "Message" a, "Message" b where a.id <> b.id limit 1`,
      "a_message_refers_to_what_is_in_force",
    ],
    ["deleting an incident", `delete from "Incident"`, "an_incident_is_never_deleted"],
    ["deleting a person", `delete from "Person"`, "a_person_is_never_deleted"],
    ["an unknown role", `insert into "Membership" values ('demo-mei', 'boston', 'king')`, "a_role_is_known"],
  ];

  test.each(attempts)("%s", async (_, sql, constraint) => {
    expect(await constraintOf(owner, sql)).toBe(constraint);
  });

  test("approval by a contributor", async () => {
    const sql = `insert into "Decision" values ('x', $1, 'demo-dana', 'approve', $2, null, '[]', now())`;
    expect(await constraintOf(owner, sql, [waiting, waitingHash])).toBe("an_approver_did_not_contribute");
  });

  test("approval of another content than the submitted one", async () => {
    const sql = `insert into "Decision" values ('x', $1, 'demo-luis', 'approve', $2, null, '[]', now())`;
    expect(await constraintOf(owner, sql, [waiting, "a".repeat(64)])).toBe("a_decision_is_about_the_submitted_content");
  });

  test("a second approval of one alert", async () => {
    const sql = `insert into "Decision" values ('x', $1, 'demo-luis', 'approve', $2, null, '[]', now()), ('y', $1, 'demo-mei', 'approve', $2, null, '[]', now())`;
    expect(await constraintOf(owner, sql, [waiting, waitingHash])).toBe("an_alert_is_approved_once");
  });

  test("an approver who contributes afterwards", async () => {
    const sql = `insert into "Contribution" values ($1, 'demo-luis', 'wrote it after all', now())`;
    expect(await constraintOf(owner, sql, [published])).toBe("an_approver_did_not_contribute");
  });

  test("a publication twice, or of other bytes", async () => {
    const again = `insert into "Publication" select 'x', "messageId", channel, sha256, size, "publishedById", "publishedBy", now() from "Publication" limit 1`;
    expect(await constraintOf(owner, again)).toBe("Publication_messageId_channel_key");
    const other = `insert into "Publication" select 'x', "messageId", 'other', repeat('a', 64), size, "publishedById", "publishedBy", now() from "Publication" limit 1`;
    expect(await constraintOf(owner, other)).toBe("a_publication_is_of_the_stored_bytes");
  });
});

describe("a real site", () => {
  test.each([
    ["911", "a_direct_number_is_ten_digits"],
    ["+1617555012", "a_direct_number_is_ten_digits"],
    ["+10172345678", "a_direct_number_is_ten_digits"],
    ["+16174110123", "a_direct_number_is_never_n11"],
    ["+14112345678", "a_direct_number_is_never_n11"],
    ["+16175550101", "invented_numbers_stay_in_the_demonstration"],
    ["+16172345678", "nothing refused it"],
  ])("keeps %s: %s", async (number, constraint) => {
    const { ownerUrl } = await copyDatabase(inject("databases"), { empty: true });
    const client = new Client(ownerUrl);
    await client.connect();
    await client.query(`insert into "Site" values (1, 'real', 'Real', 'UTC', now())`);
    await client.query(`insert into "Place" (id, kind, name, label, "stateName", "stateCode", "shortName", "sameCode",
      population, latitude, longitude, "timeZone") values ('1', 'municipality', 'A', 'town', 'S', 'ST', 'A', '025001', 1, 1, 1, 'UTC')`);
    const sql = `insert into "DirectNumber" (id, "placeId", service, e164, desk, hours, lines, preference)
      values ('n', '1', 'dispatch', $1, 'd', 'h', 1, 1)`;
    expect(await constraintOf(client, sql, [number])).toBe(constraint);
    await client.end();
  });
});

describe("the role the console runs as", () => {
  test.each([
    "AuditEvent",
    "Decision",
    "Publication",
    "Contribution",
    "TestCall",
    "Template",
    "NumberChange",
    "ConflictSettlement",
  ])("may not even try to update, delete or empty %s", async (table) => {
    const column =
      { AuditEvent: "actor", Approval: "decision", Template: "name", NumberChange: "by", ConflictSettlement: "by" }[
        table
      ] ?? (table === "TestCall" ? "note" : "id");
    const target = table === "Contribution" ? "what" : column;
    expect(await constraintOf(app, `update "${table}" set "${target}" = 'x'`)).toBe("permission denied");
    expect(await constraintOf(app, `delete from "${table}"`)).toBe("permission denied");
    expect(await constraintOf(app, `truncate "${table}" cascade`)).toBe("permission denied");
  });
  test("approves its own work by no temporary table that stands in for one of ours", async () => {
    for (const attack of [
      `create temporary table "Contribution" ("alertId" text, "personId" text)`,
      `create temporary table "Decision" as select * from public."Decision"`,
      `create table public.stand_in (id text)`,
      `create function public.refuse(text, text, text) returns void language sql as 'select'`,
      `create schema mine`,
    ]) {
      expect(await constraintOf(app, attack)).toBe("permission denied");
    }
    // Even an owner, who may make such tables, is refused by the real ones.
    const shadow = `create temporary table "Contribution" ("alertId" text, "personId" text, what text, at timestamptz);
      create temporary table "Alert" as select * from public."Alert" where id = '${waiting}';
      insert into public."Decision" values ('x', '${waiting}', 'demo-dana', 'approve', '${waitingHash}', null, '[]', now())`;
    expect(await constraintOf(owner, shadow)).toBe("an_approver_did_not_contribute");
  });

  test("every function looks names up in this schema only", async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select proname as name from pg_proc where pronamespace = 'public'::regnamespace
       and not coalesce('search_path=pg_catalog, public, pg_temp' = any (proconfig), false)`,
    );
    expect(rows).toEqual([]);
  });

  test("has the rights on this list and no others", async () => {
    const { rows: tables } = await owner.query<{ name: string; may: string }>(`
      select table_name as name, string_agg(lower(privilege_type), ' ' order by privilege_type) as may
      from information_schema.role_table_grants
      where table_schema = 'public' and grantee = 'callbox_app' group by 1 order by 1`);
    const every = Object.fromEntries(tables.map(({ name, may }) => [name, may]));
    expect(every).toEqual({
      AccessRequest: "insert select",
      Agency: "insert select update",
      AgencyAlternate: "delete insert select",
      Alert: "insert select",
      AlertComment: "insert select",
      AlertPresence: "delete insert select",
      AlertReference: "insert select",
      Decision: "insert select",
      AreaMember: "delete insert select",
      Attempt: "insert select",
      AuditEvent: "insert select",
      Authenticator: "delete insert select",
      BackupRun: "insert select update",
      Channel: "insert select",
      Condition: "insert select update",
      ConflictSettlement: "insert select",
      Contribution: "insert select",
      Delivery: "insert select",
      DirectNumber: "insert select",
      DirectoryImport: "insert select update",
      EmergencyRequest: "insert select",
      Exercise: "insert select",
      ExerciseAcknowledgment: "insert select",
      ExerciseInject: "delete insert select",
      ExercisePlayer: "delete insert select",
      Heartbeat: "insert select update",
      ImportRow: "delete insert select update",
      ImportSlice: "delete insert select",
      Incident: "insert select",
      IncidentEntry: "insert select",
      IncidentPlace: "insert select",
      LabDemonstration: "insert select",
      LinkedSignIn: "delete insert select",
      Membership: "delete insert select",
      Message: "insert select",
      MessageReference: "insert select",
      Notice: "insert select",
      NumberChange: "insert select",
      PageLanguage: "insert select update",
      Passkey: "delete insert select",
      Person: "insert select",
      PlaceAlias: "insert select",
      PlaceZip: "delete insert select",
      Publication: "insert select",
      ReadinessDay: "delete insert select update",
      ReadyDraft: "insert select",
      RecoveryCode: "delete insert select",
      RoleProposal: "delete insert select",
      Place: "insert select update",
      Revision: "insert select",
      HelpOption: "insert select update",
      Session: "delete insert select",
      SetupLink: "insert select",
      SignInEvent: "delete insert select",
      SignInFailure: "delete insert select",
      SignInProvider: "insert select",
      Site: "insert select",
      Template: "insert select",
      TemplateDraft: "insert select",
      TestCall: "insert select",
      Translation: "insert select update",
      UsedChallenge: "delete insert select",
      Language: "select",
      _prisma_migrations: "select",
    });
    const { rows: columns } = await owner.query<{ name: string; parts: string }>(`
      select table_name as name, string_agg(column_name, ' ' order by column_name) as parts
      from information_schema.column_privileges
      where table_schema = 'public' and grantee = 'callbox_app' and privilege_type = 'UPDATE'
        and table_name not in ('Agency', 'BackupRun', 'Condition', 'DirectoryImport', 'Heartbeat', 'ImportRow', 'PageLanguage', 'ReadinessDay', 'Place', 'HelpOption', 'Translation')
      group by 1 order by 1`);
    expect(Object.fromEntries(columns.map(({ name, parts }) => [name, parts]))).toEqual({
      Alert:
        "bundle content contentHash expiresAt publishedAt state submittedAt submittedBy templateId title updatedAt updatedBy version withheldFrom",
      AccessRequest: "decidedAt decidedBy decidedById state",
      AlertPresence: "seenAt",
      Attempt: "answer endedAt outcome",
      Authenticator: "confirmedAt lastCounter",
      Channel:
        "askedAt askedBy askedById confirmedAt confirmedBy confirmedById failures name pausedUntil retiredAt secrets settings state succeededAt",
      Delivery: "attempts doneAt problem state",
      DirectNumber:
        "desk hours languages lines ownerId preference retiredAt retiredBy retiredWhy service sharedWith911 status statusAt statusBy takesTexts version",
      Exercise:
        "brief calledOffAt calledOffBy calledOffWhy carrier closedAt closedBy failure incidentId placeIds startedAt startedBy startsAt targets textTo911 title version",
      Incident: "beganAt carrier cause closedAt evidence expectedEndAt failure textTo911 title",
      IncidentPlace: "evidence since state",
      LabDemonstration: "withdrawnAt withdrawnBy",
      LinkedSignIn: "endedAt lastUsedAt",
      Message: "sent sha256 xml",
      Notice: "attempts problem sentAt state",
      Passkey: "counter lastUsedAt",
      Person: "disabledAt email homeAgencyId name passwordHash phone",
      ReadyDraft: "checkedAt problems retiredAt retiredBy",
      RecoveryCode: "usedAt",
      RoleProposal: "dismissedAt dismissedBy",
      Session: "confirmedAt lastSeenAt method provenAt revokedAt",
      SetupLink: "usedAt",
      SignInProvider:
        "askedAt askedBy askedById certificate clientAuth clientId confirmedAt confirmedBy confirmedById issuer name retiredAt secrets settings state",
      TemplateDraft:
        "body contentHash contributors decidedAt decidedBy decidedById name reason state updatedAt updatedBy updatedById version",
    });
    const { rows: rest } = await owner.query<{ may: boolean[] }>(`select array[
      has_database_privilege('callbox_app', current_database(), 'temporary'),
      has_database_privilege('callbox_app', current_database(), 'create'),
      has_schema_privilege('callbox_app', 'public', 'create'),
      exists (select 1 from pg_roles where rolname = 'callbox_app' and (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls)),
      exists (select 1 from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = 'callbox_app')] as may`);
    expect(rest[0]!.may).toEqual([false, false, false, false, false]);
    const { rows: functions } = await owner.query<{ name: string }>(`
      select proname as name from pg_proc where pronamespace = 'public'::regnamespace
        and has_function_privilege('callbox_app', oid, 'execute') order by 1`);
    expect(functions.map(({ name }) => name)).toEqual(["administers", "confirmed_here", "refuse"]);
    // Of the jobs, everything but which version their tables are of.
    const { rows: jobs } = await owner.query<{ name: string; may: string }>(`
      select table_name as name, string_agg(distinct lower(privilege_type), ' ' order by lower(privilege_type)) as may
      from information_schema.table_privileges
      where table_schema = 'graphile_worker' and grantee = 'callbox_app' group by 1 order by 1`);
    expect(Object.fromEntries(jobs.map(({ name, may }) => [name, may]))).toEqual({
      _private_job_queues: "delete insert select update",
      _private_jobs: "delete insert select update",
      _private_known_crontabs: "delete insert select update",
      _private_tasks: "delete insert select update",
      migrations: "select",
    });
  });

  test("may not switch triggers off", async () => {
    expect(await constraintOf(app, `alter table "AuditEvent" disable trigger all`)).toBe("permission denied");
  });
});

describe("the lifecycle, against its table", () => {
  const legal = new Set(Object.values(STEPS).flatMap(({ from, to }) => from.map((state) => `${state}>${to}`)));
  const pairs = ALERT_STATES.flatMap((from) =>
    ALERT_STATES.filter((to) => to !== from).map((to) => [from, to] as const),
  );

  /** Puts a copy of an alert into a state by switching the triggers off, as only the owner can. */
  async function placeIn(state: AlertState): Promise<void> {
    await owner.query(`alter table "Alert" disable trigger user`);
    await owner.query(`update "Alert" set state = $1, "publishedAt" = now(), "expiresAt" = now() where id = $2`, [
      state,
      waiting,
    ]);
    await owner.query(`alter table "Alert" enable trigger user`);
  }

  test.each(pairs)("%s to %s", async (from, to) => {
    await placeIn(from);
    const refused = await constraintOf(owner, `update "Alert" set state = '${to}' where id = $1`, [waiting]);
    if (!legal.has(`${from}>${to}`)) expect(refused).toBe("an_alert_moves_only_by_its_lifecycle");
    else if (to === "approved") expect(refused).toBe("an_alert_is_approved_by_a_person");
    // The alert is of a real outage.
    else if (from === "submitted" && to === "discarded") expect(refused).toBe("only_an_exercise_ends_what_waits");
    else expect(refused).toBe("nothing refused it");
    await placeIn("submitted");
  });

  test("a new alert begins as a draft", async () => {
    const columns = `"agencyId", "incidentId", "templateId", purpose, title, version, content, "capStatus", "createdById", "createdBy", "createdAt", "updatedAt", "updatedBy", bundle, "contentHash"`;
    const sql = `insert into "Alert" (id, code, state, ${columns}) select 'x', 'x', 'submitted', ${columns} from "Alert" where id = $1`;
    expect(await constraintOf(owner, sql, [waiting])).toBe("an_alert_begins_as_a_draft");
  });
});

test("migrations are applied once, and are all there", async () => {
  expect(await applyMigrations(story.ownerUrl, "prisma")).toEqual([]);
  const { rows } = await owner.query<{ migration_name: string }>(
    `select migration_name from "_prisma_migrations" order by migration_name`,
  );
  expect(rows.map(({ migration_name }) => migration_name)).toEqual(listMigrations("prisma"));
});
