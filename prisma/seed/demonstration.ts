import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readMunicipalities } from "./massachusetts";

/** The demonstration: invented people and invented numbers, 555-0100 to 555-0199, in real places. */

const DAY = 86_400_000;

/** Where it is, and what it is, in one line. */
export const DEMONSTRATION_PLACES = "Massachusetts: 351 cities and towns";
export const DEMONSTRATION = "Massachusetts, 351 cities and towns, invented numbers";
export const DEMONSTRATION_PASSWORD = "a demonstration only";

export const AGENCIES = [
  {
    id: "state-911",
    code: "MA911",
    name: "Massachusetts State 911 Department",
    spanish: "Departamento 911 de Massachusetts",
    shortName: "MA State 911",
    sender: "state911@callbox.example",
    jurisdictionId: "25",
    parentId: null,
  },
  ...[
    { id: "boston", code: "MABOS", town: "Boston", label: "Boston MA Police" },
    { id: "granby", code: "MAGRA", town: "Granby", label: "Granby MA Police" },
    { id: "worcester", code: "MAWOR", town: "Worcester", label: "Worcester MA PD" },
    { id: "chicopee", code: "MACHI", town: "Chicopee", label: "Chicopee MA PD" },
  ].map(({ id, code, town, label }) => ({
    id,
    code,
    name: `${town}, Massachusetts, Police Department`,
    spanish: `Policía de ${town}, Massachusetts`,
    shortName: label,
    sender: `${id}@callbox.example`,
    jurisdictionId: geoidOf(town),
    parentId: "state-911",
  })),
].map((agency) => ({
  ...agency,
  web: `https://callbox.example/${agency.id}`,
  contact: `${agency.sender}`,
}));

export const PEOPLE = [
  { key: "dana", name: "Dana Whitcomb", agency: "state-911", roles: ["drafter"], does: "writes the alert" },
  { key: "luis", name: "Luis Ferreira", agency: "state-911", roles: ["approver"], does: "approves it; never own work" },
  {
    key: "ruth",
    name: "Ruth Adeyemi",
    agency: "state-911",
    roles: ["drafter", "approver"],
    does: "writes, or approves what she did not touch",
  },
  { key: "gil", name: "Gil Benoit", agency: "granby", roles: ["drafter"], does: "writes for Granby alone" },
  { key: "karen", name: "Karen Boucher", agency: "granby", roles: ["steward"], does: "keeps Granby's number true" },
  {
    key: "tess",
    name: "Tess O'Hara",
    agency: "state-911",
    roles: ["steward"],
    does: "keeps the state's directory, runs the call round",
  },
  { key: "sam", name: "Sam Okafor", agency: "state-911", roles: ["administrator"], does: "people and roles" },
  {
    key: "nora",
    name: "Nora Quinn",
    agency: "state-911",
    roles: ["administrator"],
    does: "confirms access and live channels that Sam asks for",
  },
  {
    key: "mei",
    name: "Mei Tanaka",
    agency: "state-911",
    roles: ["auditor"],
    does: "reads the record, changes nothing",
  },
].map((person) => ({ ...person, email: `${person.key}@callbox.example` }));

function geoidOf(town: string): string {
  return readMunicipalities().find(([name]) => name === town)![3];
}

/** A steady choice in a range, from a name. */
function pick(name: string, salt: string, below: number): number {
  let value = 7;
  for (const character of `${salt}:${name}`) value = (value * 31 + character.codePointAt(0)!) % 1_000_003;
  return value % below;
}

function readAreaCodes(): (name: string, countyId: string) => string {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  const file = fs.readFileSync(path.join(folder, "area-codes.json"), "utf8");
  const { counties, ...lists } = JSON.parse(file) as { counties: Record<string, string>; [code: string]: unknown };
  const byTown = new Map(
    Object.entries(lists).flatMap(([code, towns]) =>
      (towns as string).split(" ").map((town) => [town.replaceAll("_", " "), code] as const),
    ),
  );
  return (name, countyId) => byTown.get(name) ?? counties[countyId]!;
}

export interface SeedNumber {
  id: string;
  placeId: string;
  service: string;
  ownerId: string;
  e164: string;
  desk: string;
  hours: string;
  lines: number;
  sharedWith911: boolean;
  preference: number;
  status: string;
}

/** What one dispatch center serves. */
export interface SeedArea {
  id: string;
  name: string;
  countyId: string;
  memberIds: string[];
}

export interface SeedCall {
  numberId: string;
  calledBy: string;
  calledAt: Date;
  answeredBy: string;
  result: string;
}

/** Towns whose invented story shows every state a number can be in. */
const NONE = new Set(["Gosnold", "Monroe", "Mount Washington", "New Ashford"]);
const EXPIRED: Record<string, number> = { Ware: 112, Huntington: 128, Sandisfield: 139 };
/** Their own line failed two test calls in a row; the regional desk that serves them answers. */
const FAILING = new Set(["Leyden", "Wendell"]);
const FAILED_SYSTEM = new Set(["Hawley", "Heath", "Rowe", "Savoy"]);
const OVERLOADED = new Set(["Brockton", "Chicopee"]);
const FIXED: Record<string, number> = { Granby: 142, Boston: 100 };
const NEVER_CALLED = "list of the state, 2023";
const OWNERS: Record<string, string> = {
  Boston: "boston",
  Granby: "granby",
  Worcester: "worcester",
  Chicopee: "chicopee",
};
const CALLERS = ["Tess O'Hara", "Paul Duda", "Lena Kowalski", "Amir Haddad", "Ann Levesque"];
const ANSWERS = ["dispatcher on duty", "shift supervisor", "dispatcher on duty", "desk officer"];

/** An older list of the state that Granby's own entry contradicts, so that a conflict can be seen. */
const CONTRADICTED = "Granby";

/** Small towns of these counties share one regional dispatch desk, as small towns do. */
const REGIONAL: Record<string, { below: number; line: number; desk: string }> = {
  "25003": { below: 1000, line: 194, desk: "Berkshire County regional dispatch" },
  "25011": { below: 1500, line: 191, desk: "Franklin County regional dispatch" },
  "25017": { below: 5000, line: 192, desk: "northern Middlesex regional dispatch" },
  "25027": { below: 6000, line: 193, desk: "Worcester County regional dispatch" },
};

/**
 * Numbers and test calls for all towns, dated back from a moment.
 * @param now moment of installation, milliseconds since 1970
 */
export function inventNumbers(now: number): { numbers: SeedNumber[]; calls: SeedCall[]; areas: SeedArea[] } {
  const areaCode = readAreaCodes();
  const next = new Map<string, number>();
  const take = (code: string, fixed?: number) => {
    if (fixed !== undefined) return fixed;
    let value = next.get(code) ?? (code === "617" ? 101 : 100);
    if (code === "413" && value === 142) value += 1;
    if (value > 189) value = 189;
    next.set(code, value + 1);
    return value;
  };
  const numbers: SeedNumber[] = [];
  const calls: SeedCall[] = [];
  const areas = new Map<string, SeedArea>();
  const add = (placeId: string, name: string, preference: number, digits: string, more: Partial<SeedNumber>) => {
    const id = `demo-${placeId}-${more.service ? `${more.service}-` : ""}${preference}`;
    numbers.push({
      id,
      placeId,
      service: "dispatch",
      ownerId: OWNERS[name] ?? "state-911",
      e164: `+1${digits}`,
      desk: `${name} dispatch center`,
      hours: "day and night",
      lines: 2 + pick(name, "lines", 4),
      sharedWith911: false,
      preference,
      status: "in-service",
      ...more,
    });
    const age = preference === 1 ? (EXPIRED[name] ?? 1 + pick(name, "age", 84)) : 1 + pick(name, "alternate", 60);
    const call = (back: number, result: string) => {
      calls.push({
        numberId: id,
        calledBy: CALLERS[pick(name, `caller${back}`, CALLERS.length)]!,
        calledAt: new Date(now - back * DAY - pick(name, "hour", 8) * 3_600_000),
        answeredBy:
          result === "right-desk" ? ANSWERS[pick(name, `answer${back}`, ANSWERS.length)]! : "nobody, after ten rings",
        result,
      });
    };
    if (more.desk === NEVER_CALLED) return;
    call(age, "right-desk");
    call(age + 88, "right-desk");
    if (FAILING.has(name) && preference === 1) {
      call(0.9, "no-answer");
      call(0.8, "busy");
    }
  };
  for (const [name, , countyId, placeId, population] of readMunicipalities()) {
    if (NONE.has(name)) continue;
    const code = areaCode(name, countyId);
    const area = FAILED_SYSTEM.has(name) || EXPIRED[name] ? undefined : REGIONAL[countyId];
    const regional = area && population < area.below && !FAILING.has(name) ? area : undefined;
    if (area && population < area.below) {
      const served = areas.get(area.desk) ?? {
        id: `psap-demo-${countyId}`,
        name: area.desk.charAt(0).toUpperCase() + area.desk.slice(1),
        countyId,
        memberIds: [],
      };
      served.memberIds.push(placeId);
      areas.set(area.desk, served);
    }
    const line = regional ? regional.line : take(code, FIXED[name]);
    add(placeId, name, 1, `${code}5550${line}`, {
      sharedWith911: FAILED_SYSTEM.has(name),
      status: OVERLOADED.has(name) ? "overloaded" : "in-service",
      ...(regional ? { desk: regional.desk } : {}),
    });
    if (FAILED_SYSTEM.has(name)) add(placeId, name, 2, "4135550190", { desk: "State Police barracks desk" });
    if (OVERLOADED.has(name))
      add(placeId, name, 2, `${code}5550${name === "Brockton" ? 198 : 197}`, { desk: `${name} fire alarm office` });
  }
  for (const area of areas.values()) {
    const { line } = REGIONAL[area.countyId]!;
    add(area.id, area.name, 1, `${areaCode("", area.countyId)}5550${line}`, { desk: area.name });
  }
  const granby = geoidOf(CONTRADICTED);
  add(granby, CONTRADICTED, 3, "4135550172", { desk: NEVER_CALLED, ownerId: "state-911" });
  add(granby, CONTRADICTED, 1, "4135550144", { desk: "Granby town hall", service: "non-emergency", hours: "8 to 16" });
  add("25", "Massachusetts", 1, "6175550195", { desk: "Poison center", service: "poison-control" });
  return { numbers, calls, areas: [...areas.values()] };
}

export const HELP_OPTIONS = [
  {
    placeId: geoidOf("Boston"),
    kind: "fire-box",
    wording: "pull a fire box or go to a police station",
    spanish: "use una caja de alarma o vaya a la policía",
  },
  {
    placeId: geoidOf("Gosnold"),
    kind: "fire-station",
    wording: "go to the Cuttyhunk fire station",
    spanish: "vaya a los bomberos de Cuttyhunk",
  },
  {
    placeId: geoidOf("Granby"),
    kind: "police-station",
    hours: "day and night",
    wording: "go to the Granby police station",
    spanish: "vaya a la policía de Granby",
  },
  {
    placeId: geoidOf("Granby"),
    kind: "text-to-911",
    works: false,
    preference: 2,
    wording: "text 911",
    spanish: "envíe un texto al 911",
  },
];
