import { describe, expect, test } from "vitest";
import {
  type AllowanceNode,
  decideAllowance,
  decideDestinations,
  findWithheld,
  formatAllowance,
  formatWithheld,
  formatWithheldChannel,
} from "./allowance";

/** The state, a county below it and a town below that, each with what its own row withholds. */
function tree(withheld: Partial<Record<"state" | "county" | "town", string[]>>): AllowanceNode[] {
  const node = (id: "state" | "county" | "town", parentId: string | null): AllowanceNode => ({
    id,
    name: id.toUpperCase(),
    parentId,
    withheldPurposes: (withheld[id] ?? []).filter((name) => name !== "webhook"),
    withheldChannels: (withheld[id] ?? []).filter((name) => name === "webhook"),
  });
  return [node("town", "county"), node("state", null), node("county", "state")];
}

describe("what an agency may publish", () => {
  test.each<[string, Parameters<typeof tree>[0], string, Record<string, object>]>([
    ["all of it where nobody withholds anything", {}, "town", {}],
    ["not what its own row withholds", { town: ["outage"] }, "town", { outage: { by: "COUNTY", may: "COUNTY" } }],
    ["not what one above withholds", { county: ["outage"] }, "town", { outage: { by: "STATE", may: "STATE" } }],
    ["not what the top withholds from itself", { state: ["border"] }, "town", { border: { by: "STATE", may: null } }],
    [
      "the highest one speaks for those below",
      { state: ["outage"], town: ["outage", "border"] },
      "town",
      { outage: { by: "STATE", may: null }, border: { by: "COUNTY", may: "COUNTY" } },
    ],
    ["what is withheld below is nothing to those above", { town: ["outage"] }, "county", {}],
    ["nor to the top", { town: ["outage"], county: ["border"] }, "state", {}],
  ])("%s", (_, withheld, agency, purposes) => {
    expect(decideAllowance(agency, tree(withheld)).purposes).toEqual(purposes);
  });

  test("an agency that is not there is an error, and a tree that leads back to itself ends", () => {
    expect(() => decideAllowance("city", tree({}))).toThrow("There is no agency city");
    const circle = tree({ county: ["outage"] }).map((node) =>
      node.id === "state" ? { ...node, parentId: "town" } : node,
    );
    expect(decideAllowance("town", circle).purposes).toHaveProperty("outage");
  });
});

describe("one alert", () => {
  const ALL = ["outage", "border", "exercise"];
  test.each<[string, string[], string, string, string[], string | null]>([
    ["nothing is withheld", [], "outage", "live", [], null],
    ["a first alert", ["outage"], "outage", "live", [], "outage"],
    ["another first alert of the same outage", ["outage"], "outage", "live", ["outage"], "outage"],
    ["an exercise where only outages are withheld", ["outage"], "outage", "exercise", [], null],
    ["an exercise", ["exercise"], "outage", "exercise", [], "exercise"],
    ["a real outage where only exercises are withheld", ["exercise"], "outage", "live", [], null],
    ["a border notice", ["border"], "border", "live", [], "border"],
    ["a border notice after an alert of its own", ["border"], "border", "live", ["outage"], "border"],
    ["a border notice that follows one", ["border"], "border", "live", ["border"], null],
    ["a border notice in an exercise", ["border"], "border", "exercise", [], null],
    ["an update of its own alert", ALL, "update", "live", ["outage"], null],
    ["a correction of its own alert", ALL, "correction", "live", ["outage"], null],
    ["an all-clear after its own alert", ALL, "restoration", "live", ["outage", "update"], null],
    ["a cancellation of its own alert", ALL, "cancellation", "live", ["outage"], null],
    ["a cancellation of its own exercise", ALL, "cancellation", "exercise", ["outage"], null],
    ["an update where it published nothing", ["outage"], "update", "live", [], "outage"],
  ])("%s", (_, withheld, purpose, mode, published, found) => {
    const allowance = decideAllowance("town", tree({ town: withheld }));
    expect(findWithheld(allowance, { purpose, mode, published })?.purpose ?? null).toBe(found);
  });

  test("goes to no channel of a kind that is withheld, but for one that carried the beginning", () => {
    const allowance = decideAllowance("town", tree({ county: ["webhook"] }));
    const channel = { id: "a", kind: "webhook", name: "Newsroom", began: false };
    const open = [channel, { ...channel, id: "b", began: true }, { ...channel, id: "c", kind: "email" }];
    expect(decideDestinations(allowance, open).map(({ id, withheld }) => [id, withheld])).toEqual([
      ["a", { by: "STATE", may: "STATE" }],
      ["b", null],
      ["c", null],
    ]);
  });
});

test("sentences say who may, and who can allow it", () => {
  expect(formatWithheld("TOWN", { purpose: "outage", by: "STATE", may: "STATE" })).toBe(
    "TOWN is not allowed to publish 911 outage alerts. STATE may. An administrator of STATE can allow it.",
  );
  expect(formatWithheld("STATE", { purpose: "exercise", by: "STATE", may: null })).toBe(
    "STATE is not allowed to run exercises. An administrator of STATE can allow it.",
  );
  expect(formatWithheldChannel("TOWN", "ipaws", { by: "STATE", may: "STATE" })).toBe(
    "TOWN is not allowed to use channels of the kind “IPAWS-OPEN”. STATE may. An administrator of STATE can allow it.",
  );
  expect(formatAllowance(decideAllowance("town", tree({ town: ["outage"], state: ["webhook"] })))).toBe(
    "Not allowed: 911 outage alerts, Webhook.",
  );
  expect(formatAllowance(decideAllowance("town", tree({})))).toBe("Everything is allowed.");
});
