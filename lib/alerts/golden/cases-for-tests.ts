import type { PlaceFacts } from "../../directory/place-facts";
import type { NumberFacts } from "../../directory/schema";
import { FAILURES, type IncidentFacts, TEXT_TO_911 } from "../../incidents/schema";
import { SHIPPED_TEMPLATES } from "../../wording/follow-ups";
import { holdWording, prepareWording } from "../../wording/prepare";
import { SHIPPED_LANGUAGES } from "../../wording/shipped-languages";
import type { Bundle } from "../bundle";
import { buildBundle } from "../content";
import type { AlertFacts } from "../facts";
import { type AgencyFacts, type AlertContent, FIRST_ALERT, type Grouping, type InForce, type Purpose } from "../schema";
import { writeMessage } from "./write-message";

/** Outages whose texts are kept as files, so that people read every change of a word. No database. */

/** Tuesday, 18 June 2024, 1:41 PM in Massachusetts; 911 failed at 1:33 PM. */
export const NOW = Date.UTC(2024, 5, 18, 17, 41);
const BEGAN = NOW - 8 * 60_000;
const DAY = 86_400_000;
const WRONG = { e164: "+14135550177", extension: "" };
const TIME_ZONE = "America/New_York";

export const AGENCY: AgencyFacts = {
  id: "state-911",
  code: "MA911",
  name: { "en-US": "Massachusetts State 911 Department", "es-US": "Departamento Estatal 911 de Massachusetts" },
  shortName: { "en-US": "MA 911", "es-US": "MA 911" },
  sender: "alerts@example.gov",
  web: "https://example.gov/911",
  contact: null,
};

const county = {
  id: "25015", name: "Hampshire", kind: "county" as const, size: 20, population: 162_000, sameCode: "025015",
}; // prettier-ignore

export const number = (change: Partial<NumberFacts> = {}): NumberFacts => ({
  id: "granby-1",
  service: "dispatch",
  e164: "+14135550142",
  extension: "",
  desk: "Granby dispatch center",
  hours: "day and night",
  lines: 2,
  sharedWith911: false,
  preference: 1,
  status: "in-service",
  calls: [
    { at: NOW - 10 * DAY, by: "Tess", answeredBy: "dispatcher", result: "right-desk", validDays: 90, recordedAt: null },
  ],
  ...change,
});

export const place = (name: string, change: Partial<PlaceFacts> = {}): PlaceFacts => ({
  id: `25015${name.replace(/\W+/g, "")}`,
  name,
  shortName: name,
  label: "town",
  stateName: "Massachusetts",
  stateCode: "MA",
  stateId: "25",
  unit: "place",
  namesake: null,
  timeZone: TIME_ZONE,
  counties: [county],
  population: 6_110,
  polygons: ["42.2,-72.5 42.3,-72.5 42.3,-72.6 42.2,-72.5"],
  approximate: false,
  numbers: [],
  fallbacks: [],
  helpOptions: [],
  conflicts: [],
  ...change,
});

const STATION = {
  kind: "fire-station",
  works: true,
  wording: { "en-US": "go to the fire station on Center Street", "es-US": "vaya a los bomberos en Center Street" },
};
const GRANBY = place("Granby", { numbers: [number()] });
const WARE = place("Ware", { helpOptions: [STATION] });

export interface GoldenCase {
  /** Which file it stands in. */
  file: string;
  title: string;
  /** What of each message is kept; all of it where nothing is said. */
  only?: "phones";
  bundle: Bundle;
  facts: AlertFacts;
  content: AlertContent;
}

interface Wanted {
  failure?: keyof typeof FAILURES;
  textTo911?: keyof typeof TEXT_TO_911;
  purpose?: Purpose;
  places?: PlaceFacts[];
  agency?: AgencyFacts;
  mode?: "live" | "exercise";
  restored?: readonly string[];
  /** Places that nobody was told about yet. */
  joined?: readonly string[];
  began?: number;
  grouping?: Grouping;
}

/** The facts and the content of an outage as a draft begins. */
export function situation({
  failure = "full",
  textTo911 = "fails",
  purpose = "outage",
  places = [GRANBY, WARE],
  agency = AGENCY,
  mode = "live",
  restored = [],
  joined = [],
  began = BEGAN,
  grouping = "place",
}: Wanted): { facts: AlertFacts; content: AlertContent } {
  // prettier-ignore
  const incident: IncidentFacts = {
    id: "incident", mode, title: "911 outage", failure, textTo911,
    carrier: failure === "carrier" ? "T-Mobile" : null, beganAt: began,
  }; // prettier-ignore
  const told = (audience: InForce["audience"], placeId: string, covers: string[]): InForce => ({
    reference: `a@b,${audience}-${placeId},2024-06-18T13:37:00-04:00`,
    audience, placeId, covers, tells: "outage", sent: NOW - 4 * 60_000,
    numbers: covers.map((id) => ({ placeId: id, id: "wrong", ...WRONG })),
  }); // prettier-ignore
  const counties = [...new Set(places.flatMap((one) => one.counties.map(({ id }) => id)))];
  const ids = places.map(({ id }) => id);
  const isRestored = (id: string) => restored.includes(id);
  const template = SHIPPED_TEMPLATES.find(({ key }) => key === purpose)!;
  const facts: AlertFacts = {
    alertId: "alert", code: "MA911-20240618-01", purpose, status: mode === "exercise" ? "Exercise" : "Test",
    agency, incident, places, timeZone: TIME_ZONE, languages: [...SHIPPED_LANGUAGES],
    outage: purpose === "border" ? [] : ids.map((placeId) => ({
      placeId, state: isRestored(placeId) ? ("restored" as const) : ("out" as const), since: NOW - 2 * 60_000,
    })),
    inForce: purpose === "outage" || purpose === "border" ? [] : [
      ...ids.filter((id) => !joined.includes(id)).map((id) => told("phones", id, [id])),
      ...counties.map((id) => told("broadcasters", id, [])),
    ],
    covering: [],
    listedIds: [],
    down: purpose === "border" ? [place("Belchertown", { id: "down", counties: [{ ...county, id: "25013" }] })] : [],
    held: holdWording(template.body, incident, SHIPPED_LANGUAGES.map(({ code }) => code)),
  }; // prettier-ignore
  const content: AlertContent = {
    ...FIRST_ALERT,
    format: "callbox-content-3",
    grouping,
    placeIds: ids,
    restoredIds: restored.slice(),
    wrong: purpose === "correction" ? WRONG : null,
    tellPhones: purpose === "cancellation",
    validMinutes: 120,
    nextUpdateMinutes: 60,
    ...prepareWording(
      template.body,
      incident,
      SHIPPED_LANGUAGES.map(({ code }) => code),
    ),
    customWording: {},
    numbers: {},
  };
  return { facts, content };
}

function goldenCase(file: string, title: string, wanted: Wanted): GoldenCase {
  const { facts, content } = situation(wanted);
  return { file, title, facts, content, bundle: buildBundle(facts, content, NOW) };
}

const failures = Object.keys(FAILURES) as (keyof typeof FAILURES)[];
const texting = Object.keys(TEXT_TO_911) as (keyof typeof TEXT_TO_911)[];

/** A sender's name as long as the form lets it be, and a long place. */
export const LONG_AGENCY: AgencyFacts = {
  ...AGENCY,
  name: {
    "en-US": "Regional Emergency Communications and Homeland Security Council of Massachusetts",
    "es-US": "Consejo Regional de Comunicaciones de Emergencia y Seguridad de Massachusetts",
  },
  shortName: { "en-US": "MA Western RECC Cncl", "es-US": "MA Consejo del Oeste" },
};
const MANCHESTER = place("Manchester-by-the-Sea", {
  shortName: "Manchester",
  numbers: [number({ extension: "1234", desk: "North Shore Regional 911 Center", hours: "Mon-Fri 8-17" })],
});

const HAMPDEN = { ...county, id: "25013", name: "Hampden", size: 23, sameCode: "025013" };
const ELSEWHERE = ["Berkshire", "Franklin", "Worcester"].map((name, index) => ({
  ...county,
  id: `2500${index}`,
  name,
}));
/** One center answers for two towns, with one number. */
const CENTER = { id: "psap-1", kind: "psap" as const, name: "Granby Regional Dispatch", numbers: [number()] };
const served = (name: string) => place(name, { numbers: [number()], fallbacks: [CENTER] });
const CHICOPEE = place("Chicopee", { counties: [HAMPDEN], numbers: [number({ id: "c", e164: "+14135550143" })] });

/** Places that one message is for, by how they are put together: few are named, more are called by where they lie. */
const GROUPED = {
  county: ["county", [GRANBY, WARE]],
  "dispatch-area": ["dispatch-area", [served("Granby"), served("Hadley")]],
  all: ["all", [GRANBY, WARE, CHICOPEE]],
  "all-counties": ["all", [GRANBY, WARE, served("Hadley"), CHICOPEE]],
  "all-state": [
    "all",
    [GRANBY, WARE, CHICOPEE, ...ELSEWHERE.map((one) => place("Hadley", { id: one.id, counties: [one] }))],
  ],
} as const satisfies Record<string, readonly [Grouping, readonly PlaceFacts[]]>;
const GROUPED_PURPOSES = ["outage", "update", "restoration", "border"] as const;

/** What phones and the web page say where one message is for several places. */
function groupedCases(): GoldenCase[] {
  return Object.entries(GROUPED).flatMap(([file, [grouping, group]]) =>
    GROUPED_PURPOSES.flatMap((purpose) =>
      (Object.keys(FAILURES) as (keyof typeof FAILURES)[]).map((failure): GoldenCase => {
        const places = [...group];
        const restored = purpose === "restoration" ? places.map(({ id }) => id) : [];
        const textTo911 = purpose === "outage" ? "works" : "unknown";
        const title = `${FAILURES[failure].label}, ${purpose}`;
        const made = goldenCase(`grouped-${file}`, title, {
          failure,
          purpose,
          places,
          restored,
          grouping,
          textTo911,
        });
        return { ...made, only: "phones" };
      }),
    ),
  );
}

/** Every outage whose texts are kept. */
export function goldenCases(): GoldenCase[] {
  const says = (failure: keyof typeof FAILURES, text: string) => `${FAILURES[failure].label}${text}`;
  return [
    ...failures.flatMap((failure) =>
      texting.map((textTo911) =>
        goldenCase(`outage-${failure}`, says(failure, `, text-to-911 ${textTo911}`), { failure, textTo911 }),
      ),
    ),
    ...failures.map((failure) =>
      goldenCase("update", says(failure, ", Ware joined"), { failure, purpose: "update", joined: [WARE.id] }),
    ),
    ...failures.map((failure) => goldenCase("update", says(failure, ", all told"), { failure, purpose: "update" })),
    ...failures.map((failure) => goldenCase("correction", says(failure, ""), { failure, purpose: "correction" })),
    ...(["full", "partial"] as const).flatMap((failure) =>
      (["update", "correction"] as const).map((purpose) =>
        goldenCase(purpose, says(failure, ", text-to-911 works"), { failure, purpose, textTo911: "works" }),
      ),
    ),
    ...failures.map((failure) =>
      goldenCase("restoration", says(failure, ", all restored"), {
        failure,
        purpose: "restoration",
        restored: [GRANBY.id, WARE.id],
      }),
    ),
    goldenCase("restoration", "Every call, Granby restored and Ware not", {
      purpose: "update",
      restored: [GRANBY.id],
    }),
    goldenCase("restoration", "Every call, Granby restored, Ware kept out", {
      purpose: "restoration",
      restored: [GRANBY.id],
    }),
    goldenCase("cancellation", "An alert is taken back", { purpose: "cancellation" }),
    ...failures.map((failure) => goldenCase("border", says(failure, ""), { failure, purpose: "border" })),
    ...failures.map((failure) => goldenCase("exercise", says(failure, ""), { failure, mode: "exercise" })),
    goldenCase("exercise", "Restored", { mode: "exercise", purpose: "restoration", restored: [GRANBY.id, WARE.id] }),
    ...failures.map((failure) =>
      goldenCase("long-names", says(failure, ", the longest names and an extension"), {
        failure,
        agency: LONG_AGENCY,
        places: [MANCHESTER, place("North Attleborough", { shortName: "N. Attleborough" })],
        began: NOW - 3 * DAY,
      }),
    ),
    ...groupedCases(),
  ];
}

const PHONE_TEXTS = ["90", "360", "web"];

/** A case as it stands in its file. */
export function writeCase({ title, bundle, only }: GoldenCase): string {
  const messages = bundle.messages.filter(
    ({ msgType, audience }) => msgType !== "Cancel" && (only === undefined || audience === only),
  );
  return [
    `== ${title} ==`,
    ...messages.map(
      (message) =>
        `-- ${message.place}, ${message.audience}\n${writeMessage(bundle, message, NOW, only && PHONE_TEXTS)}`,
    ),
  ].join("\n\n");
}
