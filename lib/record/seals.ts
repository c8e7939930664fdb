import "server-only";
import { Prisma, type Reader } from "../platform/db";
import { canonicalJson } from "./canonical-json";
import { fingerprint } from "./chain";

/**
 * Ties the rows of other tables to the record. An entry carries a seal, the
 * fingerprint of what a row says, for each row its change touched. Verification
 * works the seals out again from the tables: a row that was altered, deleted or
 * slipped in by hand has another seal, none, or one that no entry announced.
 */

/** Version of what is sealed; an entry says which, so that a later one can seal more. */
export const SEAL_FORMAT = "callbox-seals-1";

type Fields = Record<string, unknown>;
interface Page {
  ids?: readonly string[];
  after?: string;
  take: number;
}

interface SealedTable {
  /** One of them, for people. */
  one: string;
  many: string;
  /** Whether rows are only ever added. Then those from before the first baseline are kept as one fingerprint. */
  appendOnly: boolean;
  /** Rows by id in order, a page at a time. */
  read: (client: Reader, page: Page) => Promise<[string, Fields][]>;
}

/** Rows by a single id column, in its order. */
const byId = ({ ids, after }: Page) => ({
  ...(ids ? { id: { in: [...ids] } } : {}),
  ...(after === undefined ? {} : { AND: [{ id: { gt: after } }] }),
});
const ordered = (page: Page) => ({ where: byId(page), orderBy: { id: "asc" as const }, take: page.take });
/**
 * These fields, and no other: a column that a later version adds leaves older
 * seals as they are. For the same reason a column keeps its first name in a seal
 * when it gets another one.
 */
const pick = <Row extends object>(row: Row, ...names: (keyof Row & string)[]): Fields =>
  Object.fromEntries(names.map((name) => [name, row[name]]));
const keyed = <Row extends { id: string }>(rows: Row[], pick: (row: Row) => Fields): [string, Fields][] =>
  rows.map((row) => [row.id, pick(row)]);

/** Spanish was a column of its own when rows were first sealed. */
const FIRST_SEALED = "es-US";

/** Adds the words of rows in other languages: Spanish under the names its columns had, others by language. */
async function withWords(
  client: Reader,
  subject: string,
  columns: Record<string, string>,
  rows: [string, Fields][],
): Promise<[string, Fields][]> {
  const found = await client.translation.findMany({
    where: { subject, subjectId: { in: rows.map(([id]) => id) } },
    orderBy: [{ language: "asc" }, { field: "asc" }],
  });
  const byRow = new Map<string, typeof found>();
  for (const one of found) byRow.set(one.subjectId, [...(byRow.get(one.subjectId) ?? []), one]);
  return rows.map(([id, fields]) => {
    const words = byRow.get(id) ?? [];
    const sealed: Fields = { ...fields };
    for (const [field, column] of Object.entries(columns)) {
      sealed[column] = words.find((one) => one.language === FIRST_SEALED && one.field === field)?.text ?? "";
    }
    const others = words.filter(({ language }) => language !== FIRST_SEALED);
    if (others.length > 0) sealed.translations = others.map(({ language, field, text }) => [language, field, text]);
    return [id, sealed];
  });
}

/** A page of rows, in SQL, by what they are told apart by. */
const onPage = (column: Prisma.Sql, { ids, after }: Page) => Prisma.sql`
  ${ids ? Prisma.sql`${column} in (${Prisma.join([...ids])})` : Prisma.sql`true`}
  and ${after === undefined ? Prisma.sql`true` : Prisma.sql`${column} > ${after}`}`;

/**
 * Rows that are sealed together, a group at a time: how many, and one
 * fingerprint of them all, worked out in the database, for there may be 50,000.
 */
async function readDigests(
  client: Reader,
  page: Page,
  { group, id, fields, from, where }: Record<"group" | "id" | "fields" | "from" | "where", Prisma.Sql>,
): Promise<[string, Fields][]> {
  const rows = await client.$queryRaw<{ id: string; rows: bigint; digest: string }[]>`
    select ${group} as id, count(*) as rows, encode(sha256(convert_to(string_agg(
      encode(sha256(convert_to(jsonb_build_array(${fields})::text, 'UTF8')), 'hex'),
      '' order by ${id} collate "C"), 'UTF8')), 'hex') as digest
    from ${from} where ${where} and ${onPage(group, page)}
    group by 1 order by 1 limit ${page.take}`;
  return rows.map((row) => [row.id, { rows: Number(row.rows), digest: row.digest }]);
}

/** Who asked for a change of access, and who confirmed it. */
const sealRequest = (row: Prisma.AccessRequestGetPayload<object>): Fields =>
  pick(
    row,
    "id",
    "kind",
    "agencyId",
    "role",
    "reason",
    "byOperator",
    "askedById",
    "askedAt",
    "state",
    "decidedById",
    "decidedAt",
  );

/** Of the requests of an agency, those that are about no person. */
const AGENCY_PARTS = {
  alternates: true,
  accessRequests: { where: { personId: null }, orderBy: { id: "asc" as const } },
} as const;

export const SEALED = {
  person: {
    one: "person",
    many: "people",
    appendOnly: false,
    read: async (client, page) =>
      keyed(
        await client.person.findMany({
          ...ordered(page),
          include: {
            authenticator: { select: { secret: true, createdAt: true, confirmedAt: true } },
            passkeys: { select: { id: true, publicKey: true }, orderBy: { id: "asc" } },
            linked: { where: { endedAt: null }, orderBy: [{ issuer: "asc" }, { subject: "asc" }] },
          },
        }),
        ({ authenticator, passkeys, linked, ...row }) => ({
          ...pick(row, "name", "email", "phone", "homeAgencyId", "passwordHash", "disabledAt"),
          // Sealed without them while there were none.
          ...(authenticator?.confirmedAt
            ? { authenticator: [fingerprint(authenticator.secret), authenticator.createdAt] }
            : {}),
          ...(passkeys.length > 0
            ? { passkeys: passkeys.map(({ id, publicKey }) => [id, Buffer.from(publicKey).toString("base64url")]) }
            : {}),
          ...(linked.length > 0 ? { linked: linked.map(({ issuer, subject }) => [issuer, subject]) } : {}),
        }),
      ),
  },
  roles: {
    one: "set of roles",
    many: "sets of roles",
    appendOnly: false,
    read: async (client, page) =>
      keyed(
        await client.person.findMany({
          ...ordered(page),
          include: { memberships: true, requests: { orderBy: { id: "asc" } } },
        }),
        ({ memberships, requests }) => ({
          roles: memberships.map(({ agencyId, role }) => `${agencyId} ${role}`).sort(),
          ...(requests.length > 0 ? { requests: requests.map(sealRequest) } : {}),
        }),
      ),
  },
  agency: {
    one: "agency",
    many: "agencies",
    appendOnly: false,
    read: async (client, page) =>
      withWords(
        client,
        "agency",
        { name: "nameEs", shortName: "shortNameEs" },
        keyed(await client.agency.findMany({ ...ordered(page), include: AGENCY_PARTS }), (row) => ({
          ...(row.accessRequests.length > 0 ? { requests: row.accessRequests.map(sealRequest) } : {}),
          ...pick(
            row,
            "code",
            "name",
            "shortName",
            "sender",
            "web",
            "contact",
            "verificationDays",
            "numbersCountAsWork",
            "parentId",
            "jurisdictionId",
          ),
          // Sealed without it while there was no such rule.
          ...(row.othersVerify ? { othersVerify: true } : {}),
          ...(row.everyoneNeedsFactor ? { everyoneNeedsFactor: true } : {}),
          ...(row.firstAlertMinutes === 10 && row.idleMinutes === 30 && row.allClearMinutes === 5
            ? {}
            : { clocks: [row.firstAlertMinutes, row.idleMinutes, row.allClearMinutes] }),
          ...(row.emergencyRelease || row.emergencyMinutes !== 10
            ? { emergency: [row.emergencyRelease, row.emergencyMinutes] }
            : {}),
          ...(row.withheldPurposes.length > 0 || row.withheldChannels.length > 0
            ? { withheld: [[...row.withheldPurposes].sort(), [...row.withheldChannels].sort()] }
            : {}),
          ...(row.alternates.length > 0 || row.escalationMinutes !== 5
            ? {
                escalation: [
                  row.escalationMinutes,
                  ...[...row.alternates]
                    .sort((left, right) => left.position - right.position)
                    .map(({ personId }) => personId),
                ],
              }
            : {}),
        })),
      ),
  },
  template: {
    one: "template",
    many: "templates",
    appendOnly: false,
    read: async (client, page) =>
      keyed(await client.template.findMany(ordered(page)), (row) =>
        pick(row, "key", "version", "name", "body", "approvedBy", "approvedAt"),
      ),
  },
  incident: {
    one: "incident",
    many: "incidents",
    appendOnly: false,
    read: async (client, page) =>
      keyed(await client.incident.findMany({ ...ordered(page), include: { places: true } }), ({ places, ...row }) => ({
        ...pick(
          row,
          "agencyId",
          "mode",
          "title",
          "failure",
          "carrier",
          "textTo911",
          "beganAt",
          "cause",
          "evidence",
          "declaredById",
          "declaredBy",
          "declaredAt",
          "closedAt",
        ),
        places: places.map(({ placeId }) => placeId).sort(),
        // Sealed without these while an outage had neither.
        ...(row.expectedEndAt ? { expectedEndAt: row.expectedEndAt } : {}),
        ...(places.some(({ since }) => since)
          ? {
              states: places
                .flatMap(({ placeId, state, since, evidence }) => (since ? [[placeId, state, since, evidence]] : []))
                .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)),
            }
          : {}),
      })),
  },
  incidentEntry: {
    one: "entry of an incident",
    many: "entries of incidents",
    appendOnly: true,
    read: async (client, page) =>
      keyed(await client.incidentEntry.findMany(ordered(page)), (row) =>
        pick(row, "incidentId", "kind", "text", "source", "at", "data", "byId", "by", "recordedAt"),
      ),
  },
  exercise: {
    one: "exercise",
    many: "exercises",
    appendOnly: false,
    read: async (client, page) =>
      keyed(
        await client.exercise.findMany({
          ...ordered(page),
          include: {
            players: { orderBy: [{ personId: "asc" }, { part: "asc" }] },
            injects: {
              orderBy: { position: "asc" },
              include: { acknowledgments: { orderBy: { personId: "asc" } } },
            },
          },
        }),
        ({ players, injects, targets, ...row }) => ({
          ...pick(
            row,
            "agencyId",
            "title",
            "startsAt",
            "brief",
            "failure",
            "carrier",
            "textTo911",
            "placeIds",
            "createdById",
            "createdBy",
            "createdAt",
            "calledOffAt",
            "calledOffBy",
            "calledOffWhy",
            "startedAt",
            "startedBy",
            "incidentId",
            "closedAt",
            "closedBy",
          ),
          targets,
          players: players.map(({ personId, part }) => [personId, part]),
          injects: injects.map(({ id, text, afterMinutes, stage, acknowledgments }) => [
            id,
            text,
            afterMinutes,
            stage,
            acknowledgments.map(({ personId, at }) => [personId, at]),
          ]),
        }),
      ),
  },
  labDemonstration: {
    one: "lab demonstration",
    many: "lab demonstrations",
    appendOnly: false,
    read: async (client, page) =>
      keyed(await client.labDemonstration.findMany(ordered(page)), (row) =>
        pick(
          row,
          "agencyId",
          "personId",
          "day",
          "note",
          "recordedById",
          "recordedBy",
          "recordedAt",
          "withdrawnAt",
          "withdrawnBy",
        ),
      ),
  },
  alert: {
    one: "alert",
    many: "alerts",
    appendOnly: false,
    read: async (client, page) =>
      keyed(
        await client.alert.findMany({ ...ordered(page), include: { references: true } }),
        ({ bundle, content, references, ...row }) => ({
          ...pick(
            row,
            "agencyId",
            "incidentId",
            "templateId",
            "purpose",
            "code",
            "title",
            "state",
            "version",
            "contentHash",
            "capStatus",
            "createdById",
            "createdBy",
            "createdAt",
            "submittedBy",
            "submittedAt",
            "publishedAt",
            "expiresAt",
          ),
          // Sealed without it while every agency might use every channel.
          ...(row.withheldFrom.length > 0 ? { withheldFrom: [...row.withheldFrom].sort() } : {}),
          references: references.map(({ earlierId }) => earlierId).sort(),
          content: fingerprint(canonicalJson(content)),
          bundle: bundle === null ? null : fingerprint(bundle),
        }),
      ),
  },
  decisions: {
    one: "set of approvals and contributions",
    many: "sets of approvals and contributions",
    appendOnly: false,
    read: async (client, page) =>
      keyed(
        await client.alert.findMany({
          ...ordered(page),
          select: {
            id: true,
            decisions: { orderBy: { id: "asc" } },
            contributions: { orderBy: { personId: "asc" } },
            emergencies: { orderBy: { id: "asc" } },
          },
        }),
        ({ decisions, contributions, emergencies }) => ({
          // Sealed without them while there were none.
          ...(emergencies.length > 0
            ? {
                emergencies: emergencies.map(({ id, personId, contentHash, reason, at }) => [
                  id,
                  personId,
                  contentHash,
                  reason,
                  at,
                ]),
              }
            : {}),
          approvals: decisions.map(({ id, personId, decision, contentHash, reason, confirmations, at, emergency }) => ({
            ...(emergency ? { emergency } : {}),
            id,
            personId,
            decision,
            contentHash,
            reason,
            confirmations,
            at,
          })),
          contributions: contributions.map(({ personId, what, at }) => ({ personId, what, at })),
        }),
      ),
  },
  comment: {
    one: "comment",
    many: "comments",
    appendOnly: true,
    read: async (client, page) =>
      keyed(await client.alertComment.findMany(ordered(page)), (row) =>
        pick(row, "alertId", "version", "about", "text", "byId", "by", "at"),
      ),
  },
  revision: {
    one: "saved draft",
    many: "saved drafts",
    appendOnly: true,
    read: async (client, page) => {
      const rows = await client.$queryRaw<{ id: string; content: unknown; by: string; at: Date }[]>`
        select "alertId" || ':' || version as id, content, "by", at from "Revision"
        where ${onPage(Prisma.sql`"alertId" || ':' || version`, page)} order by 1 limit ${page.take}`;
      return keyed(rows, ({ content, by, at }) => ({ content: fingerprint(canonicalJson(content)), by, at }));
    },
  },
  testCall: {
    one: "test call",
    many: "test calls",
    appendOnly: true,
    read: async (client, page) =>
      keyed(await client.testCall.findMany(ordered(page)), (row) =>
        pick(
          row,
          "numberId",
          "calledById",
          "calledBy",
          "calledAt",
          "recordedAt",
          "answeredBy",
          "result",
          "note",
          "lines",
          "validDays",
          "clientKey",
        ),
      ),
  },
  numberChange: {
    one: "change of a number",
    many: "changes of numbers",
    appendOnly: true,
    // Those of an import are sealed together, by importChanges.
    read: async (client, page) =>
      keyed(await client.numberChange.findMany({ ...ordered(page), where: { ...byId(page), importId: null } }), (row) =>
        pick(row, "numberId", "action", "before", "after", "byId", "by", "at"),
      ),
  },
  number: {
    one: "direct number",
    many: "direct numbers",
    appendOnly: true,
    // What can never change about one. What an import added is sealed together, by importNumbers; what can
    // change is held against the number's own history, which is sealed.
    read: async (client, page) => {
      const rows = await client.$queryRaw<{ id: string; e164: string; extension: string; placeId: string }[]>`
        select id, e164, extension, "placeId" from "DirectNumber" n
        where ${onPage(Prisma.sql`id`, page)}
          and not exists (select 1 from "NumberChange" c where c."numberId" = n.id and c.action = 'added' and c."importId" is not null)
        order by id limit ${page.take}`;
      return keyed(rows, (row) => ({ ...pick(row, "e164", "extension"), regionId: row.placeId }));
    },
  },
  importNumbers: {
    one: "set of numbers of an import",
    many: "sets of numbers of imports",
    appendOnly: false,
    read: (client, page) =>
      readDigests(client, page, {
        group: Prisma.sql`c."importId"`,
        id: Prisma.sql`n.id`,
        fields: Prisma.sql`n.id, n.e164, n.extension, n."placeId"`,
        from: Prisma.sql`"NumberChange" c join "DirectNumber" n on n.id = c."numberId"`,
        where: Prisma.sql`c."importId" is not null and c.action = 'added'`,
      }),
  },
  publication: {
    one: "set of publications",
    many: "sets of publications",
    appendOnly: false,
    read: (client, page) =>
      readDigests(client, page, {
        group: Prisma.sql`m."alertId"`,
        id: Prisma.sql`p.id`,
        fields: Prisma.sql`p.id, m.identifier, m.audience, m."placeId", p.channel, p.sha256, p.size, p."publishedById", p."publishedBy"`,
        from: Prisma.sql`"Publication" p join "Message" m on m.id = p."messageId"`,
        where: Prisma.sql`true`,
      }),
  },
  importChanges: {
    one: "import of numbers",
    many: "imports of numbers",
    appendOnly: false,
    read: (client, page) =>
      readDigests(client, page, {
        group: Prisma.sql`"importId"`,
        id: Prisma.sql`id`,
        fields: Prisma.sql`id, "numberId", action, before, after, "byId", "by"`,
        from: Prisma.sql`"NumberChange"`,
        where: Prisma.sql`"importId" is not null`,
      }),
  },
  settlement: {
    one: "settled conflict",
    many: "settled conflicts",
    appendOnly: false,
    read: async (client, page) =>
      keyed(await client.conflictSettlement.findMany(ordered(page)), (row) => ({
        ...pick(row, "key", "kind", "numberIds", "decision", "reason", "byId", "by", "at"),
        regionIds: row.placeIds,
      })),
  },
  helpOption: {
    one: "other way to get help",
    many: "other ways to get help",
    appendOnly: false,
    read: async (client, page) =>
      withWords(
        client,
        "help-option",
        { wording: "wordingEs" },
        keyed(await client.helpOption.findMany(ordered(page)), (row) => ({
          ...pick(row, "kind", "wording", "works", "hours", "preference", "retiredAt"),
          regionId: row.placeId,
        })),
      ),
  },
  area: {
    one: "dispatch area",
    many: "dispatch areas",
    appendOnly: false,
    read: async (client, page) =>
      keyed(
        await client.place.findMany({
          ...ordered(page),
          where: { ...byId(page), kind: { in: ["psap", "custom"] } },
          include: { members: true },
        }),
        ({ kind, name, parentId, members }) => ({
          kind,
          name,
          parentId,
          members: members.map(({ placeId }) => placeId).sort(),
        }),
      ),
  },
} as const satisfies Record<string, SealedTable>;

export type SealKind = keyof typeof SEALED;
export const SEAL_KINDS = Object.keys(SEALED) as SealKind[];

/** Which rows a change touched: ids by kind. */
export type Touched = Partial<Record<SealKind, readonly string[]>>;

export type Seals = Partial<Record<SealKind, Record<string, string | null>>>;

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value;
}

function sealOf(kind: SealKind, id: string, fields: Fields): string {
  return fingerprint(canonicalJson({ format: SEAL_FORMAT, kind, id, fields: plain(fields) }));
}

/** Seals of the rows a change touched, as they are now. A row that is gone is sealed as gone. */
export async function sealRows(client: Reader, touched: Touched): Promise<Seals> {
  const seals: Seals = {};
  for (const kind of SEAL_KINDS) {
    const ids = touched[kind];
    if (!ids || ids.length === 0) continue;
    const rows = new Map(await SEALED[kind].read(client, { ids, take: ids.length }));
    seals[kind] = Object.fromEntries(
      ids.map((id) => {
        const fields = rows.get(id);
        return [id, fields ? sealOf(kind, id, fields) : null];
      }),
    );
  }
  return seals;
}

const BATCH = 2000;

/** Every row of a kind with its seal, in the order of ids. */
export async function* allSeals(client: Reader, kind: SealKind): AsyncGenerator<[string, string]> {
  let after: string | undefined;
  for (;;) {
    const rows = await SEALED[kind].read(client, { take: BATCH, ...(after === undefined ? {} : { after }) });
    for (const [id, fields] of rows) yield [id, sealOf(kind, id, fields)];
    const last = rows.at(-1);
    if (rows.length < BATCH || !last) return;
    after = last[0];
  }
}

/** One fingerprint for many rows: of the lines "id seal", in the order they come. */
export class SealDigest {
  rows = 0;
  private text: string[] = [];
  private before = "";

  add(id: string, seal: string): void {
    this.rows += 1;
    this.text.push(`${id} ${seal}\n`);
    if (this.text.length >= BATCH) this.fold();
  }

  private fold(): void {
    this.before = fingerprint(this.before + this.text.join(""));
    this.text = [];
  }

  close(): { rows: number; digest: string } {
    this.fold();
    return { rows: this.rows, digest: this.before };
  }
}

/** What a baseline entry carries: seals of all rows there were, or one fingerprint where there are many. */
export interface Baseline {
  format: typeof SEAL_FORMAT;
  seals: Seals;
  digests: Partial<Record<SealKind, { rows: number; digest: string }>>;
}

export async function takeBaseline(client: Reader): Promise<Baseline> {
  const baseline: Baseline = { format: SEAL_FORMAT, seals: {}, digests: {} };
  for (const kind of SEAL_KINDS) {
    if (SEALED[kind].appendOnly) {
      const digest = new SealDigest();
      for await (const [id, seal] of allSeals(client, kind)) digest.add(id, seal);
      baseline.digests[kind] = digest.close();
    } else {
      const seals: Record<string, string> = {};
      for await (const [id, seal] of allSeals(client, kind)) seals[id] = seal;
      baseline.seals[kind] = seals;
    }
  }
  return baseline;
}
