import { capitalize } from "../../platform/capitalize";
import type { FailureWording, LanguageWording } from "./compose";

/** What Callbox says in English of each failure. Order of every text: what fails, where, what to do, since when. */

/**
 * Since when. English wants the perfect tense before "since": behind a sentence in
 * the present it takes "and has"; what may fail, and what still fails, gets a sentence of its own.
 */
const CALLS_FAILED = ". Calls have failed since {sinceTime}.";
const ON_SOME_PHONES = [CALLS_FAILED, CALLS_FAILED] as const;
const TRY_FIRST = "In an emergency call 911 first. If it fails, {help}.";

const mayFail = (on: string) => ({
  short: [`911 may fail${on} in {placeShort}. Call 911 first; if it fails, {number}. No test calls.`],
  shortNoNumber: [
    `911 may fail${on} in {placeShort}. Call 911 first; if it fails, go to a police or fire station.`,
    `911 may fail${on} in {placeShort}. If it does, go to a police or fire station.`,
  ],
});

const IF_IT_FAILS = {
  number: ["911 may fail in {placeShort}. If it does, call {number}.", "if 911 fails in {placeShort}, call {number}."],
  noNumber: [
    "911 may fail in {placeShort}. If so, go to police or fire.",
    "if 911 fails in {placeShort}, go to police or fire.",
  ],
  /** Places with numbers of their own, and places with none. */
  county: [
    "911 may fail in {inCountyShort}. If it fails, call your town's number or go to a police or fire station.",
    "911 may fail in {inCountyShort}. If so, call your town's number or go to police or fire.",
    "if 911 fails in {inCountyShort}, call your town's number or go to police or fire.",
    "911 may fail in {inCountyShort}. If so, call or go to police or fire.",
    "if 911 fails in {inCountyShort}, call or go to police or fire.",
    "if 911 fails in {inCountyShort}, go to police or fire.",
  ],
};

/** Some calls get through: 911 comes first, the number only if it fails. */
const some = (
  hazard: string,
  still: string,
  [since, stillSince]: readonly [string, string],
  near: string,
  on = "",
): FailureWording => ({
  hazard: `${hazard} in {where}${since}`,
  still: `${still} in {where}${stillSince}`,
  headline: `${capitalize(hazard)} in {where}.`,
  stillHeadline: `${capitalize(still)} in {where}.`,
  action: TRY_FIRST,
  headlineAction: "If 911 fails, {help}.",
  short: [
    ...mayFail(on).short,
    `911 may fail${on} in {placeShort}. Call 911 first; if it fails, {number}.`,
    ...(on ? [`911 may fail${on} in {placeShort}. If it does, call {number}.`] : []),
    ...IF_IT_FAILS.number,
  ],
  shortNoNumber: [...mayFail(on).shortNoNumber, ...IF_IT_FAILS.noNumber],
  countyShort: IF_IT_FAILS.county,
  near: "911 may fail nearby",
  nearHazard: near,
  needsNumber: true,
});

/** One kind of phone fails: the other kind comes first. */
const oneKind = (kind: string, other: string): FailureWording => ({
  ...some(
    `${kind} may not reach 911`,
    `${kind} may still not reach 911`,
    ON_SOME_PHONES,
    `It may fail on ${kind} in {downIn}.`,
  ),
  action: `In an emergency call 911 from ${other}. If you can't, {help}.`,
  short: [
    `911 may fail on ${kind} in {placeShort}. Use ${other}; if you can't, call {number}.`,
    `911 may fail on ${kind} in {placeShort}. Use ${other}; if none, call {number}.`,
    `if 911 fails on ${kind} in {placeShort}, use ${other} or call {number}.`,
    ...IF_IT_FAILS.number,
  ],
  shortNoNumber: [
    `911 may fail on ${kind} in {placeShort}. Use ${other}. If you can't, go to police or fire.`,
    `if 911 fails on ${kind} in {placeShort}, use ${other} or go to police or fire.`,
    `911 may fail on ${kind} in {placeShort}. If so, go to police or fire.`,
    ...IF_IT_FAILS.noNumber,
  ],
});

const location: FailureWording = {
  hazard:
    "911 in {where}, may not see where you are or your number. Calls have come in without this since {sinceTime}.",
  still:
    "911 in {where}, still may not see where you are or your number. Calls have come in without this since {sinceTime}.",
  headline: "911 in {where}, may not see where you are or your number.",
  stillHeadline: "911 in {where}, still may not see where you are or your number.",
  action: "In an emergency call 911. Say the address first, then your number. Stay on the line.",
  headlineAction: "Call 911 and say the address first.",
  short: [
    "911 in {placeShort} may not see where you are. Call 911 and say the address first.",
    "911 in {placeShort} may not see where you are. Call 911, say where.",
    "911 in {placeShort} may not see you. Call 911, say where.",
  ],
  shortNoNumber: [
    "911 in {placeShort} may not see where you are. Call 911 and say the address first.",
    "911 in {placeShort} may not see where you are. Call 911, say where.",
    "911 in {placeShort} may not see you. Call 911, say where.",
  ],
  countyShort: [
    "911 in {inCountyShort} may not see where you are. Call 911 and say the address first.",
    "911 in {inCountyShort} may not see where you are. Call 911, say where.",
    "911 in {inCountyShort} may not see you. Call 911, say where.",
  ],
  near: "911 has trouble nearby",
  nearHazard: "911 may not see where callers are in {downIn}.",
  needsNumber: false,
};

export const ENGLISH: LanguageWording = {
  failures: {
    full: {
      hazard: "911 has been down in {where}, since {sinceTime}.",
      still: "911 is still down in {where}, and has been since {sinceTime}.",
      headline: "911 is not working in {where}.",
      stillHeadline: "911 is still not working in {where}.",
      action: "In an emergency {help}.",
      headlineAction: "In an emergency {help}.",
      short: [
        "911 is down in {placeShort}. Emergency? Call {number}. Do not call 911 to test it.",
        "911 is down in {placeShort}. Emergency? Call {number}. No test calls.",
        "911 is down in {placeShort}. Emergency? Call {number}.",
        "no 911 in {placeShort}. Call {number}.",
      ],
      shortNoNumber: [
        "911 is down in {placeShort}. Emergency? Go to a police or fire station. No test calls.",
        "911 is down in {placeShort}. Emergency? Go to a police or fire station.",
        "911 is down in {placeShort}. Go to police or fire.",
        "no 911 in {placeShort}. Go to police or fire.",
      ],
      countyShort: [
        "911 is down in {inCountyShort}. Call your town's number or go to a police or fire station.",
        "911 is down in {inCountyShort}. Call your town's number or go to police or fire.",
        "no 911 in {inCountyShort}. Call your town's number or go to police or fire.",
        "911 is down in {inCountyShort}. Call or go to local police or fire.",
        "no 911 in {inCountyShort}. Call or go to police or fire.",
        "no 911 in {inCountyShort}. Go to police or fire.",
      ],
      near: "911 is down nearby",
      nearHazard: "It is not working in {downIn}.",
      needsNumber: true,
    },
    partial: some(
      "some calls to 911 fail",
      "some calls to 911 still fail",
      [", and have since {sinceTime}.", ". They have failed since {sinceTime}."],
      "Some calls to 911 fail in {downIn}.",
    ),
    intermittent: some(
      "911 works on and off",
      "911 still works on and off",
      [", and has since {sinceTime}.", ". It has done so since {sinceTime}."],
      "It works on and off in {downIn}.",
    ),
    carrier: some(
      "{carrier} phones may not reach 911",
      "{carrier} phones may still not reach 911",
      ON_SOME_PHONES,
      "It may fail on {carrier} phones in {downIn}.",
      " on {carrier} phones",
    ),
    landline: oneKind("landlines", "a cell phone"),
    wireless: oneKind("cell phones", "a landline"),
    location,
  },
  where: { place: "{place}, {state}", county: "{inCounty}, {state}" },
  help: {
    number: "call {number}",
    noNumber: "{otherHelp}",
    county: "call your town's number or go to a police or fire station",
  },
  still: (short) =>
    short
      .replace("is down", "is still down")
      .replace("may fail", "may still fail")
      .replace("may not see", "still may not see")
      .replace(/^no 911/, "still no 911"),
  desk: "The {desk} answers {hours}.",
  ifNobodyAnswers: "If nobody answers, {otherHelp}.",
  ifOneFails: "If a call to 911 fails, call {number}.",
  ifOneFailsNoNumber: "If a call to 911 fails, {otherHelp}.",
  noDirectNumber: "There is no direct number.",
  callsFail: "Calls to 911 do not go through.",
  again: "The number again: {number}.",
  noTesting: ["No test calls.", "Do not call 911 to test it."],
  keepFree: ", and keep the direct number free for emergencies",
  onAir: "Radio and television read out the numbers.",
  works: "911 works again",
  worksFully: "911 works fully again",
  worksShort: "911 works again",
  worksFullyShort: "911 works fully again",
  noLongerNeeded: "You do not need any other number.",
  askTown: "ask for the town and give its number",
  readText: "read out the text above and end the call",
};
