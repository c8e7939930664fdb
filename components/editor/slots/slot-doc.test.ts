import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SLOTS } from "../../../lib/wording/slots";
import { OUTAGE_TEMPLATE } from "../../../lib/wording/outage";
import { atomOf, formatSlice, formatWording, parseWording, replaceAtoms, sliceOf, spelledOut } from "./slot-doc";

const piece = fc.oneof(
  fc.constantFrom(...Object.keys(SLOTS).map((name) => `{${name}}`)),
  fc.constantFrom("{", "}", "{}", "{unknown}", "{number", "number}", "{{number}}", "\n", "\n\n", " ", "  "),
  fc.string({ unit: "binary" }),
  fc.string(),
);
const wordings = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));

const slotsIn = (wording: string): string[] => {
  const names: string[] = [];
  parseWording(wording).descendants((node) => {
    if (node.type.name === "slot") names.push(String(node.attrs.name));
  });
  return names;
};

describe("a wording and its document", () => {
  test("every string comes back as it was", () => {
    fc.assert(fc.property(wordings, (wording) => formatWording(parseWording(wording)) === wording));
  });

  test("so does every shipped wording", () => {
    const shipped = JSON.stringify(OUTAGE_TEMPLATE);
    expect(formatWording(parseWording(shipped))).toBe(shipped);
  });

  test("what is put in joins the line it is put into, and is copied as it was", () => {
    fc.assert(fc.property(wordings, (wording) => formatSlice(sliceOf(wording)) === wording));
  });

  test.each([
    ["Call {number}.", ["number"]],
    ["{number}{number}\n{place}", ["number", "number", "place"]],
    ["{nobody} {} {Number} {constructor}", []],
    ["{{number}}", ["number"]],
  ])("%j has the slots %j", (wording, names) => {
    expect(slotsIn(wording)).toEqual(names);
  });

  test("no atom is left spelled out, and what is typed in braces is found", () => {
    fc.assert(fc.property(wordings, (wording) => spelledOut(parseWording(wording)).length === 0));
    const typed = parseWording("ab").type.schema;
    const doc = typed.node("doc", null, [typed.node("line", null, [typed.text("Call {number} or {nobody}")])]);
    expect(spelledOut(doc)).toEqual([{ from: 6, to: 14, atom: { kind: "slot", name: "number" } }]);
  });
});

describe("phrases of a template", () => {
  const isPhrase = (name: string) => ["hazard", "texting"].includes(name);
  const atomsIn = (wording: string) => {
    const found: string[] = [];
    parseWording(wording, isPhrase).descendants((node) => {
      const atom = atomOf(node);
      if (atom) found.push(`${atom.kind} ${atom.name}`);
    });
    return found;
  };

  test("a known phrase is an atom beside the slots; an unknown one, or half of one, stays text", () => {
    expect(atomsIn("{sender}: [[hazard]][[texting]] Call {number}.")).toEqual([
      "slot sender",
      "phrase hazard",
      "phrase texting",
      "slot number",
    ]);
    expect(atomsIn("[[nothing]] [hazard] [[hazard] [[ hazard ]] [[constructor]]")).toEqual([]);
  });

  test("outside a template, double brackets are text", () => {
    expect(parseWording("[[hazard]]").textContent).toBe("[[hazard]]");
    expect(spelledOut(parseWording("[[hazard]]"))).toEqual([]);
  });

  test("every string with phrases comes back as it was", () => {
    const pieces = fc.array(fc.oneof(piece, fc.constantFrom("[[hazard]]", "[[texting]]", "[[", "]]", "[[x]]")));
    fc.assert(
      fc.property(pieces, (some) => {
        const wording = some.join("");
        return (
          formatWording(parseWording(wording, isPhrase)) === wording &&
          spelledOut(parseWording(wording, isPhrase), isPhrase).length === 0 &&
          formatSlice(sliceOf(wording, isPhrase)) === wording
        );
      }),
    );
    const shipped = JSON.stringify(OUTAGE_TEMPLATE);
    expect(formatWording(parseWording(shipped, () => true))).toBe(shipped);
  });

  test("what is typed in double brackets is found, and read by other programs as its words", () => {
    expect(spelledOut(parseWording("a [[hazard]]"), isPhrase)).toEqual([
      { from: 3, to: 13, atom: { kind: "phrase", name: "hazard" } },
    ]);
    expect(replaceAtoms("{number}: [[hazard]] [[x]]", isPhrase, ({ kind, name }) => `<${kind} ${name}>`)).toBe(
      "<slot number>: <phrase hazard> [[x]]",
    );
  });
});
