import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { describeFileTrouble } from "./file-trouble";

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
};

test.each<[string, () => unknown, RegExp | null]>([
  ["a full disk", () => fs.writeFileSync("/dev/full", "x"), /^The disk is full/],
  ["a folder that is not there", () => fs.readdirSync("/nowhere/at/all"), /^The folder is not there\. \(\/nowhere/],
  ["a file in the way", () => fs.writeFileSync(path.join("/etc/passwd", "x"), "x"), /is a file, not a folder/],
  [
    "a system that can only be read",
    () => fs.writeFileSync("/proc/version", "x"),
    /may not write|can only be read|fault/,
  ],
  ["a fault of ours", () => JSON.parse("{"), null],
  ["a text", () => fs.readFileSync(path.join(os.tmpdir(), "\0")), null],
])("%s", (_, run, words) => {
  const error = thrownBy(run);
  expect(error).not.toBeNull();
  const said = describeFileTrouble(error);
  if (words === null) expect(said).toBeNull();
  else expect(said).toMatch(words);
  expect(said ?? "").not.toMatch(/\bE[A-Z]{3,}\b/);
});
