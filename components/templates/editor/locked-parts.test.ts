import { expect, test } from "vitest";
import type { Purpose } from "../../../lib/alerts/schema";
import type { Failure } from "../../../lib/directory/selection";
import { SHIPPED_LANGUAGES } from "../../../lib/wording/shipped-languages";
import type { Audience, Part } from "../../../lib/wording/texts";
import { lockedParts } from "./locked-parts";

const ENGLISH = SHIPPED_LANGUAGES[0]!;

test.each<[Purpose, Audience, Part, Failure, string[], string[]]>([
  ["outage", "place", "long", "full", ["W2", "W4", "W7", "W14", "limit"], ["W6", "W16"]],
  ["outage", "place", "long", "landline", ["W2", "W6", "W7"], ["W16"]],
  ["outage", "place", "instruction", "full", ["W14"], ["W2", "limit"]],
  ["correction", "place", "long", "full", ["W2", "W16"], []],
  ["border", "neighbor", "headline", "full", ["W2", "limit"], ["W6", "W7"]],
])("%s, %s, %s, %s", (purpose, audience, part, failure, locked, open) => {
  const rules = lockedParts(purpose, audience, part, failure, ENGLISH).map(({ rule }) => rule);
  expect(rules).toEqual(expect.arrayContaining(locked));
  expect(rules.filter((rule) => open.includes(rule))).toEqual([]);
});
