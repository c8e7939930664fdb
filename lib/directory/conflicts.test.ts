import { expect, test } from "vitest";
import { type Conflict, findConflicts, type ListedNumber } from "./conflicts";

let ids = 0;
const number = (change: Partial<ListedNumber> = {}): ListedNumber => ({
  id: `n${(ids += 1)}`,
  placeId: "granby",
  placeName: "Granby",
  latitude: 42.26,
  longitude: -72.5,
  service: "dispatch",
  e164: "+14135550142",
  extension: "",
  desk: "Granby dispatch",
  ownerId: "granby-pd",
  ownerName: "Granby Police",
  ownerCovers: true,
  ...change,
});
const state = { ownerId: "state", ownerName: "State 911 Department" };
const ware = { placeId: "ware", placeName: "Ware", latitude: 42.26, longitude: -72.24 };
const boston = { placeId: "boston", placeName: "Boston", latitude: 42.33, longitude: -71.02 };

const CASES: [name: string, numbers: ListedNumber[], kinds: Conflict["kind"][], says?: RegExp][] = [
  ["one number", [number()], []],
  ["two numbers of one agency", [number(), number({ e164: "+14135550143" })], []],
  [
    "two agencies, different numbers",
    [number(), number({ ...state, e164: "+14135550172" })],
    ["two-agencies"],
    /Granby, dispatch: Granby Police gives 413-555-0142; State 911 Department gives 413-555-0172/,
  ],
  ["two agencies, the same number", [number(), number(state)], []],
  [
    "two agencies that share one of several",
    [number(), number({ e164: "+14135550143" }), number({ ...state, e164: "+14135550143" })],
    [],
  ],
  ["two agencies, an extension apart", [number(), number({ ...state, extension: "4" })], ["two-agencies"], /ext\. 4/],
  ["two agencies, different services", [number(), number({ ...state, e164: "+14135550172", service: "fire" })], []],
  ["nobody keeps one of them", [number(), number({ ownerId: null, ownerName: null, e164: "+14135550172" })], []],
  ["one number for neighbors", [number(), number(ware)], []],
  [
    "one number for places far apart",
    [number(), number(boston)],
    ["far-apart"],
    /Granby and of Boston|Boston and of Granby/,
  ],
  ["one number for many far apart", [number(), number(ware), number(boston)], ["far-apart"], /with 1 more/],
  ["kept elsewhere", [number({ ownerCovers: false })], ["owner-elsewhere"], /area is elsewhere/],
];

test.each(CASES)("%s", (_, numbers, kinds, says) => {
  const found = findConflicts(numbers);
  expect(found.map(({ kind }) => kind)).toEqual(kinds);
  if (says) expect(found[0]!.says).toMatch(says);
  // The order of the numbers changes nothing, so a settlement stays with its conflict.
  expect(new Set(findConflicts([...numbers].reverse()).map(({ key }) => key))).toEqual(
    new Set(found.map(({ key }) => key)),
  );
});
