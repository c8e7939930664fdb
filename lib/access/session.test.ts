import fs from "node:fs";
import path from "node:path";
import { encode } from "next-auth/jwt";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { openStory, type Story } from "../alerts/story-for-tests";
import { overviewFilterSchema } from "../directory/readiness/schema";
import { db } from "../platform/db";
import { log } from "../platform/log";
import { isNightly } from "../platform/nightly-for-tests";
import type { Result } from "../platform/result";
import { logFilterSchema } from "../record/schema";
import { ABSOLUTE_MS, IDLE_MS } from "./mint";
import { type Permission, PERMISSIONS, type Role, ROLES, ROLE_PERMISSIONS } from "./permissions";
import { sessionKey } from "./session-key";
import { ABOVE, ACTIONS, buildWorld, type Entry, PAGES, ROUTES, WHO, type World } from "./walk-for-tests";

/**
 * A walk over every page, route and action, as every role in every kind of agency,
 * and in every state a session can be in. What there is is read from the folders;
 * who may is read from walk-for-tests.ts. Cookie, session, guard and command are the
 * real ones, on a real database; only what the framework knows of a request is given.
 */

vi.hoisted(() => Object.assign(process.env, { CALLBOX_LOG: "silent" }));

/** The cookie of the browser whose request is under way. */
let cookie: string | undefined;
const URL_HERE = "http://localhost:3000";
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (cookie && name === "next-auth.session-token" ? { name, value: cookie } : undefined),
    set: () => undefined,
    delete: () => undefined,
  }),
  headers: async () => new Headers({ origin: URL_HERE, "x-callbox-path": "/asked" }),
}));
const SECRET = "a secret of at least thirty-two characters";

const AGENCIES = ["granby", "state-911", "boston"] as const;
type Agency = (typeof AGENCIES)[number];
type Who = { role: Role | "none"; agency: Agency };

let story: Story;
let owner: Client;
let world: World;
let count = 0;

/** How a page, a route or an action answered, in one word: what refused it, or "allowed". */
type Answer =
  | "allowed"
  | "signed-out"
  | "second-factor"
  | "not-permitted"
  | "not-found"
  | "confirm-first"
  /** Taken for something that is no longer there, or was never this person's. */
  | "gone"
  /** What the table gives an action does not fit its form, so nothing was learned. */
  | "invalid";

function filesOf(folder: string, name: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === name)
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/")));
}
const pathOf = (file: string) =>
  `/${path.posix.relative("app", path.posix.dirname(file)).replace(/\([^)]*\)\/?/g, "")}`;

interface Step {
  name: string;
  run: (given: unknown, body: unknown) => Promise<Answer>;
}

/** Next answers a page that redirects, or is not there, by throwing. */
async function answerOfPage(show: () => Promise<unknown>): Promise<Answer> {
  try {
    await show();
    return "allowed";
  } catch (error) {
    const digest = String((error as { digest?: unknown }).digest ?? "");
    if (digest === "NEXT_HTTP_ERROR_FALLBACK;404") return "not-found";
    const to = /^NEXT_REDIRECT;\w+;([^;]*);/.exec(digest)?.[1];
    if (to === undefined) throw error;
    if (to.startsWith("/sign-in")) return "signed-out";
    if (to === "/account/second-factor") return "second-factor";
    return to === "/forbidden" ? "not-permitted" : "allowed";
  }
}

type Page = (props: { params: Promise<unknown>; searchParams: Promise<unknown> }) => Promise<unknown>;
type Route = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;
type Action = (input: unknown) => Promise<Result<unknown>>;

/** Of a page, what it shows and what stands in its title are two functions, and each could give something away. */
async function loadPages(): Promise<Step[]> {
  const steps = await Promise.all(
    filesOf("app", "page.tsx").map(async (file) => {
      const { default: show, generateMetadata } = (await import(path.resolve(file))) as {
        default: Page;
        generateMetadata?: Page;
      };
      const run = async (given: unknown) => {
        const props = () => ({ params: Promise.resolve(given ?? {}), searchParams: Promise.resolve(given ?? {}) });
        const answer = await answerOfPage(() => show(props()));
        if (generateMetadata && answer !== "allowed" && answer !== "not-found")
          expect([file, await answerOfPage(() => generateMetadata(props()))]).toEqual([file, answer]);
        return answer;
      };
      return { name: pathOf(file), run };
    }),
  );
  return steps.sort((one, other) => one.name.localeCompare(other.name));
}

async function loadRoutes(): Promise<Step[]> {
  const all = await Promise.all(
    filesOf("app", "route.ts").map(async (file) => {
      const methods = Object.entries((await import(path.resolve(file))) as Record<string, Route>);
      return methods.map(([method, handle]) => ({
        name: `${method} ${pathOf(file)}`,
        run: async (given: unknown, body: unknown): Promise<Answer> => {
          const asked = new Request(`${URL_HERE}${pathOf(file)}?of=all`, {
            method,
            headers: { origin: URL_HERE },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          });
          const answer = await handle(asked, { params: Promise.resolve(given ?? {}) });
          if (answer.status === 401) return "signed-out";
          if (answer.status === 404) return "not-found";
          if (answer.status === 403) return ((await answer.json()) as { code: Answer }).code;
          // Nothing runs here that /api/ready could call ready.
          expect([method, file, answer.status < 500 || answer.status === 503]).toEqual([method, file, true]);
          await answer.body?.cancel();
          return "allowed";
        },
      }));
    }),
  );
  return all.flat();
}

const REFUSED = ["signed-out", "second-factor", "not-permitted", "not-found", "confirm-first"] as const;

async function loadActions(): Promise<Step[]> {
  const files = fs
    .readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join("app", file.split(path.sep).join("/")))
    .filter((file) => /\.tsx?$/.test(file) && fs.readFileSync(file, "utf8").startsWith('"use server"'));
  const all = await Promise.all(
    files.map(async (file) =>
      Object.entries((await import(path.resolve(file))) as Record<string, Action>).map(([name, act]) => ({
        name: `${file}#${name}`,
        run: async (given: unknown): Promise<Answer> => {
          // A word that no form sends: whoever may is told that it does not fit, and nothing is done.
          const result = await act(given ?? "a walk");
          if (result.ok) return "allowed";
          if (result.code === "outside-jurisdiction") return "not-permitted";
          if (result.code === "wrong-password" || result.code === "throttled") return "confirm-first";
          if (result.code === "gone") return "gone";
          if (result.code === "invalid" && given !== undefined) return "invalid";
          return REFUSED.find((code) => code === result.code) ?? "allowed";
        },
      })),
    ),
  );
  return all.flat();
}

/** The cookie of a new session of a person's. */
async function signInAs(
  personId: string,
  {
    createdAt = new Date(),
    ...rest
  }: { createdAt?: Date; lastSeenAt?: Date; revokedAt?: Date; confirmedAt?: Date | null; provenAt?: Date } = {},
): Promise<string> {
  const sessionId = `walk-${(count += 1)}`;
  const row = { lastSeenAt: createdAt, confirmedAt: createdAt, ...rest };
  await story.client.session.create({ data: { id: sessionKey(sessionId), personId, createdAt, ...row } });
  return encode({ token: { sessionId }, secret: SECRET });
}

async function makePerson(id: string, agency: string, roles: readonly Role[]): Promise<string> {
  await story.client.person.create({
    data: {
      id,
      name: `Walker ${id}`,
      email: `${id}@callbox.example`,
      homeAgencyId: agency,
      passwordHash: "x",
      createdAt: new Date(),
    },
  });
  for (const role of roles) {
    await owner.query("begin");
    await owner.query(
      `insert into "AccessRequest" (id, kind, "personId", "agencyId", role, "byOperator", "askedBy", "askedAt", state, "decidedAt")
       select gen_random_uuid(), 'role', $1, $2, $3, true, 'operator', now(), 'confirmed', now() where $3 in ('approver', 'administrator')`,
      [id, agency, role],
    );
    await owner.query(`insert into "Membership" ("personId", "agencyId", role) values ($1, $2, $3)`, [
      id,
      agency,
      role,
    ]);
    await owner.query("commit");
  }
  return id;
}

const cookies = new Map<string, string>();
let everything: { pages: Step[]; routes: Step[]; actions: Step[] };

beforeAll(async () => {
  story = await openStory(inject("databases"));
  Object.assign(process.env, {
    DATABASE_URL: story.appUrl,
    NEXTAUTH_SECRET: SECRET,
    NEXTAUTH_URL: URL_HERE,
  });
  owner = new Client(story.ownerUrl);
  await owner.connect();
  world = await buildWorld(story);
  for (const agency of AGENCIES) {
    for (const role of ROLES) {
      cookies.set(`${role} ${agency}`, await signInAs(await makePerson(`walk-${role}-${agency}`, agency, [role])));
    }
    cookies.set(`none ${agency}`, await signInAs(await makePerson(`walk-none-${agency}`, agency, [])));
  }
  // Whatever would be written comes to its entry in the record, and no further: so each of them finds all as it was.
  await owner.query(`
    create function the_walk_writes_nothing() returns trigger language plpgsql as $$
      begin
        if new.action ~ '(refused|exported)$' then return new; end if;
        raise exception 'the walk writes nothing';
      end $$;
    create trigger the_walk_writes_nothing before insert on "AuditEvent" for each row execute function the_walk_writes_nothing()`);
  everything = { pages: await loadPages(), routes: await loadRoutes(), actions: await loadActions() };
});
afterAll(async () => {
  await owner.end();
  await db().$disconnect();
  await story.client.$disconnect();
});

const KINDS = [
  ["pages", PAGES],
  ["routes", ROUTES],
  ["actions", ACTIONS],
] as const;

const isPermission = (asked: Entry["permission"]): asked is Permission =>
  (PERMISSIONS as readonly string[]).includes(asked);

/** What the tables say comes of it. */
const has = (role: Who["role"], permission: Permission) =>
  role !== "none" && (WHO.get(permission) ?? []).includes(role);

function expected({ permission, whose, takes, given, gone, factor }: Entry, { role, agency }: Who): Answer[] {
  if (isPermission(permission) && !has(role, permission)) return ["not-permitted"];
  if (!given) return whose === "top" && agency !== "state-911" ? ["not-permitted", "not-found"] : ["allowed"];
  if (factor) return ["second-factor"];
  const reaches = {
    agency: agency === "granby" || (agency === "state-911" && role !== "none" && ABOVE.includes(role)),
    place: agency !== "boston",
    top: agency === "state-911",
    all: true,
    nobody: false,
  }[whose];
  if (whose === "nobody") return ["not-permitted", "not-found", "gone"];
  if (!reaches || (takes !== undefined && !takes.some((one) => has(role, one)))) return ["not-permitted", "not-found"];
  return gone ? ["allowed", "gone"] : ["allowed"];
}

test("the tables name every page, route and action there is, once, and every permission", () => {
  for (const [kind, table] of KINDS) {
    expect(table.map(({ name }) => name).sort(), kind).toEqual(everything[kind].map(({ name }) => name).sort());
  }
  expect([...WHO.keys()].sort()).toEqual([...PERMISSIONS].sort());
  for (const role of ROLES) {
    expect([role, [...ROLE_PERMISSIONS[role]].sort()]).toEqual([
      role,
      [...WHO].flatMap(([permission, roles]) => (roles.includes(role) ? [permission] : [])).sort(),
    ]);
  }
});

/** Every page, route and action, with what the tables say of it. */
const everyStep = () =>
  KINDS.flatMap(([kind, table]) =>
    table.flatMap((entry) => {
      const step = everything[kind].find(({ name }) => name === entry.name);
      return step ? [{ entry, step }] : [];
    }),
  );

/** By day one agency stands for all where there is nothing of an agency's to ask for, and for roles that may not at all. */
function agenciesFor({ whose, given, permission }: Entry, role: Who["role"]): readonly Agency[] {
  const matters = whose === "top" || (given !== undefined && whose !== "all" && whose !== "nobody");
  return isNightly || (matters && (!isPermission(permission) || has(role, permission))) ? AGENCIES : ["granby"];
}

/**
 * Whether the like of it was asked already, by day: one role that may of each agency (of a page or route, of any),
 * and one that the guard refuses. That the guard knows the roles of a permission is what the tables say, tested above.
 */
function repeats(entry: Entry, { role, agency }: Who, done: Set<string>): boolean {
  const refused = isPermission(entry.permission) && !has(role, entry.permission);
  if (!refused && !expected(entry, { role, agency }).includes("allowed")) return false;
  const like = refused ? "refused" : entry.name.includes("#") ? agency : "any";
  if (done.has(like)) return true;
  done.add(like);
  return false;
}

test("each role in each agency gets what the tables say, and nothing else", async () => {
  const wrong: string[] = [];
  const seen = new Map<Answer, number>();
  for (const { entry, step } of everyStep().filter(({ entry: { permission } }) => permission !== "public")) {
    const done = new Set<string>();
    for (const role of [...ROLES, "none"] as const) {
      for (const agency of agenciesFor(entry, role)) {
        const may = expected(entry, { role, agency });
        if (!isNightly && role !== "none" && repeats(entry, { role, agency }, done)) continue;
        cookie = cookies.get(`${role} ${agency}`);
        // Whom the guard must refuse is given what fits no form, so that it is the guard that refuses, and not the command behind it.
        const guarded = entry.name.includes("#") && isPermission(entry.permission) && !has(role, entry.permission);
        const answer = await step.run(guarded ? undefined : entry.given?.(world), entry.body);
        seen.set(answer, (seen.get(answer) ?? 0) + 1);
        if (!may.includes(answer))
          wrong.push(`${entry.name}: ${role} of ${agency}: ${answer}, not ${may.join(" or ")}`);
      }
    }
  }
  say("as each role", seen);
  expect(wrong).toEqual([]);
});

test("what is for everybody answers without a session", async () => {
  cookie = undefined;
  // next-auth asks the framework itself for the request; what it does is in people/options.test.ts.
  const open = everyStep().filter(
    ({ entry: { name, permission } }) => permission === "public" && !name.includes("nextauth"),
  );
  for (const { entry, step } of open)
    expect(["allowed", "not-found"], entry.name).toContain(await step.run(entry.given?.(world), entry.body));
  expect(open.map(({ entry: { name } }) => name)).toHaveLength(12);
});

/** Prints what came of a walk, so that a reader sees that it was one. */
function say(what: string, seen: ReadonlyMap<string, number>): void {
  const all = [...seen.values()].reduce((sum, one) => sum + one, 0);
  process.stdout.write(`walk ${what}: ${all} (${[...seen].map(([answer, many]) => `${many} ${answer}`).join(", ")})\n`);
}

const MINUTE = 60_000;
const ago = (ms: number) => new Date(Date.now() - ms);

/** States of a session in which it is nobody's, whoever it was of. */
const ENDED: readonly [string, (person: string) => Promise<string | undefined>][] = [
  ["no cookie", async () => undefined],
  ["a cookie that this site did not make", () => encode({ token: { sessionId: "walk-1" }, secret: "x".repeat(40) })],
  ["a session that never was", () => encode({ token: { sessionId: "none" }, secret: SECRET })],
  ["idle too long", (person) => signInAs(person, { createdAt: ago(60 * MINUTE), lastSeenAt: ago(IDLE_MS + 1000) })],
  ["begun too long ago", (person) => signInAs(person, { createdAt: ago(ABSOLUTE_MS + 1000), lastSeenAt: new Date() })],
  ["signed out", (person) => signInAs(person, { revokedAt: new Date() })],
];

/** By day one person who has every role stands for all: what a session is comes before what a person may. */
const walkers = () =>
  isNightly
    ? ["walk-everything", ...AGENCIES.flatMap((agency) => ROLES.map((role) => `walk-${role}-${agency}`))]
    : ["walk-everything"];

/** Asks for everything with one cookie, and tells what was not as it should be. */
async function walkWith(
  given: string | undefined,
  allows: (entry: Entry) => readonly Answer[],
  seen: Map<Answer, number>,
) {
  const wrong: string[] = [];
  for (const { entry, step } of everyStep()) {
    if (entry.permission === "public") continue;
    cookie = given;
    const answer = await step.run(entry.given?.(world), entry.body);
    seen.set(answer, (seen.get(answer) ?? 0) + 1);
    if (!allows(entry).includes(answer)) wrong.push(`${entry.name}: ${answer}`);
  }
  return wrong;
}

describe("a session is nobody's", () => {
  const seen = new Map<Answer, number>();
  beforeAll(() => makePerson("walk-everything", "state-911", ROLES));
  afterAll(() => say("without a session", seen));

  test.each(ENDED)("with %s", async (_, made) => {
    for (const person of walkers()) {
      expect(await walkWith(await made(person), () => ["signed-out"], seen), person).toEqual([]);
    }
  });

  test("once the person is disabled, and before the second factor was proven in it", async () => {
    const now = new Date();
    for (const [person, change] of [
      [
        "walk-disabled",
        () => story.client.person.update({ where: { id: "walk-disabled" }, data: { disabledAt: now } }),
      ],
      [
        "walk-half",
        () =>
          story.client.authenticator.create({
            data: { personId: "walk-half", secret: "sealed", createdAt: now, confirmedAt: now },
          }),
      ],
    ] as const) {
      await makePerson(person, "state-911", ROLES);
      const open = await signInAs(person);
      // Good until then, so it is this and nothing else.
      cookie = open;
      expect(await everything.pages.find(({ name }) => name === "/help")?.run(undefined, undefined)).toBe("allowed");
      await change();
      expect(await walkWith(open, () => ["signed-out"], seen), person).toEqual([]);
    }
  });
});

test("what takes proof is refused to whoever proved it too long ago, and to nobody who did just now", async () => {
  const taking = everyStep().filter(({ entry }) => entry.proof);
  const roles = [...ROLES];
  const stale = await makePerson("walk-stale", "granby", roles);
  const dana = await story.client.person.findUniqueOrThrow({ where: { id: "demo-dana" } });
  await story.client.person.update({ where: { id: stale }, data: { passwordHash: dana.passwordHash } });
  const answers: [string, Answer][] = [];
  for (const confirmedAt of [ago(5 * MINUTE + 1000), null]) {
    cookie = await signInAs(stale, { confirmedAt });
    for (const { entry, step } of taking) answers.push([entry.name, await step.run(entry.given?.(world), entry.body)]);
  }
  expect(answers.filter(([, answer]) => answer !== "confirm-first")).toEqual([]);
  expect(answers.length).toBeGreaterThan(20);
});

test("no action takes a field that it does not name, not even from whoever may", async () => {
  const loose: string[] = [];
  let asked = 0;
  const everyone = await signInAs("walk-everything");
  const actions = everyStep().filter(({ entry: { name } }) => name.includes("#"));
  for (const { entry } of actions) {
    const [file = "", name = ""] = entry.name.split("#");
    cookie = everyone;
    const act = ((await import(path.resolve(file))) as Record<string, Action>)[name];
    const result = await act?.({ ...(entry.given?.(world) as object | undefined), isAdministrator: true });
    asked += 1;
    // “form” is where a field is told that no form has; of an action whose input is not known here, others are missing.
    const isTold = result?.ok === false && result.code === "invalid" && "form" in (result.fields ?? {});
    if (!isTold) loose.push(`${entry.name}: ${result?.ok ? "taken" : result?.code}`);
  }
  expect(loose).toEqual([]);
  expect(asked).toBe(actions.length);
  expect(asked).toBeGreaterThan(90);
});

/** What pages read from the part of an address behind the question mark. */
const SEARCHED = fs
  .readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("page.tsx"))
  .flatMap((file) => [...fs.readFileSync(path.join("app", file), "utf8").matchAll(/(\w+)\??: string \| string\[\]/g)])
  .map(([, name]) => name ?? "")
  .concat(Object.keys(overviewFilterSchema.shape), Object.keys(logFilterSchema.shape))
  .concat("kind", "person", "agency", "role", "linking", "to");

test("an address with a value twice breaks no page, and a route refuses it", async () => {
  const everyone = (cookie = await signInAs("walk-everything"));
  const twice = Object.fromEntries(SEARCHED.map((name) => [name, ["one", "two"]]));
  for (const { entry, step } of everyStep().filter(({ entry: { name } }) => name.startsWith("/")))
    expect(["allowed", "not-found", "second-factor", "not-permitted"], `${entry.name} with each value twice`).toContain(
      await step.run({ ...twice, ...(entry.given?.(world) as object | undefined) }, undefined),
    );
  cookie = everyone;
  const { GET } = (await import(path.resolve("app/api/log.csv/route.ts"))) as Record<string, Route>;
  const ask = (query: string) => GET!(new Request(`${URL_HERE}/api/log.csv${query}`), { params: Promise.resolve({}) });
  expect((await ask("?find=a")).status).toBe(200);
  expect((await ask("?find=a&find=b")).status).toBe(400);
});

test("whoever is refused for the role is in the log of the process, by page, route and action", async () => {
  const warn = vi.spyOn(log, "warn").mockImplementation(() => undefined);
  cookie = cookies.get("none boston");
  for (const name of ["/log", "GET /api/log.csv", "app/log/actions.ts#verifyRecordAction"])
    await everyStep()
      .find(({ entry }) => entry.name === name)
      ?.step.run(undefined, undefined);
  const line = { event: "not permitted", permission: "log:read", person: "walk-none-boston" };
  expect(warn.mock.calls.map(([given]) => given)).toEqual(
    ["page", "route", "action"].map((asked) => ({ ...line, asked })),
  );
  warn.mockRestore();
});

test("input that fits no form is in the log of the process: its fields, and nothing of what was in them", async () => {
  const info = vi.spyOn(log, "info").mockImplementation(() => undefined);
  cookie = cookies.get("administrator granby");
  const { invitePersonAction } = (await import(path.resolve("app/admin/actions.ts"))) as Record<string, Action>;
  const given = { name: "J", email: "a value of theirs", agencyId: "granby", roles: ["king"], another: 1 };
  expect(await invitePersonAction?.(given)).toMatchObject({ ok: false, code: "invalid" });
  const lines = info.mock.calls.map(([line]) => line as object);
  const fields = ["name", "email", "roles.0", "form"];
  expect(lines).toEqual([{ event: "input refused", fields, person: "walk-administrator-granby" }]);
  info.mockRestore();
});

test("on a real site, approvers and administrators can do nothing but set up a second factor", async () => {
  await owner.query(
    `alter table "Site" disable trigger user; update "Site" set mode = 'real'; alter table "Site" enable trigger user`,
  );
  const seen = new Map<Answer, number>();
  for (const person of isNightly ? walkers() : ["walk-everything", "walk-approver-granby"]) {
    if (!/everything|approver|administrator/.test(person)) continue;
    const allows = ({ permission }: Entry): Answer[] => [permission === "enrolling" ? "allowed" : "second-factor"];
    expect(await walkWith(await signInAs(person), allows, seen), person).toEqual([]);
  }
  // Others go on as before.
  cookie = await signInAs("walk-drafter-granby");
  expect(await everything.pages.find(({ name }) => name === "/directory")?.run(undefined, undefined)).toBe("allowed");
  say("before a second factor", seen);
});
