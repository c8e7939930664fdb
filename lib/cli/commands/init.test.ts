import { expect, test, vi } from "vitest";
import { init } from "./init";

const GIVEN = {
  site: "Nebraska 911",
  administrator: "Ana Ruiz",
  email: "ana@agency.example",
  agency: "Nebraska Public Service Commission",
  code: "NE911",
  short: "NE 911",
  sender: "alerts@agency.example",
  jurisdiction: "31",
  json: true,
};

/** What it says of options that it refuses before any database is asked. */
async function refusal(change: Record<string, string | undefined>): Promise<string> {
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  try {
    expect(await init({ ...GIVEN, ...change })).toBe(2);
  } finally {
    write.mockRestore();
  }
  return said.join("").trim();
}

test.each([
  ["site", "T", "--site is too short: it takes 2 to 100 characters."],
  ["site", "T".repeat(101), "--site is too long: it takes 2 to 100 characters."],
  ["site", undefined, "--site is missing: the site's name."],
  ["administrator", "A", "--administrator is too short: it takes 2 to 100 characters."],
  ["agency", "A".repeat(81), "--agency is too long: it takes 3 to 80 characters."],
  ["agency", undefined, "--agency is missing: the agency's full name, no acronym."],
  ["agency-es", "A".repeat(81), "--agency-es is too long: it takes at most 80 characters."],
  ["short", "N", "--short is too short: it takes 2 to 20 characters."],
  ["short", "N".repeat(21), "--short is too long: it takes 2 to 20 characters."],
  ["short-es", "N".repeat(21), "--short-es is too long: it takes at most 20 characters."],
])("--%s %s", async (option, value, expected) => {
  expect(await refusal({ [option]: value })).toBe(expected);
});
