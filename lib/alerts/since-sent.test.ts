import { expect, test } from "vitest";
import type { Bundle, BundleMessage } from "./bundle";
import { describeChanges, listDifferences } from "./since-sent";

const number = (placeId: string, e164: string, doubts?: string[]) => ({
  id: `${placeId}-${e164}`,
  e164,
  extension: "",
  placeId,
  ...(doubts ? { doubts } : {}),
});

const message = (name: string, change: Partial<BundleMessage> = {}): BundleMessage => ({
  identifier: `A-${name}`,
  msgType: "Alert",
  tells: "outage",
  audience: "phones",
  placeId: name,
  place: name,
  placeIds: [name],
  population: 100,
  areas: [],
  outcome: "ready",
  numbers: [number(name, "+14135550101")],
  why: "Answered a test call in the last 90 days.",
  references: null,
  texts: [],
  ...change,
});

const bundle = (messages: BundleMessage[], change: Partial<Bundle> = {}): Bundle => ({
  format: "callbox-bundle-4",
  alertId: "a",
  purpose: "outage",
  status: "Actual",
  note: null,
  sender: "state911@callbox.example",
  senderName: { "en-US": "State 911" },
  source: "Callbox",
  web: null,
  contact: null,
  incident: "i",
  beganAt: 0,
  validMinutes: 60,
  nextUpdateMinutes: 30,
  timeZone: "America/New_York",
  wrong: null,
  messages,
  ...change,
});

const reno = message("Reno");
const radio = (numbers = reno.numbers) =>
  message("Washoe County", { identifier: "A-EAS", audience: "broadcasters", placeIds: ["Reno"], numbers });
const OVERLOADED = "The alternate. About the first number: it is overloaded.";
const SPARKS = { numbers: [], outcome: "no-number" as const };

test.each<[string, Bundle, Bundle, string]>([
  ["nothing", bundle([reno]), bundle([{ ...reno, numbers: [...reno.numbers] }]), ""],
  [
    "another number, and that stations of the county give it out goes without saying",
    bundle([reno, radio()]),
    bundle([
      { ...reno, numbers: [number("Reno", "+14135550102")], outcome: "alternate", why: OVERLOADED },
      radio([number("Reno", "+14135550102")]),
    ]),
    `Reno: It gives out 413-555-0102 now. It gave out 413-555-0101. ${OVERLOADED}`,
  ],
  [
    "a number where there was none",
    bundle([message("Sparks", SPARKS)]),
    bundle([message("Sparks")]),
    "Sparks: It gives out 413-555-0101 now. It gave out none. Answered a test call in the last 90 days.",
  ],
  [
    "no number any more",
    bundle([message("Sparks")]),
    bundle([message("Sparks", { ...SPARKS, why: "The directory has no number." })]),
    "Sparks: It gives out no number now, it gave out 413-555-0101. The directory has no number.",
  ],
  [
    "a doubt about the same number",
    bundle([reno]),
    bundle([{ ...reno, numbers: [number("Reno", "+14135550101", ["When it is answered can’t be read."])] }]),
    "Reno: When it is answered can’t be read.",
  ],
  [
    "the same of several places, which stand together",
    bundle(["Ely", "Elko", "Wells", "Reno"].map((name) => message(name))),
    bundle(["Ely", "Elko", "Wells", "Reno"].map((name) => message(name, { references: "x" }))),
    "Ely, Elko, Wells and 1 more: Another alert of this outage was published, canceled or ended.",
  ],
  [
    "more than anybody reads in one line",
    bundle(["Ely", "Elko", "Wells", "Reno"].map((name) => message(name))),
    bundle(["Ely", "Elko", "Wells", "Reno"].map((name) => message(name, { why: `${name} is new.` }))),
    "Ely: Ely is new. Elko: Elko is new. Wells: Wells is new. And 1 more change.",
  ],
  [
    "messages that come and go, and the start of the outage",
    bundle([reno]),
    bundle([message("Sparks")], { beganAt: 60_000 }),
    "When the outage began was changed. Sparks: It gets a message that was not there. Reno: Its message is no longer needed.",
  ],
  [
    "the agency",
    bundle([reno]),
    bundle([reno], { contact: "555" }),
    "What the agency is called or how it is reached changed.",
  ],
])("%s", (_, sent, now, said) => {
  const changes = listDifferences(sent, now);
  expect(changes.length === 0 ? "" : describeChanges({ code: "content-changed", changes })).toBe(said);
});
