import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findOutlived, nameBackup, readName } from "./retention";

const DAY = 86_400_000;
/** Names of backups made every night for so many days, up to a Thursday. */
const nightly = (days: number, last = Date.UTC(2026, 10, 26, 7, 20)) =>
  Array.from({ length: days }, (_, back) => nameBackup(new Date(last - back * DAY))).reverse();
const kept = (names: readonly string[], rule: { daily: number; weekly: number }) => {
  const gone = new Set(findOutlived(names, rule));
  return names.filter((name) => !gone.has(name)).map((name) => name.slice(0, 10));
};

test("a name tells its moment, to the second", () => {
  const at = new Date("2026-11-26T07:20:05Z");
  expect([nameBackup(at), readName(nameBackup(at))]).toEqual(["2026-11-26T07-20-05Z", at]);
});

describe("what is kept", () => {
  test.each([
    ["all, while there are few", nightly(3), { daily: 14, weekly: 8 }, ["2026-11-24", "2026-11-25", "2026-11-26"]],
    ["of a day the newest", ["2026-11-26T07-20-00Z", "2026-11-26T09-00-00Z"], { daily: 14, weekly: 0 }, ["2026-11-26"]],
    [
      "the last of each week, beside the days",
      nightly(30),
      { daily: 2, weekly: 4 },
      ["2026-11-08", "2026-11-15", "2026-11-22", "2026-11-25", "2026-11-26"],
    ],
    [
      "days without a backup do not count: an old site keeps what it has",
      ["2026-01-01T07-20-00Z", "2026-03-01T07-20-00Z", "2026-06-01T07-20-00Z"],
      { daily: 2, weekly: 0 },
      ["2026-03-01", "2026-06-01"],
    ],
  ])("%s", (_, names, rule, dates) => expect(kept(names, rule)).toEqual(dates));

  test("as it comes: a hundred nights, then 14 days and 8 weeks, of which three lie in the days", () => {
    expect(kept(nightly(100), { daily: 14, weekly: 8 })).toHaveLength(19);
  });

  test("the newest one always, and nothing that is not ours", () => {
    const others = ["lost+found", "2026-11-26T07-20-00Z.partial-12", "2026-99-99T00-00-00Z", "notes.txt"];
    fc.assert(
      fc.property(
        fc.array(fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }), {
          minLength: 1,
        }),
        fc.nat(20),
        fc.nat(20),
        (dates, daily, weekly) => {
          const names = dates.map(nameBackup);
          const gone = findOutlived([...others, ...names], { daily, weekly });
          expect(gone.filter((name) => others.includes(name))).toEqual([]);
          expect(gone).not.toContain([...names].sort().at(-1));
          expect(new Set(names.filter((name) => !gone.includes(name))).size).toBeLessThanOrEqual(daily + weekly + 1);
        },
      ),
    );
  });
});
