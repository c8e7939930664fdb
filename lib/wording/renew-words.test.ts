import { describe, expect, test } from "vitest";
import { renewWords } from "./renew-words";
import { SHIPPED_LANGUAGES } from "./shipped-languages";

const spanish = SHIPPED_LANGUAGES.find(({ code }) => code === "es-US")!;
const EARLIER = "El 911 funciona otra vez en {place}";
const withRestored = (restored: string) => ({ ...spanish, site: { ...spanish.site!, restored } });

describe("words of a row that an earlier Callbox shipped", () => {
  test("read as they are shipped now, and stay one row", () => {
    const row = withRestored(EARLIER);
    expect(renewWords(row)).toEqual(spanish);
    expect(row.site.restored).toBe(EARLIER);
  });

  test("stay as they are where a site wrote its own", () => {
    const own = withRestored("En {place} ya hay 911");
    expect(renewWords(own)).toEqual(own);
  });

  test("are left alone in a language that Callbox does not ship, and where a part is missing", () => {
    const other = { ...withRestored(EARLIER), code: "ar-US" };
    expect(renewWords(other)).toBe(other);
    const without = { ...spanish, site: undefined };
    expect(renewWords(without)).toEqual(without);
  });
});
