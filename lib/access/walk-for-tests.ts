import { DEMONSTRATION_PASSWORD } from "../../prisma/seed/demonstration";
import { approval, draftFor, placesNamed, type Story, submit } from "../alerts/story-for-tests";
import { decideAlert } from "../alerts/commands/decide";
import { makeReady } from "../alerts/ready/commands/make";
import { loadConflicts } from "../directory/data";
import { saveChannel } from "../delivery/commands/channels";
import { channelFormSchema } from "../delivery/schema";
import { beginImport } from "../exchange/commands/begin";
import { recordLab } from "../exercises/commands/lab";
import { planExercise } from "../exercises/commands/plan";
import { planSchema } from "../exercises/schema";
import { FIRST_LANGUAGE } from "../platform/language";
import type { Permission, Role } from "./permissions";

/**
 * What the walk of session.test.ts expects: every page, route and server action of
 * the console, who may, and in which agency. This is written by hand, apart from
 * the code, so that a change of who may do what is a change here as well. A page,
 * route or action that is not in these tables fails the walk.
 */

/** Who may, by role. Read it against the pages of help: it is what officials are told. */
export const WHO: ReadonlyMap<Permission, readonly Role[]> = new Map<Permission, Role[]>([
  ["incident:read", ["drafter", "approver", "steward", "administrator", "auditor"]],
  ["incident:declare", ["drafter"]],
  ["exercise:plan", ["drafter", "administrator"]],
  ["alert:read", ["drafter", "approver", "administrator", "auditor"]],
  ["alert:draft", ["drafter"]],
  ["alert:approve", ["approver"]],
  ["message:export", ["drafter", "approver", "auditor"]],
  ["directory:read", ["drafter", "approver", "steward", "administrator", "auditor"]],
  ["directory:verify", ["drafter", "steward"]],
  ["directory:report", ["drafter", "approver", "steward", "administrator"]],
  ["directory:edit", ["steward", "administrator"]],
  ["place:import", ["administrator"]],
  ["template:read", ["drafter", "approver", "steward", "administrator", "auditor"]],
  ["template:edit", ["drafter", "administrator"]],
  ["template:approve", ["approver"]],
  ["log:read", ["administrator", "auditor"]],
  ["people:manage", ["administrator"]],
  ["language:manage", ["administrator"]],
]);
/** Whose role holds in the agencies below their own as well. */
export const ABOVE: readonly Role[] = ["approver", "administrator", "auditor"];

/**
 * Whose it is, where there is something of an agency's to ask for. What is asked for is always Granby's; those who
 * ask are of Granby, of the state above it, and of Boston beside it.
 *
 * - `agency`: Granby's own, and that of those of the state whose role reaches below
 * - `place`: in Granby, for every agency whose area has it: Granby and the state
 * - `top`: for the agency at the top alone
 * - `all`: for whoever has the permission, wherever
 * - `nobody`: another person's own, for no one else
 */
export type Whose = "agency" | "place" | "top" | "all" | "nobody";

export interface Entry {
  /** The path of a page; a method and a path; or the file and the name of an action. */
  name: string;
  /** What the builder or the page asks for, read again from this table and not from the code. */
  permission: Permission | "any" | "enrolling" | "public";
  whose: Whose;
  /** Permissions of which the act itself takes one, beyond what the builder asks for. */
  takes?: readonly Permission[];
  /** Takes proof, within the last five minutes, of who asks. */
  proof?: true;
  /** Of those who walk nobody has a second factor, and without one there is nothing to renew. */
  factor?: true;
  /** What is asked for: parameters of a page or route, input of an action. Without it no more than the guard is tried. */
  given?: (world: World) => unknown;
  /** Whoever may is told that there is nothing to do it to; whoever may not is refused before. */
  gone?: true;
  /** The body of a route that takes one. */
  body?: unknown;
}

/** Things of Granby's that someone could ask for. */
export type World = Awaited<ReturnType<typeof buildWorld>>;

const HASH = "0".repeat(64);
const REASON = "A reason that is long enough.";

/** A plan of Granby's, for what is planned before the walk and what is asked for in it. */
const planAt = (placeId: string, startsAt: Date) => ({
  change: null,
  agencyId: "granby",
  title: "A morning without 911",
  startsAt: startsAt.toISOString(),
  brief: "Calls to 911 from Granby do not get through.",
  failure: "full",
  textTo911: "fails",
  placeIds: [placeId],
  players: [
    { personId: "demo-gil", part: "declares" },
    { personId: "demo-gil", part: "drafts" },
    { personId: "demo-luis", part: "approves" },
  ],
  injects: [{ text: "The dispatch center calls.", afterMinutes: 0, stage: null }],
  targets: { declared: 5, submitted: 2, published: 3, update: null },
});
const HOUR = 3_600_000;

/**
 * One of each: an outage, drafts, a published alert, a planned exercise, a number, people, a channel and so on, all of
 * Granby's.
 */
export async function buildWorld(story: Story) {
  const { client } = story;
  const [gil, luis, sam] = [await story.actor("gil"), await story.actor("luis"), await story.actor("sam")];
  const places = await placesNamed(client, "Granby");
  const [placeId = ""] = places;
  const now = new Date();
  const draft = await draftFor(story, gil, places);
  const waiting = await draftFor(story, gil, places);
  await submit(story, gil, waiting.id);
  const published = await draftFor(story, gil, places);
  await submit(story, gil, published.id);
  const decided = await decideAlert(client, luis, await approval(story, published.id), now);
  if (!decided.ok) throw new Error(decided.message);
  const ready = await makeReady(
    client,
    gil,
    {
      title: "Granby, ready",
      failure: "full",
      textTo911: "fails",
      placeIds: places,
      grouping: "place",
      fromAlertId: null,
    },
    now,
  );
  if (!ready.ok) throw new Error(ready.message);
  const channelOf = channelFormSchema.parse({
    agencyId: "granby",
    kind: "webhook",
    name: "Receiver",
    url: "https://receiver.example/alerts",
    secret: "sixteen characters or more",
  });
  const channel = await saveChannel(client, sam, channelOf, now);
  if (!channel.ok) throw new Error(channel.message);
  const exercise = await planExercise(
    client,
    gil,
    planSchema.parse(planAt(placeId, new Date(now.getTime() + HOUR))),
    now,
  );
  if (!exercise.ok) throw new Error(exercise.message);
  const inject = await client.exerciseInject.findFirstOrThrow({ where: { exerciseId: exercise.value.id } });
  const lab = await recordLab(
    client,
    sam,
    { agencyId: "granby", personId: gil.personId, day: "2026-01-05", note: "" },
    now,
  );
  if (!lab.ok) throw new Error(lab.message);
  const karen = await story.actor("karen");
  const beginOne = () =>
    beginImport(client, { actor: karen, agencyId: "granby" }, { kind: "numbers", fileName: "list.csv" }, now);
  const target = await client.person.create({
    data: {
      name: "Pat Target",
      email: "pat@callbox.example",
      homeAgencyId: "granby",
      passwordHash: "x",
      createdAt: now,
    },
  });
  await client.membership.create({
    data: { personId: target.id, agencyId: "granby", role: "drafter", grantedAt: now },
  });
  const session = await client.session.create({
    data: { id: "f".repeat(64), personId: target.id, createdAt: now, lastSeenAt: now },
  });
  const request = await client.accessRequest.create({
    data: {
      kind: "role", personId: target.id, agencyId: "granby", role: "approver", reason: REASON,
      askedById: sam.personId, askedBy: sam.name, askedAt: now, state: "waiting",
    }, // prettier-ignore
  });
  const number = await client.directNumber.findFirstOrThrow({ where: { placeId, retiredAt: null, ownerId: "granby" } });
  const helpOption = await client.helpOption.create({
    data: { placeId, kind: "fire-station", works: true, hours: "", wording: "go to the fire station", preference: 1 },
  });
  const message = await client.message.findFirstOrThrow({
    where: { alertId: published.id, publications: { some: {} } },
  });
  const conflict = (await loadConflicts(client)).find(
    ({ placeIds }) => placeIds.length === 1 && placeIds[0] === placeId,
  );
  const row = await client.alert.findUniqueOrThrow({ where: { id: draft.id } });
  const waitingRow = await client.alert.findUniqueOrThrow({ where: { id: waiting.id } });
  return {
    placeId,
    draft: { ...draft, version: row.version, title: row.title },
    waiting: { ...waiting, hash: waitingRow.contentHash ?? HASH, approval: await approval(story, waiting.id) },
    published,
    readyId: ready.value.id,
    channelId: channel.value.id,
    exerciseId: exercise.value.id,
    injectId: inject.id,
    labId: lab.value.id,
    imports: { read: await beginOne(), apply: await beginOne(), drop: await beginOne(), put: await beginOne() },
    personId: target.id,
    sessionId: session.id,
    requestId: request.id,
    numberId: number.id,
    helpOptionId: helpOption.id,
    messageId: message.id,
    conflictKey: conflict?.key ?? "",
  };
}

const page = (name: string, permission: Entry["permission"], whose: Whose = "all", given?: Entry["given"]): Entry =>
  given ? { name, permission, whose, given } : { name, permission, whose };

export const PAGES: readonly Entry[] = [
  page("/", "any"),
  page("/account", "any"),
  page("/account/second-factor", "enrolling"),
  page("/admin", "people:manage"),
  page("/admin/access-review", "people:manage"),
  page("/admin/agencies", "people:manage"),
  page("/admin/channels", "people:manage"),
  page("/admin/channels/[id]", "people:manage", "agency", ({ channelId }) => ({ id: channelId })),
  page("/admin/languages", "language:manage"),
  page("/admin/languages/[code]", "language:manage", "all", () => ({ code: "ht" })),
  page("/admin/people/[id]", "people:manage", "agency", ({ personId }) => ({ id: personId })),
  page("/admin/requests", "people:manage"),
  page("/admin/requests/new", "people:manage", "agency", ({ personId }) => ({
    kind: "role",
    person: personId,
    agency: "granby",
    role: "approver",
  })),
  page("/admin/single-sign-on", "people:manage"),
  page("/admin/single-sign-on/[id]", "people:manage", "nobody", () => ({ id: "sso-none" })),
  page("/admin/single-sign-on/new", "people:manage", "top"),
  page("/admin/status", "people:manage"),
  page("/alerts", "alert:read"),
  page("/alerts/[id]", "alert:read", "agency", ({ draft }) => ({ id: draft.id })),
  page("/alerts/[id]/edit", "alert:read", "agency", ({ draft }) => ({ id: draft.id })),
  page("/alerts/[id]/history", "alert:read", "agency", ({ draft }) => ({ id: draft.id })),
  page("/alerts/[id]/proof", "log:read", "agency", ({ published }) => ({ id: published.id })),
  page("/alerts/[id]/review", "alert:read", "agency", ({ waiting }) => ({ id: waiting.id })),
  page("/alerts/ready", "alert:read"),
  page("/alerts/ready/[id]", "alert:read", "agency", ({ readyId }) => ({ id: readyId })),
  page("/alerts/ready/new", "alert:draft"),
  page("/check", "any"),
  page("/demonstration", "public"),
  page("/directory", "directory:read"),
  page("/directory/[id]", "directory:read", "all", ({ placeId }) => ({ id: placeId })),
  page("/directory/areas", "directory:read"),
  page("/directory/call-round", "directory:verify"),
  page("/directory/conflicts", "directory:read"),
  page("/directory/import", "directory:edit"),
  page("/directory/import/[id]", "directory:edit", "agency", ({ imports }) => ({ id: imports.read })),
  page("/directory/kit", "directory:read"),
  page("/exercises", "incident:read"),
  page("/exercises/[id]", "incident:read", "agency", ({ exerciseId }) => ({ id: exerciseId })),
  page("/exercises/[id]/certificate", "incident:read", "agency", ({ exerciseId }) => ({ id: exerciseId })),
  page("/exercises/[id]/edit", "exercise:plan", "agency", ({ exerciseId }) => ({ id: exerciseId })),
  page("/exercises/new", "incident:declare"),
  page("/exercises/plan", "exercise:plan"),
  page("/exercises/proficiency", "incident:read"),
  page("/forbidden", "any"),
  page("/help", "any"),
  page("/help/[page]", "any", "all", () => ({ page: "drafter" })),
  page("/incidents", "incident:read"),
  page("/incidents/[id]", "incident:read", "place", ({ draft }) => ({ id: draft.incidentId })),
  page("/incidents/[id]/after-action", "incident:read", "agency", ({ draft }) => ({ id: draft.incidentId })),
  page("/incidents/new", "incident:declare"),
  page("/log", "log:read"),
  page("/setup", "people:manage"),
  page("/sign-in", "public"),
  page("/templates", "template:read"),
  page("/templates/[id]", "template:read", "all", () => ({ id: "outage-shipped-7" })),
  page("/templates/drafts/[id]", "template:read", "nobody", () => ({ id: "none" })),
  page("/welcome/[token]", "public", "all", () => ({ token: "none" })),
];

export const ROUTES: readonly Entry[] = [
  page("GET /api/access.csv", "people:manage"),
  page("GET /api/alerts", "alert:read"),
  page("GET /api/alerts/[id]", "alert:read", "agency", ({ draft }) => ({ id: draft.id })),
  page("GET /api/alerts/[id]/cap.zip", "message:export", "agency", ({ published }) => ({ id: published.id })),
  page("GET /api/alerts/[id]/evidence.zip", "log:read", "top", ({ published }) => ({ id: published.id })),
  page("GET /api/alerts/[id]/outcomes", "alert:read"),
  {
    ...page("POST /api/alerts/[id]/presence", "alert:read", "agency", ({ draft }) => ({ id: draft.id })),
    body: { tabId: "00000000-0000-4000-8000-000000000000", readAt: 0 },
  },
  page("GET /api/alerts/[id]/press/[file]", "message:export", "agency", ({ published }) => ({
    id: published.id,
    file: "texts.json",
  })),
  page("GET /api/auth/[...nextauth]", "public"),
  page("POST /api/auth/[...nextauth]", "public"),
  page("GET /api/directory.csv", "directory:read"),
  page("GET /api/directory.geojson", "directory:read"),
  page("GET /api/directory/imports/[id]", "directory:edit", "agency", ({ imports }) => ({ id: imports.read })),
  page("PUT /api/directory/imports/[id]", "directory:edit", "agency", ({ imports }) => ({ id: imports.put })),
  page("GET /api/directory/kit/[file]", "directory:read", "all", () => ({ file: "granby.html" })),
  page("GET /api/exercises.csv", "incident:read"),
  page("GET /api/exercises/[id]", "incident:read", "agency", ({ exerciseId }) => ({ id: exerciseId })),
  page("GET /api/exercises/[id]/results.csv", "incident:read", "agency", ({ exerciseId }) => ({ id: exerciseId })),
  page("GET /api/health", "public"),
  page("GET /api/help/[file]", "any", "all", () => ({ file: "review.png" })),
  page("GET /api/incidents", "incident:read"),
  page("GET /api/incidents/[id]/after-action/[type]", "incident:read", "agency", ({ draft }) => ({
    id: draft.incidentId,
    type: "json",
  })),
  page("GET /api/log.csv", "log:read"),
  page("GET /api/messages/[id]", "message:export", "agency", ({ messageId }) => ({ id: messageId })),
  page("GET /api/metrics", "public"),
  page("GET /api/readiness.csv", "directory:read"),
  page("GET /api/ready", "public"),
  page("GET /api/session", "enrolling"),
  page("POST /api/session", "enrolling"),
  page("GET /call-round-worker.js", "public"),
];

const inFile =
  (file: string) =>
  (
    name: string,
    permission: Entry["permission"],
    whose: Whose = "all",
    given?: Entry["given"],
    more: Pick<Entry, "takes" | "proof" | "gone" | "factor"> = {},
  ): Entry => ({ name: `${file}#${name}`, permission, whose, ...(given ? { given } : {}), ...more });

const account = inFile("app/account/actions.ts");
const admin = inFile("app/admin/actions.ts");
const channels = inFile("app/admin/channels/actions.ts");
const languages = inFile("app/admin/languages/actions.ts");
const singleSignOn = inFile("app/admin/single-sign-on/actions.ts");
const alerts = inFile("app/alerts/actions.ts");
const ready = inFile("app/alerts/ready/actions.ts");
const check = inFile("app/check/actions.ts");
const directory = inFile("app/directory/actions.ts");
const exercises = inFile("app/exercises/actions.ts");
const incidents = inFile("app/incidents/actions.ts");
const log = inFile("app/log/actions.ts");
const templates = inFile("app/templates/actions.ts");
const signIn = inFile("app/(auth)/sign-in/actions.ts");
const welcome = inFile("app/(auth)/welcome/[token]/actions.ts");

const now = () => new Date().toISOString();
const PROOF = { proof: true } as const;

export const ACTIONS: readonly Entry[] = [
  signIn("offerSignInAction", "public"),
  signIn("proveCodeAction", "public"),
  signIn("askSecondStepAction", "public"),
  welcome("setPasswordAction", "public"),
  welcome("acceptAction", "public"),

  account("changePasswordAction", "any"),
  account("signOutElsewhereAction", "any", "all", () => ({}), PROOF),
  account("endSessionAction", "any", "nobody", ({ sessionId }) => ({ id: sessionId }), PROOF),
  account("confirmIdentityAction", "any"),
  account("offerConfirmationAction", "any"),
  account("confirmByPasskeyAction", "any"),
  account("beginAppAction", "enrolling"),
  account("confirmAppAction", "enrolling"),
  account("offerRegistrationAction", "enrolling"),
  account("addPasskeyAction", "enrolling"),
  account("removeFactorAction", "any", "nobody", () => ({ passkeyId: null }), PROOF),
  account("renewRecoveryCodesAction", "any", "all", () => ({}), { proof: true, factor: true }),
  account("beginLinkAction", "any", "all", () => ({ provider: "sso-none" }), PROOF),
  account("unlinkAction", "any", "nobody", () => ({ issuer: "https://login.example", subject: "x" }), PROOF),

  admin("invitePersonAction", "people:manage", "agency", () => ({
    name: "Joan Petrakis",
    email: "joan@callbox.example",
    agencyId: "granby",
    roles: ["drafter"],
  })),
  admin("changeRoleAction", "people:manage", "agency", ({ personId }) => ({
    personId,
    agencyId: "granby",
    role: "steward",
    grant: true,
  })),
  admin("disablePersonAction", "people:manage", "agency", ({ personId }) => ({ personId })),
  admin("enablePersonAction", "people:manage", "agency", ({ personId }) => ({ personId })),
  admin("renewSetupLinkAction", "people:manage", "agency", ({ personId }) => ({ personId }), PROOF),
  admin("saveAgencyAction", "people:manage", "agency", () => ({
    id: "granby",
    name: "Granby, Massachusetts, Police",
    shortName: "Granby MA Police",
    code: "MAGRA",
    sender: "granby@callbox.example",
  })),
  admin("setAllowanceAction", "people:manage", "agency", () => ({
    agencyId: "granby",
    withheldPurposes: ["border"],
    withheldChannels: [],
  })),
  admin("setFactorRuleAction", "people:manage", "agency", () => ({ agencyId: "granby", on: true }), PROOF),
  admin("setVerificationDaysAction", "people:manage", "agency", () => ({ agencyId: "granby", days: 60 })),
  admin("setAgencyRuleAction", "people:manage", "agency", () => ({
    agencyId: "granby",
    rule: "othersVerify",
    on: true,
  })),
  admin("setClockLimitsAction", "people:manage", "agency", () => ({
    agencyId: "granby",
    firstAlertMinutes: 9,
    idleMinutes: 9,
    allClearMinutes: 9,
    emergencyMinutes: 9,
  })),
  admin("setAlternatesAction", "people:manage", "agency", () => ({ agencyId: "granby", minutes: 9, personIds: [] })),
  admin(
    "askAccessAction",
    "people:manage",
    "agency",
    ({ personId }) => ({ kind: "role", personId, agencyId: "granby", role: "administrator", reason: REASON }),
    PROOF,
  ),
  admin(
    "decideAccessAction",
    "people:manage",
    "agency",
    ({ requestId }) => ({ id: requestId, decision: "confirm" }),
    PROOF,
  ),
  admin("endAccessAction", "people:manage", "agency", ({ personId }) => ({ personId }), PROOF),
  admin("reviewAccessAction", "people:manage", "all", () => ({ shown: HASH })),

  channels(
    "saveChannelAction",
    "people:manage",
    "agency",
    () => ({
      agencyId: "granby",
      kind: "webhook",
      name: "Another receiver",
      url: "https://another.example/alerts",
      secret: "sixteen characters or more",
    }),
    PROOF,
  ),
  channels("setChannelStateAction", "people:manage", "agency", ({ channelId }) => ({
    id: channelId,
    state: "exercise",
  })),
  channels("testChannelAction", "people:manage", "agency", ({ channelId }) => ({ id: channelId })),
  channels("retireChannelAction", "people:manage", "agency", ({ channelId }) => ({ id: channelId })),
  channels("askLiveAction", "people:manage", "agency", ({ channelId }) => ({ id: channelId }), PROOF),
  channels("confirmLiveAction", "people:manage", "agency", ({ channelId }) => ({ id: channelId, askedAt: 0 }), PROOF),
  channels("endAskAction", "people:manage", "agency", ({ channelId }) => ({ id: channelId })),

  languages("turnLanguageAction", "language:manage", "top", () => ({ code: "ht", isOn: true })),
  languages("correctSentenceAction", "language:manage", "top", () => ({
    code: "ht",
    name: "official",
    sentence: "Tèks ofisyèl yo",
  })),
  languages("recordReviewAction", "language:manage", "top", () => ({
    code: "ht",
    words: HASH,
    reviewer: "Rita Reviewer",
    reviewedOn: "2026-01-05",
    what: "Every sentence on this page.",
  })),

  singleSignOn(
    "saveProviderAction",
    "people:manage",
    "top",
    () => ({ name: "State", issuer: "https://login.example.gov", clientId: "x", clientAuth: "none", prompt: "" }),
    PROOF,
  ),
  singleSignOn("tryProviderAction", "people:manage", "top", () => ({
    issuer: "https://login.invalid",
    clientAuth: "none",
  })),
  singleSignOn("askProviderAction", "people:manage", "top", () => ({ id: "sso-none" }), { proof: true, gone: true }),
  singleSignOn("confirmProviderAction", "people:manage", "top", () => ({ id: "sso-none", askedAt: 0 }), {
    proof: true,
    gone: true,
  }),
  singleSignOn("endProviderAskAction", "people:manage", "top", () => ({ id: "sso-none" }), { gone: true }),
  singleSignOn("turnProviderOffAction", "people:manage", "top", () => ({ id: "sso-none" }), { gone: true }),
  singleSignOn("removeProviderAction", "people:manage", "top", () => ({ id: "sso-none" }), { gone: true }),
  singleSignOn("dismissProposalAction", "people:manage", "nobody", () => ({ id: "none" })),
  singleSignOn(
    "unlinkPersonAction",
    "people:manage",
    "agency",
    ({ personId }) => ({ personId, issuer: "https://login.example", subject: "pat" }),
    { proof: true, gone: true },
  ),

  alerts("saveAlertAction", "alert:draft", "agency", ({ draft: { id, version, title, content } }) => ({
    id,
    version,
    title: `${title}, changed`,
    content,
  })),
  alerts("submitAlertAction", "alert:draft", "agency", ({ draft: { id, version } }) => ({ id, version })),
  alerts("discardAlertAction", "alert:draft", "agency", ({ draft: { id } }) => ({ id })),
  alerts("withdrawAlertAction", "alert:draft", "agency", ({ waiting: { id } }) => ({ id, reason: REASON })),
  alerts("splitAlertAction", "alert:draft", "agency", ({ draft: { id, version }, placeId }) => ({
    id,
    version,
    placeIds: [placeId],
  })),
  alerts("refreshAlertAction", "alert:draft", "agency", ({ draft: { id, version } }) => ({ id, version })),
  alerts("beginFollowUpAction", "alert:draft", "agency", ({ published }) => ({
    incidentId: published.incidentId,
    purpose: "update",
  })),
  alerts("commentAction", "alert:read", "agency", ({ draft: { id } }) => ({ id, about: "all", text: "A comment." }), {
    takes: ["alert:draft", "alert:approve"],
  }),
  alerts("askEmergencyAction", "alert:draft", "agency", ({ waiting: { id, hash } }) => ({
    id,
    contentHash: hash,
    reason: REASON,
    password: DEMONSTRATION_PASSWORD,
  })),
  alerts("decideAlertAction", "alert:read", "agency", ({ waiting: { approval: all } }) => ({ ...all, password: "" }), {
    takes: ["alert:approve"],
    proof: true,
  }),
  alerts("republishAction", "message:export", "agency", ({ published, channelId }) => ({
    channelId,
    alertId: published.id,
  })),

  ready("makeReadyAction", "alert:draft", "place", ({ placeId }) => ({
    title: "Another ready draft",
    failure: "full",
    textTo911: "fails",
    placeIds: [placeId],
    grouping: "place",
    fromAlertId: null,
  })),
  ready("retireReadyAction", "alert:draft", "agency", ({ readyId }) => ({ id: readyId })),
  ready("recheckReadyAction", "alert:draft", "agency", ({ readyId }) => ({ id: readyId })),

  check("checkMessageAction", "any"),
  // Its draft is made by the command of prepareAlertAction, which is walked below.
  check("importMessageAction", "alert:draft"),

  directory("recordTestCallAction", "directory:verify", "place", ({ numberId }) => ({
    numberId,
    result: "right-desk",
    answeredBy: "dispatcher on duty",
  })),
  // Each call is taken by the command of recordTestCallAction.
  directory("sendKeptCallsAction", "directory:verify", "all", () => ({ calls: [] })),
  directory("saveNumberAction", "directory:edit", "place", ({ placeId }) => ({
    placeId,
    phone: "413-555-0187",
    service: "police",
    desk: "front desk",
    hours: "day and night",
    lines: 1,
    languages: ["en"],
    takesTexts: false,
    sharedWith911: false,
    preference: 3,
  })),
  directory("retireNumberAction", "directory:edit", "place", ({ numberId }) => ({ id: numberId, reason: REASON })),
  directory("retirePlaceAction", "place:import", "place", ({ placeId }) => ({ id: placeId, into: "", reason: REASON })),
  directory("reportStatusAction", "directory:report", "place", ({ numberId }) => ({ id: numberId, status: "down" })),
  directory("saveHelpOptionAction", "directory:edit", "place", ({ placeId }) => ({
    placeId,
    kind: "kiosk",
    works: true,
    hours: "",
    wording: { [FIRST_LANGUAGE]: "go to the kiosk on Main Street" },
    preference: 1,
  })),
  directory("retireHelpOptionAction", "directory:edit", "place", ({ helpOptionId }) => ({ id: helpOptionId })),
  directory("settleConflictAction", "directory:edit", "place", ({ conflictKey }) => ({
    key: conflictKey,
    decision: "both-right",
    reason: REASON,
  })),
  directory("describeFileAction", "directory:edit", "all", () => ({
    head: btoa("town,number\nGranby,413-555-0142\n"),
  })),
  directory("beginImportAction", "directory:edit", "all", () => ({ kind: "numbers", fileName: "list.csv" })),
  directory("applyImportAction", "directory:edit", "agency", ({ imports }) => ({ id: imports.apply }), { gone: true }),
  directory("dropImportAction", "directory:edit", "agency", ({ imports }) => ({ id: imports.drop }), { gone: true }),
  directory("saveAreaAction", "place:import", "place", () => ({
    kind: "custom",
    name: "Granby and around",
    places: "Granby",
  })),

  exercises("planExerciseAction", "exercise:plan", "agency", ({ placeId }) =>
    planAt(placeId, new Date(Date.now() + HOUR)),
  ),
  exercises("callOffExerciseAction", "exercise:plan", "agency", ({ exerciseId }) => ({ id: exerciseId, why: REASON })),
  exercises("startExerciseAction", "exercise:plan", "agency", ({ exerciseId }) => ({ id: exerciseId })),
  // For those who play in it: nobody of the walk does.
  exercises("acknowledgeInjectAction", "incident:read", "nobody", ({ injectId }) => ({ injectId })),
  exercises("closeExerciseAction", "exercise:plan", "agency", ({ exerciseId }) => ({ id: exerciseId })),
  exercises("recordLabAction", "people:manage", "agency", ({ personId }) => ({
    agencyId: "granby",
    personId,
    day: "2026-01-05",
    note: "",
  })),
  exercises("withdrawLabAction", "people:manage", "agency", ({ labId }) => ({ id: labId })),

  incidents("declareIncidentAction", "incident:declare", "place", ({ placeId }) => ({
    mode: "live",
    failure: "full",
    textTo911: "fails",
    beganAt: now(),
    evidence: "Calls to two dispatch centers",
    placeIds: [placeId],
    anotherIncident: true,
  })),
  // Reads a file in a process of its own, and gives out no more than the places of one's own agency.
  incidents("findInOutlineAction", "incident:declare"),
  incidents("prepareAlertAction", "alert:draft", "agency", ({ draft }) => ({ incidentId: draft.incidentId })),
  incidents("closeIncidentAction", "incident:declare", "agency", ({ draft }) => ({ id: draft.incidentId })),
  incidents("changeFactsAction", "incident:declare", "agency", ({ draft }) => ({
    id: draft.incidentId,
    failure: "partial",
    textTo911: "fails",
    beganAt: now(),
    evidence: "Calls to two dispatch centers",
  })),
  incidents("movePlacesAction", "incident:declare", "agency", ({ draft, placeId }) => ({
    id: draft.incidentId,
    placeIds: [placeId],
    state: "partly",
    since: now(),
    evidence: "Calls to two dispatch centers",
  })),
  incidents("recordEntryAction", "incident:declare", "agency", ({ draft }) => ({
    id: draft.incidentId,
    kind: "finding",
    text: "A finding.",
    at: now(),
  })),

  // Verifies the record of every agency: too long a work to be done for each of them here.
  log("verifyRecordAction", "log:read"),

  templates("beginTemplateAction", "template:edit", "top", () => ({ templateId: "outage-shipped-7" })),
  templates("saveTemplateAction", "template:edit"),
  templates("submitTemplateAction", "template:edit", "nobody", () => ({ id: "none", version: 1 })),
  templates("withdrawTemplateAction", "template:edit", "nobody", () => ({ id: "none", discard: true })),
  templates("decideTemplateAction", "template:approve", "nobody", () => ({
    id: "none",
    decision: "approve",
    contentHash: HASH,
  })),
];
