import { describe, expect, test } from "vitest";
import type { Audience } from "../../lib/wording/texts";
import { groupTexts, isOfCounty, labelIn } from "./text-groups";

const shown = (place: Audience, county: Audience | null) =>
  Object.fromEntries(
    groupTexts(place, county, "outage").map(({ id, specs }) => [
      id,
      specs.map(({ audience, part }) => `${audience} ${part}`),
    ]),
  );

describe("texts by channel", () => {
  test("a place and the stations of its county have texts of their own", () => {
    expect(shown("place", "county")).toEqual({
      phone: ["place short", "place long"],
      web: ["place headline", "place description", "place instruction"],
      stations: ["county description", "county instruction"],
      more: ["place social", "place script"],
      counties: ["county short", "county long", "county headline", "county social", "county script"],
    });
  });

  test("what phones of several places show stands open, and is called theirs", () => {
    expect(shown("county", "county")).toEqual({
      phone: ["county short", "county long"],
      web: ["county headline"],
      stations: ["county description", "county instruction"],
      more: ["county social", "county script"],
    });
    const [phone] = groupTexts("county", "county", "outage");
    expect(phone).toMatchObject({ heading: "Phones", open: true });
    expect(phone!.specs.map((spec) => `${labelIn(spec)}: ${spec.hint}`)).toEqual([
      "Short: Older phones and networks show only this.",
      "Long: Most phones.",
    ]);
  });

  test("several places without stations, and stations that say something else", () => {
    expect(Object.keys(shown("neighborCounty", null))).toEqual(["phone", "web", "more"]);
    expect(shown("county", "restoredCounty")).toMatchObject({
      web: ["county headline", "county description", "county instruction"],
      stations: ["restoredCounty description", "restoredCounty instruction"],
    });
    // A county that is one place: its stations are given the number, phones outside its towns are not.
    expect(shown("noNumber", "place")).toMatchObject({
      phone: ["noNumber short", "noNumber long"],
      stations: ["place description", "place instruction"],
    });
  });

  test("a cancellation gives no number, and none of its texts says that its place has none", () => {
    const groups = groupTexts("noNumber", "county", "cancellation");
    const called = groups.flatMap(({ specs }) => specs.map((spec) => `${labelIn(spec)}: ${spec.hint}`));
    expect(called).toContain("Short: Older phones and networks show only this.");
    expect(called.join()).not.toMatch(/no number|direct number/i);
    const [phone] = groupTexts("noNumber", "county", "outage");
    expect(phone!.specs.map(labelIn)).toEqual(["Short, no number", "Long, no number"]);
  });

  test("every text is shown once", () => {
    for (const [place, county] of [["place", "county"], ["county", "county"], ["noNumber", "place"]] as const) {
      const all = Object.values(shown(place, county)).flat();
      expect(new Set(all).size).toBe(all.length);
      expect(all).toHaveLength(place === county ? 7 : 14);
    }
  }); // prettier-ignore

  test("who reads a channel", () => {
    expect(groupTexts("place", "county", "outage").filter(({ id }) => isOfCounty(id)).map(({ id }) => id)).toEqual(["stations", "counties"]);
  }); // prettier-ignore
});
