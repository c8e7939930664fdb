import "server-only";
import { type Actor, can } from "../../access/actor";
import type { Reader } from "../../platform/db";
import { countClasses, loadReadiness } from "../../directory/readiness/data";
import { unserved } from "../../directory/readiness/readiness";

/** What a new site still needs before it can alert, counted from what is there. */

export interface SetupStep {
  name: "places" | "people" | "agencies" | "numbers" | "calls" | "exercise";
  done: boolean;
  /** What is there, as a sentence. */
  has: string;
  /** What is missing, as a sentence; empty when nothing is. */
  missing: string;
}

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;

async function describePlaces(client: Reader): Promise<SetupStep> {
  const [places, counties, unknown] = await Promise.all([
    client.place.count({ where: { alertable: true, kind: "municipality" } }),
    client.place.count({ where: { alertable: true, kind: "county" } }),
    client.place.count({ where: { alertable: true, population: 0 } }),
  ]);
  const has = `${count(places, "city or town", "cities and towns")}; ${count(counties, "county", "counties")}, for whoever lives outside them.`;
  return {
    name: "places",
    done: places > 0,
    has,
    missing:
      places === 0
        ? "Until cities and towns are imported, whole counties are alerted."
        : unknown > 0
          ? `How many people live in ${count(unknown, "place", "places")} is not known.`
          : "",
  };
}

async function describePeople(client: Reader): Promise<SetupStep> {
  const rows = await client.membership.findMany({
    where: { person: { disabledAt: null } },
    select: { role: true, personId: true },
  });
  const of = (role: string) => new Set(rows.filter((row) => row.role === role).map(({ personId }) => personId)).size;
  const [drafters, approvers, stewards] = [of("drafter"), of("approver"), of("steward")];
  const missing = [
    ...(drafters === 0 ? ["someone who writes alerts"] : []),
    ...(approvers === 0 ? ["someone who approves them"] : approvers === 1 ? ["a second approver"] : []),
    ...(stewards === 0 ? ["someone who keeps the numbers"] : []),
  ];
  return {
    name: "people",
    done: drafters > 0 && approvers > 0 && stewards > 0,
    has: `${count(drafters, "drafter", "drafters")}, ${count(approvers, "approver", "approvers")}, ${count(stewards, "steward", "stewards")}.`,
    missing: missing.length === 0 ? "" : `Missing: ${missing.join(", ")}.`,
  };
}

/** The steps of a site, each as it is at this moment. */
export async function getSetup(client: Reader, actor: Actor, now: Date): Promise<SetupStep[]> {
  if (!can(actor, "people:manage")) return [];
  const places = await describePlaces(client);
  const people = await describePeople(client);
  const agencies = await client.agency.count();
  const numbers = await client.directNumber.count({ where: { retiredAt: null } });
  const waiting = await client.directNumber.count({ where: { retiredAt: null, verifiedUntil: null } });
  const readiness = countClasses(await loadReadiness(client, "dispatch", now));
  const without = unserved(readiness);
  const exercises = await client.alert.count({ where: { publishedAt: { not: null }, incident: { mode: "exercise" } } });
  return [
    places,
    people,
    {
      name: "agencies",
      done: agencies > 1,
      has: `${count(agencies, "agency", "agencies")}.`,
      missing: agencies > 1 ? "" : "Counties and cities keep their own numbers once they have an agency.",
    },
    {
      name: "numbers",
      done: numbers > 0 && readiness.missing === 0,
      has: `${count(numbers, "number", "numbers")}.`,
      missing:
        readiness.missing === 0
          ? ""
          : `${count(readiness.missing, "place has", "places have")} no number of their own.`,
    },
    {
      name: "calls",
      done: numbers > 0 && waiting === 0,
      has: `${count(readiness.total - without, "place has", "places have")} a number that answered a test call.`,
      missing: waiting === 0 ? "" : `${count(waiting, "number was", "numbers were")} never called.`,
    },
    {
      name: "exercise",
      done: exercises > 0,
      has: exercises === 0 ? "None yet." : `${count(exercises, "exercise alert", "exercise alerts")} published.`,
      missing: exercises === 0 ? "Two people publish an alert in an exercise, which reaches nobody." : "",
    },
  ];
}
