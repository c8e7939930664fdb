import type { Fallback, NumberFacts, TestCall } from "./schema";
import type { HelpOptionFacts, Selection, Situation } from "./selection";

/** Every situation in which a number is chosen or not, and what must come of it. */

export const NOW = Date.UTC(2026, 5, 18);
const DAY = 86_400_000;
export const call = (days: number, result: TestCall["result"] = "right-desk"): TestCall => ({
  at: NOW - days * DAY,
  by: "Tess",
  answeredBy: "dispatcher",
  result,
  validDays: 90,
  recordedAt: null,
});
export const number = (id: string, change: Partial<NumberFacts> = {}): NumberFacts => ({
  id,
  service: "dispatch",
  e164: "+14135550142",
  extension: "",
  desk: "dispatch",
  hours: "day and night",
  lines: 2,
  sharedWith911: false,
  preference: 1,
  status: "in-service",
  calls: [call(10)],
  ...change,
});
const second = (change: Partial<NumberFacts> = {}) => number("b", { preference: 2, ...change });

export const area = (kind: Fallback["kind"], numbers: NumberFacts[], name: string = kind): Fallback => ({
  kind,
  id: kind,
  name,
  numbers,
});
const bad = (...results: TestCall["result"][]) => results.map((result, index) => call(index + 1, result));

interface Case {
  name: string;
  numbers?: NumberFacts[];
  fallbacks?: Fallback[];
  helpOptions?: HelpOptionFacts[];
  situation?: Partial<Situation>;
  outcome: Selection["outcome"];
  id?: string;
  of?: Fallback["kind"];
  helpOption?: string;
  why: RegExp;
}

const expired = (id: string, change: Partial<NumberFacts> = {}) => number(id, { calls: [call(100)], ...change });
const helpOption = (kind: string, works = true): HelpOptionFacts => ({ kind, works, wording: { "en-US": kind } });

const CASES: Case[] = [
  // Own numbers, one.
  { name: "no number at all", outcome: "no-number", why: /no number/ },
  { name: "a fresh number", numbers: [number("a")], outcome: "ready", id: "a", why: /Answered/ },
  {
    name: "answered on the last day",
    numbers: [number("a", { calls: [call(89.9)] })],
    outcome: "ready",
    id: "a",
    why: /90 days/,
  },
  { name: "answered 90 days ago", numbers: [number("a", { calls: [call(90)] })], outcome: "blocked", why: /90 days/ },
  { name: "never called", numbers: [number("a", { calls: [] })], outcome: "blocked", why: /never answered/ },
  {
    name: "one failed call, never a good one",
    numbers: [number("a", { calls: bad("no-answer") })],
    outcome: "blocked",
    why: /never answered/,
  },
  {
    name: "one failure after a good call",
    numbers: [number("a", { calls: [call(1, "busy"), call(5)] })],
    outcome: "ready",
    id: "a",
    why: /Answered/,
  },
  {
    name: "two failures in a row",
    numbers: [number("a", { calls: [...bad("busy", "no-answer"), call(5)] })],
    outcome: "blocked",
    why: /last two/,
  },
  {
    name: "two failures and never a good call",
    numbers: [number("a", { calls: bad("out-of-service", "somebody-else") })],
    outcome: "blocked",
    why: /last two.*out of service/,
  },
  {
    name: "two failures, then a good call",
    numbers: [number("a", { calls: [call(1), call(2, "busy"), call(3, "busy")] })],
    outcome: "ready",
    id: "a",
    why: /Answered/,
  },
  {
    name: "limited hours still count",
    numbers: [number("a", { calls: [call(3, "right-desk-limited")] })],
    outcome: "ready",
    id: "a",
    why: /Answered/,
  },
  {
    name: "an agency's own 30 days",
    numbers: [number("a", { calls: [{ ...call(31), validDays: 30 }] })],
    outcome: "blocked",
    why: /30 days/,
  },
  {
    name: "an agency's own 180 days",
    numbers: [number("a", { calls: [{ ...call(150), validDays: 180 }] })],
    outcome: "ready",
    id: "a",
    why: /180 days/,
  },
  { name: "down", numbers: [number("a", { status: "down" })], outcome: "blocked", why: /out of service/ },
  {
    name: "overloaded, no alternate",
    numbers: [number("a", { status: "overloaded" })],
    outcome: "ready",
    id: "a",
    why: /overloaded\. There is no alternate/,
  },
  // Own numbers, several.
  {
    name: "the order of the directory, not of the list",
    numbers: [second(), number("a")],
    outcome: "ready",
    id: "a",
    why: /Answered/,
  },
  {
    name: "the same place in the order: by id",
    numbers: [number("b"), number("a")],
    outcome: "ready",
    id: "a",
    why: /Answered/,
  },
  {
    name: "down, with an alternate",
    numbers: [number("a", { status: "down" }), second()],
    outcome: "alternate",
    id: "b",
    why: /out of service/,
  },
  {
    name: "overloaded, with an alternate",
    numbers: [number("a", { status: "overloaded" }), second()],
    outcome: "alternate",
    id: "b",
    why: /overloaded/,
  },
  {
    name: "overloaded, alternate expired",
    numbers: [number("a", { status: "overloaded" }), expired("b", { preference: 2 })],
    outcome: "ready",
    id: "a",
    why: /overloaded/,
  },
  {
    name: "both overloaded",
    numbers: [number("a", { status: "overloaded" }), second({ status: "overloaded" })],
    outcome: "ready",
    id: "a",
    why: /overloaded/,
  },
  {
    name: "expired, with an alternate",
    numbers: [expired("a"), second()],
    outcome: "alternate",
    id: "b",
    why: /90 days/,
  },
  {
    name: "failed twice, with an alternate",
    numbers: [number("a", { calls: bad("busy", "busy") }), second()],
    outcome: "alternate",
    id: "b",
    why: /last two/,
  },
  {
    name: "both expired",
    numbers: [expired("a"), expired("b", { preference: 2 })],
    outcome: "blocked",
    why: /no alternate/,
  },
  {
    name: "the third of three",
    numbers: [expired("a"), second({ status: "down" }), number("c", { preference: 3 })],
    outcome: "alternate",
    id: "c",
    why: /90 days/,
  },
  // The system that failed.
  {
    name: "on the failed system, full outage",
    numbers: [number("a", { sharedWith911: true }), second()],
    situation: { failure: "full" },
    outcome: "alternate",
    id: "b",
    why: /network that failed/,
  },
  {
    name: "on the failed system, landlines fail",
    numbers: [number("a", { sharedWith911: true })],
    situation: { failure: "landline" },
    outcome: "blocked",
    why: /network that failed/,
  },
  {
    name: "on the failed system, cell phones fail",
    numbers: [number("a", { sharedWith911: true })],
    situation: { failure: "wireless" },
    outcome: "ready",
    id: "a",
    why: /Answered/,
  },
  {
    name: "on the failed system, one carrier",
    numbers: [number("a", { sharedWith911: true })],
    situation: { failure: "carrier" },
    outcome: "ready",
    id: "a",
    why: /Answered/,
  },
  {
    name: "on the failed system, quiet day",
    numbers: [number("a", { sharedWith911: true })],
    outcome: "ready",
    id: "a",
    why: /Answered/,
  },
  // Services.
  {
    name: "dispatch goes before a police desk, whatever the order says",
    numbers: [number("a", { service: "police" }), second({ service: "dispatch" })],
    outcome: "ready",
    id: "b",
    why: /Answered/,
  },
  {
    name: "one failed call after a good one is told",
    numbers: [number("a", { calls: [call(1, "somebody-else"), call(5)] })],
    outcome: "ready",
    id: "a",
    why: /last test call failed: wrong desk answered/,
  },
  {
    name: "one failed call after a good one goes behind a number that answered",
    numbers: [number("a", { calls: [call(1, "out-of-service"), call(5)] }), second()],
    outcome: "alternate",
    id: "b",
    why: /About the first number: the last test call to it failed \(/,
  },
  {
    name: "one failed call, and the other has expired",
    numbers: [number("a", { calls: [call(1, "busy"), call(5)] }), expired("b", { preference: 2 })],
    outcome: "ready",
    id: "a",
    why: /last test call failed/,
  },
  {
    name: "one failed call each: the directory's order",
    numbers: [number("a", { calls: [call(1, "busy"), call(5)] }), second({ calls: [call(1, "no-answer"), call(5)] })],
    outcome: "ready",
    id: "a",
    why: /last test call failed/,
  },
  {
    name: "one failed call goes before an overloaded number",
    numbers: [number("a", { status: "overloaded" }), second({ calls: [call(1, "busy"), call(5)] })],
    outcome: "alternate",
    id: "b",
    why: /About the first number: it is overloaded/,
  },
  {
    name: "a failed call before the last good one is no doubt",
    numbers: [number("a", { calls: [call(1), call(2, "busy")] }), second()],
    outcome: "ready",
    id: "a",
    why: /Answered a test call in the last 90 days\.$/,
  },
  {
    name: "overloaded, and the dispatch center has expired",
    numbers: [number("a", { status: "overloaded" })],
    fallbacks: [area("psap", [expired("p")])],
    outcome: "ready",
    id: "a",
    why: /overloaded\. There is no alternate/,
  },
  {
    name: "limited hours against what the directory says are told",
    numbers: [number("a", { calls: [call(3, "right-desk-limited")] })],
    outcome: "ready",
    id: "a",
    why: /not answered at all hours, though the directory says “day and night”/,
  },
  {
    name: "a police desk takes an emergency",
    numbers: [number("a", { service: "police" })],
    outcome: "ready",
    id: "a",
    why: /Answered/,
  },
  {
    name: "poison control does not",
    numbers: [number("a", { service: "poison-control" })],
    outcome: "no-number",
    why: /no number/,
  },
  {
    name: "the non-emergency line does not",
    numbers: [number("a", { service: "non-emergency" })],
    outcome: "no-number",
    why: /no number/,
  },
  {
    name: "fire asks fire and dispatch, not police",
    numbers: [number("a", { service: "police" }), second({ service: "dispatch" })],
    situation: { service: "fire" },
    outcome: "ready",
    id: "b",
    why: /Answered/,
  },
  {
    name: "poison control asks poison control",
    numbers: [number("a"), second({ service: "poison-control" })],
    situation: { service: "poison-control" },
    outcome: "ready",
    id: "b",
    why: /Answered/,
  },
  {
    name: "non-emergency, expired",
    numbers: [expired("a", { service: "non-emergency" })],
    situation: { service: "non-emergency" },
    outcome: "blocked",
    why: /90 days/,
  },
  // Larger places.
  {
    name: "no number, its dispatch center has one",
    fallbacks: [area("psap", [number("p")])],
    outcome: "alternate",
    id: "p",
    of: "psap",
    why: /dispatch center that serves it, because it has no number/,
  },
  {
    name: "an expired number, its dispatch center has one",
    numbers: [expired("a")],
    fallbacks: [area("psap", [number("p")])],
    outcome: "alternate",
    id: "p",
    of: "psap",
    why: /own number can’t be given out: the right desk has not answered/,
  },
  {
    name: "two dispatch centers, the first expired",
    fallbacks: [area("psap", [expired("p")], "North"), area("psap", [number("q")], "South")],
    outcome: "alternate",
    id: "q",
    of: "psap",
    why: /South/,
  },
  {
    name: "own alternate before the dispatch center",
    numbers: [expired("a"), second()],
    fallbacks: [area("psap", [number("p")])],
    outcome: "alternate",
    id: "b",
    why: /first number/,
  },
  {
    name: "the dispatch center before an overloaded own number",
    numbers: [number("a", { status: "overloaded" })],
    fallbacks: [area("psap", [number("p")])],
    outcome: "alternate",
    id: "p",
    of: "psap",
    why: /number of psap.*about its own number: it is overloaded/,
  },
  {
    name: "the county behind the dispatch center",
    fallbacks: [area("psap", [expired("p")]), area("county", [number("c")])],
    outcome: "alternate",
    id: "c",
    of: "county",
    why: /county/,
  },
  {
    name: "the state behind the county",
    fallbacks: [area("psap", []), area("county", [number("c", { status: "down" })]), area("state", [number("s")])],
    outcome: "alternate",
    id: "s",
    of: "state",
    why: /state/,
  },
  {
    name: "no unverified number of a larger place",
    fallbacks: [area("county", [expired("c")]), area("state", [number("s", { calls: [] })])],
    outcome: "no-number",
    why: /larger places can’t/,
  },
  {
    name: "a blocked number stays blocked when larger places fail too",
    numbers: [expired("a")],
    fallbacks: [area("state", [expired("s")])],
    outcome: "blocked",
    why: /no alternate/,
  },
  {
    name: "the dispatch center's own system failed too",
    numbers: [expired("a")],
    fallbacks: [area("psap", [number("p", { sharedWith911: true })]), area("state", [number("s")])],
    situation: { failure: "full" },
    outcome: "alternate",
    id: "s",
    of: "state",
    why: /state/,
  },
  {
    name: "a larger place's desk of another service",
    fallbacks: [area("state", [number("s", { service: "poison-control" })])],
    outcome: "no-number",
    why: /no number/,
  },
  {
    name: "poison control of the state",
    numbers: [number("a")],
    fallbacks: [area("state", [number("s", { service: "poison-control" })])],
    situation: { service: "poison-control" },
    outcome: "alternate",
    id: "s",
    of: "state",
    why: /state/,
  },
  // Decisions of people.
  {
    name: "override of an expired number",
    numbers: [expired("a")],
    situation: { choice: { choice: "override", numberId: "a", reason: "line is staffed" } },
    outcome: "override",
    id: "a",
    why: /line is staffed/,
  },
  {
    name: "override of a number that is not there",
    numbers: [expired("a")],
    situation: { choice: { choice: "override", numberId: "z", reason: "?" } },
    outcome: "blocked",
    why: /90 days/,
  },
  {
    name: "override does not reach a larger place's number",
    numbers: [expired("a")],
    fallbacks: [area("state", [expired("s")])],
    situation: { choice: { choice: "override", numberId: "s", reason: "?" } },
    outcome: "blocked",
    why: /90 days/,
  },
  {
    name: "no number, by decision",
    numbers: [number("a")],
    situation: { choice: { choice: "no-number", reason: "nobody there" } },
    outcome: "no-number",
    why: /nobody there/,
  },
  // Routes.
  {
    name: "a helpOption beside a number",
    numbers: [number("a")],
    helpOptions: [helpOption("fire-box")],
    outcome: "ready",
    id: "a",
    helpOption: "fire-box",
    why: /Answered/,
  },
  {
    name: "the first helpOption that works",
    helpOptions: [helpOption("kiosk", false), helpOption("fire-station")],
    outcome: "no-number",
    helpOption: "fire-station",
    why: /no number/,
  },
  {
    name: "text to 911 where it works",
    helpOptions: [helpOption("text-to-911"), helpOption("fire-box")],
    situation: { textTo911: "works" },
    outcome: "no-number",
    helpOption: "text-to-911",
    why: /no number/,
  },
  {
    name: "text to 911 where it fails",
    helpOptions: [helpOption("text-to-911"), helpOption("fire-box")],
    situation: { textTo911: "fails" },
    outcome: "no-number",
    helpOption: "fire-box",
    why: /no number/,
  },
  {
    name: "text to 911 where nobody knows",
    helpOptions: [helpOption("text-to-911")],
    situation: { textTo911: "unknown" },
    outcome: "no-number",
    why: /no number/,
  },
];

/** Wednesday, 17 June 2026, seven in the evening in Chicago; the alert ends at nine. */
const ZONE = "America/Chicago";
const UNTIL = NOW + 2 * 3_600_000;
const day = "Mon-Fri 8-16";
const late = "daily 7am-8pm";
const evening = "6pm-6am";
const own = (change: Partial<NumberFacts> = {}) => number("a", change);
const psap = (change: Partial<NumberFacts> = {}) => area("psap", [number("p", change)]);
const county = (change: Partial<NumberFacts> = {}) => area("county", [number("c", change)]);
const state = (change: Partial<NumberFacts> = {}) => area("state", [number("s", change)]);
const failedOnce = { calls: [call(1, "out-of-service"), call(5)] };
const over = { status: "overloaded" as const };
const onNetwork = { sharedWith911: true };

type Row = [
  name: string,
  numbers: NumberFacts[],
  fallbacks: Fallback[],
  situation: Partial<Situation>,
  expected: [outcome: Selection["outcome"], id: string | undefined],
  why: RegExp,
];

const ROWS: Row[] = [
  // When it is answered.
  ["day and night", [own()], [], {}, ["ready", "a"], /^Answered a test call in the last 90 days\.$/],
  ["closed in the evening, nothing else", [own({ hours: day })], [], {}, ["blocked", undefined], /nobody answers it at this hour \(Mon-Fri 8-16\)/],
  ["closed, with an alternate", [own({ hours: day }), second()], [], {}, ["alternate", "b"], /nobody answers it at this hour/],
  ["closed, with the dispatch center", [own({ hours: day })], [psap()], {}, ["alternate", "p"], /number of psap.*nobody answers it at this hour/],
  ["closed, with the county", [own({ hours: day })], [county()], {}, ["alternate", "c"], /its county/],
  ["closed, with the state only", [own({ hours: day })], [state()], {}, ["alternate", "s"], /its state/],
  ["closed, and so is the county", [own({ hours: day })], [county({ hours: day })], {}, ["blocked", undefined], /at this hour/],
  ["closing within the alert, nothing else", [own({ hours: late })], [], {}, ["ready", "a"], /not answered as long as the alert is valid \(daily 7am-8pm\).*no alternate/],
  ["closing, with an alternate", [own({ hours: late }), second()], [], {}, ["alternate", "b"], /as long as the alert is valid/],
  ["closing, the alternate closing too", [own({ hours: late }), second({ hours: late })], [], {}, ["ready", "a"], /no better/],
  ["closing, with the dispatch center", [own({ hours: late })], [psap()], {}, ["alternate", "p"], /about its own number: it is not answered/],
  ["closing, with a closed county", [own({ hours: late })], [county({ hours: day })], {}, ["ready", "a"], /no alternate/],
  ["day desk against the county's night", [own({ hours: day })], [county({ hours: "24/7" })], {}, ["alternate", "c"], /county/],
  ["open in the evening", [own({ hours: evening })], [county()], {}, ["ready", "a"], /^Answered/],
  ["volunteers in the evening, county day and night", [own({ hours: "Sat 9-12" })], [county()], {}, ["alternate", "c"], /Sat 9-12/],
  ["hours that nobody can read", [own({ hours: "when staffed" })], [county()], {}, ["ready", "a"], /^Answered/],
  ["hours that are not known, not at all hours", [own({ hours: "hours not known", calls: [call(3, "right-desk-limited")] })], [], {}, ["ready", "a"], /does not say when/],
  ["hours that nobody can read, not at all hours", [own({ hours: "Mon-Fri 8-5", calls: [call(3, "right-desk-limited")] })], [], {}, ["blocked", undefined], /when can’t be read from “Mon-Fri 8-5”/],
  ["the same, and the county answers", [own({ hours: "Mon-Fri 8-5", calls: [call(3, "right-desk-limited")] })], [county()], {}, ["alternate", "c"], /can’t be read/],
  ["open at midday", [own({ hours: day })], [county()], { now: NOW - 7 * 3_600_000, until: NOW - 5 * 3_600_000 }, ["ready", "a"], /^Answered/],
  ["open at midday, for a day", [own({ hours: day })], [county()], { now: NOW - 7 * 3_600_000, until: NOW + 17 * 3_600_000 }, ["alternate", "c"], /as long as/],
  ["no alert is asked about: readiness", [own({ hours: day })], [county()], { until: undefined as never }, ["ready", "a"], /^Answered/],
  // Overloaded.
  ["overloaded, dispatch center", [own(over)], [psap()], {}, ["alternate", "p"], /about its own number: it is overloaded/],
  ["overloaded, county", [own(over)], [county()], {}, ["alternate", "c"], /overloaded/],
  ["overloaded, dispatch center overloaded", [own(over)], [psap(over)], {}, ["ready", "a"], /overloaded\. That of psap is no better: it is overloaded/],
  ["overloaded, dispatch center never called", [own(over)], [psap({ calls: [] })], {}, ["ready", "a"], /There is no alternate/],
  ["overloaded, the alternate on a failed call", [own(over), second(failedOnce)], [], {}, ["alternate", "b"], /it is overloaded/],
  ["overloaded, the alternate closing", [own(over), second({ hours: late })], [], {}, ["ready", "a"], /The alternate is no better/],
  ["overloaded and closing, county overloaded", [own({ ...over, hours: late })], [county(over)], {}, ["alternate", "c"], /county/],
  // The last call.
  ["last call bad, an alternate", [own(failedOnce), second()], [], {}, ["alternate", "b"], /last test call to it failed \(out of service\)/],
  ["last call bad, the county", [own(failedOnce)], [county()], {}, ["alternate", "c"], /last test call to it failed/],
  ["last call bad, nothing else", [own(failedOnce)], [], {}, ["ready", "a"], /The last test call failed: out of service\..*no alternate/],
  ["last call bad, county expired", [own(failedOnce)], [county({ calls: [call(100)] })], {}, ["ready", "a"], /no alternate/],
  ["last call reached another desk", [own({ calls: [call(1, "somebody-else"), call(5)] })], [psap()], {}, ["alternate", "p"], /wrong desk/],
  ["last call bad, county's as well", [own(failedOnce)], [county(failedOnce)], {}, ["ready", "a"], /no better/],
  ["two calls bad, county's last bad", [own({ calls: [...bad("busy", "busy"), call(5)] })], [county(failedOnce)], {}, ["alternate", "c"], /last two/],
  // On the 911 network.
  ["on the network, some calls fail, alone", [own(onNetwork)], [], { failure: "partial" }, ["ready", "a"], /911 network, which fails for some.*no alternate/],
  ["on the network, some calls fail, an alternate", [own(onNetwork), second()], [], { failure: "partial" }, ["alternate", "b"], /911 network/],
  ["on the network, some calls fail, the county", [own(onNetwork)], [county()], { failure: "partial" }, ["alternate", "c"], /911 network/],
  ["on the network, on and off", [own(onNetwork), second()], [], { failure: "intermittent" }, ["alternate", "b"], /911 network/],
  ["on the network, all on it, on and off", [own(onNetwork), second(onNetwork)], [county(onNetwork)], { failure: "intermittent" }, ["ready", "a"], /no better/],
  ["on the network, every call fails", [own(onNetwork)], [county()], { failure: "full" }, ["alternate", "c"], /911 network that failed/],
  ["on the network, every call fails, alone", [own(onNetwork)], [], { failure: "full" }, ["blocked", undefined], /network that failed/],
  ["on the network, landlines fail", [own(onNetwork)], [county()], { failure: "landline" }, ["alternate", "c"], /failed/],
  ["on the network, cell phones fail", [own(onNetwork)], [county()], { failure: "wireless" }, ["ready", "a"], /^Answered/],
  ["on the network, one carrier fails", [own(onNetwork)], [county()], { failure: "carrier" }, ["ready", "a"], /^Answered/],
  ["on the network goes before overloaded", [own(over), second(onNetwork)], [], { failure: "partial" }, ["alternate", "b"], /overloaded/],
  ["on the network goes before a failed call", [own(failedOnce), second(onNetwork)], [], { failure: "partial" }, ["alternate", "b"], /failed/],
  // Which larger place.
  ["dispatch center before county", [], [psap(), county()], {}, ["alternate", "p"], /no number of its own/],
  ["county where the dispatch center is closed", [], [psap({ hours: day }), county()], {}, ["alternate", "c"], /its county/],
  ["county where the dispatch center is closing", [], [psap({ hours: late }), county()], {}, ["alternate", "c"], /its county/],
  ["dispatch center closing, county overloaded", [], [psap({ hours: late }), county(over)], {}, ["alternate", "c"], /its county/],
  ["two dispatch centers in their order", [], [area("psap", [number("p1")], "first"), area("psap", [number("p2")], "second")], {}, ["alternate", "p1"], /first/],
  ["the second dispatch center where the first is overloaded", [], [area("psap", [number("p1", over)], "first"), area("psap", [number("p2")], "second")], {}, ["alternate", "p2"], /second/],
  ["a larger place's police desk takes an emergency", [], [county({ service: "police" })], {}, ["alternate", "c"], /county/],
  ["a larger place's town hall does not", [], [county({ service: "non-emergency" })], {}, ["no-number", undefined], /no number/],
  ["all larger places closed", [], [psap({ hours: day }), county({ hours: day })], {}, ["no-number", undefined], /larger places can’t be given out either/],
  // Decisions.
  ["an override of a closed number", [own({ hours: day })], [], { choice: { choice: "override", numberId: "a", reason: "line is staffed tonight" } }, ["override", "a"], /staffed tonight/],
  ["an override although the county answers", [own({ hours: day })], [county()], { choice: { choice: "override", numberId: "a", reason: "line is staffed tonight" } }, ["override", "a"], /staffed/],
  ["no number although the county answers", [own({ hours: day })], [county()], { choice: { choice: "no-number", reason: "nobody there" } }, ["no-number", undefined], /nobody there/],
]; // prettier-ignore

/** A situation, and what must come of it. */
export interface SelectionCase {
  name: string;
  place: {
    numbers: NumberFacts[];
    fallbacks: Fallback[];
    helpOptions: HelpOptionFacts[];
    timeZone?: string;
  };
  situation: Situation;
  outcome: Selection["outcome"];
  id: string | undefined;
  of?: Fallback["kind"] | undefined;
  helpOption?: string | undefined;
  why: RegExp;
}

export const SELECTION_CASES: SelectionCase[] = [
  ...CASES.map(({ numbers = [], fallbacks = [], helpOptions = [], situation, id, ...entry }) => ({
    ...entry,
    id,
    place: { numbers, fallbacks, helpOptions },
    situation: { now: NOW, ...situation },
  })),
  ...ROWS.map(([name, numbers, fallbacks, situation, [outcome, id], why]): SelectionCase => ({
    name: `at seven in the evening: ${name}`,
    place: { numbers, fallbacks, helpOptions: [], timeZone: ZONE },
    situation: { now: NOW, until: UNTIL, failure: "carrier", ...situation },
    outcome,
    id,
    why,
  })),
];
