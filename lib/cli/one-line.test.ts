import { expect, test } from "vitest";
import { oneLine } from "./one-line";

test.each([
  ["911 is down in Granby.", "911 is down in Granby."],
  ["x\ngood.xml: ok", "x\\u000agood.xml: ok"],
  ["x\r\n", "x\\u000d\\u000a"],
  ["\u001b[2Jgone", "\\u001b[2Jgone"],
  ["\u009b2J", "\\u009b2J"],
  ["a\u202eb\u2066c\u2028d", "a\\u202eb\\u2066c\\u2028d"],
  ["\ud800x", "\\ud800x"],
  ["🚨 año", "🚨 año"],
])("%j is one line", (text, line) => expect(oneLine(text)).toBe(line));
