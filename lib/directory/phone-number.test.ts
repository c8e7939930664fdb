import { describe, expect, test } from "vitest";
import { readNumber } from "./phone-number";

const real = (text: string) => readNumber(text, { demonstration: false });

describe("read as people write it", () => {
  test.each([
    ["617-232-4567", "+16172324567", ""],
    ["(617) 232-4567", "+16172324567", ""],
    ["617.232.4567", "+16172324567", ""],
    ["1 617 232 4567", "+16172324567", ""],
    ["+1 (617) 232-4567", "+16172324567", ""],
    ["6172324567", "+16172324567", ""],
    ["'6172324567", "+16172324567", ""],
    ['="(617) 232-4567"', "+16172324567", ""],
    ["(617) 232-4567 x45", "+16172324567", "45"],
    ["617-232-4567 ext. 0451", "+16172324567", "0451"],
    ["617-232-4567 Extension 9", "+16172324567", "9"],
    ["617-232-4567 #12", "+16172324567", "12"],
    ["617\u2013232\u20114567", "+16172324567", ""],
    [" 617\u00a0232\u00a04567 ", "+16172324567", ""],
    ["６１７-232-4567", "+16172324567", ""],
    ["1-800-222-1222", "+18002221222", ""],
    ["787-765-2929", "+17877652929", ""],
    ["tel:+1-617-232-4567", "+16172324567", ""],
    ["617-232-4567;127", "+16172324567", "127"],
    ["617-232-4567,,127", "+16172324567", "127"],
    ["tel:617-232-4567;ext=127", "+16172324567", "127"],
    ["800-555-0150", "+18005550150", ""],
  ])("%j", (text, e164, extension) => expect(real(text)).toEqual({ ok: true, e164, extension }));
});

describe("refused, with the reason", () => {
  test.each([
    ["911", /911 is what has failed/],
    ["9-911", /911 is what has failed/],
    ["211", /short code/],
    ["84411", /short code/],
    ["617-911-4567", /service code/],
    ["617-411-4567", /service code/],
    ["911-232-4567", /service code/],
    ["232-4567", /7 digits/],
    ["617-232-456", /9 digits/],
    ["617-232-45678", /11 digits/],
    ["617-232-4567 / 617-232-4568", /digits/],
    ["617-555-0142", /invented/],
    ["617-555-1212", /directory assistance/],
    ["900-232-4567", /premium/],
    ["617-976-4567", /premium/],
    ["876-232-4567", /Jamaica.*cost extra/],
    ["809-532-4567", /Dominican Republic/],
    ["416-232-4567", /Canada/],
    ["+44 20 7946 0958", /not a number in the United States/],
    ["117-232-4567", /begins with 1|service code/],
    ["017-232-4567", /begins with 0/],
    ["617-132-4567", /exchange begins with 1/],
    ["1-800-FLOWERS", /letters/],
    ["call the desk", /10-digit|letters/],
    ["", /10-digit/],
    ['=HYPERLINK("tel:6172324567")', /formula/],
    ["617-232-4567 ext. twelve", /extension/],
    ["617-232-4567 x123456789", /extension/],
    ["500-232-4567", /personal/],
    ["999-232-4567", /area code 999/],
  ])("%j", (text, why) => {
    const read = real(text);
    expect(read.ok ? read : read.why).toMatch(why);
  });
});

test("a demonstration takes invented numbers and no others", () => {
  expect(readNumber("413-555-0142", { demonstration: true })).toEqual({
    ok: true,
    e164: "+14135550142",
    extension: "",
  });
  for (const text of ["413-555-0200", "413-232-4567", "1-800-222-1222", "800-555-0150"]) {
    expect(readNumber(text, { demonstration: true })).toMatchObject({ ok: false });
  }
});

test.each([
  ["565-232-4567", "an area code newer than the data"],
  ["436-232-4567", "another"],
])("%s is asked about, and taken on a reason (%s)", (text) => {
  const asked = readNumber(text, { demonstration: false });
  expect(asked).toMatchObject({ ok: false, unknown: true, why: expect.stringContaining("does not know") });
  expect(readNumber(text, { demonstration: false, sure: true })).toMatchObject({ ok: true });
});
test.each(["911-555-0142", "199-232-4567", "999-232-4567", "413-911-1234", "900-232-4567", "575-555-1212"])(
  "%s is refused, whatever the reason",
  (text) => expect(readNumber(text, { demonstration: false, sure: true })).toMatchObject({ ok: false }),
);
