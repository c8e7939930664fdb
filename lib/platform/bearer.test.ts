import { expect, test } from "vitest";
import { isBearer } from "./bearer";

test.each<[string | null, boolean]>([
  ["Bearer a-long-token", true],
  ["bearer a-long-token", true],
  ["Bearer a-long-token2", false],
  ["Bearer a-long-toke", false],
  ["Bearer ", false],
  ["Basic a-long-token", false],
  ["a-long-token", false],
  ["", false],
  [null, false],
])("%j: %s", (header, expected) => expect(isBearer(header, "a-long-token")).toBe(expected));
