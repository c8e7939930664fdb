import { FAILURES } from "../../lib/incidents/schema";

/** What the texts of an alert say for each kind of outage, in their words. Pure. */

type Failure = keyof typeof FAILURES;

/** Word for word as the shipped template has them; a test holds them against it. */
export const QUOTES: Readonly<Record<Failure, readonly [string, ...string[]]>> = {
  full: ["911 is down", "Calls to 911 do not go through"],
  partial: ["Some calls to 911 fail", "Call 911 first; if it fails"],
  intermittent: ["911 works on and off", "Call 911 first; if it fails"],
  carrier: ["phones may not reach 911", "Call 911 first; if it fails"],
  landline: ["Landlines may not reach 911", "Use a cell phone; if you can’t"],
  wireless: ["Cell phones may not reach 911", "Use a landline; if you can’t"],
  location: ["911 may not see where you are", "Call 911 and say the address first"],
};

const WHY: Readonly<Record<Failure, string>> = {
  full: "and give the direct number to call",
  partial: "because some calls still get through",
  intermittent: "because a second try may get through",
  carrier: "because other phones get through",
  landline: "because cell phones get through",
  wireless: "because landlines get through",
  location: "because calls still get through",
};

const quote = (failure: Failure) => QUOTES[failure].map((words) => `“${words}”`).join(" and ");

/** @returns what the texts will say, and what they would say otherwise: what is chosen decides what people dial first */
export function describeTexts(failure: Failure): [string, string] {
  const other = failure === "full" ? "partial" : "full";
  return [
    `The texts will say ${quote(failure)}, ${WHY[failure]}.`,
    `For “${FAILURES[other].label}” they would say ${quote(other)}.`,
  ];
}
