import { expect, test } from "vitest";
import { fieldOf } from "./finding-field";

test.each([
  ["es-US.short", { language: "es-US", part: "short" }],
  ["en-US.instruction", { language: "en-US", part: "instruction" }],
  ["info[1].parameter[CMAMtext]", { language: "es-US", part: "short" }],
  ["info[0].parameter[CMAMlongtext]", { language: "en-US", part: "long" }],
  ["info[0].headline", { language: "en-US", part: "headline" }],
  ["info[0].description", { language: "en-US", part: "description" }],
  ["info[7].headline", null],
  ["info[0].parameter[EAS-ORG]", null],
  ["info[0].area[0].polygon[0]", null],
  ["numbers[0]", null],
  ["en-US.nothing", null],
  ["", null],
])("%j is about %j", (path, field) => {
  expect(fieldOf(path, ["en-US", "es-US"])).toEqual(field);
});
