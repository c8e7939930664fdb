import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

/**
 * Reads a phone number as Americans write it, and says in words why one
 * cannot stand in the directory. The library knows the numbering plan; what it
 * lets pass and 911 outages taught us is here.
 */

export type ReadNumber =
  | { ok: true; e164: string; extension: string }
  /** Unknown: only the numbering data here does not have it, which is older than the newest area codes. */
  | { ok: false; why: string; unknown?: true };

/** Parts of the North American plan that are the United States. */
const AT_HOME = new Set(["US", "PR", "VI", "GU", "AS", "MP"]);
const COUNTRY_NAMES = new Intl.DisplayNames("en-US", { type: "region" });

const no = (why: string): ReadNumber => ({ ok: false, why });

/** Excel's leading apostrophe and ="…", spaces of every kind, and dashes of every kind. */
function tidy(text: string): string {
  return (
    text
      .normalize("NFKC")
      .replace(/^="(.*)"$/, "$1")
      .replace(/^['’`]/, "")
      .replace(/^tel:/i, "")
      // "575-555-0201;127", ",,127" (two pauses) and ";ext=127" (RFC 3966) are extensions.
      .replace(/[;,]+\s*(?:ext=)?(\d{1,8})$/i, " x$1")
      .replace(/[\u2010-\u2015\u2212]/g, "-")
      .replace(/\s+/g, " ")
      .trim()
  );
}

const likeNineOneOne = (code: string) => (code === "911" ? "" : " like 911");

function refuseByPlan(digits: string): string | undefined {
  const [area, exchange] = [digits.slice(0, 3), digits.slice(3, 6)];
  if (exchange.endsWith("11")) return `${exchange} is a service code${likeNineOneOne(exchange)}, not an exchange.`;
  if (area.endsWith("11")) return `${area} is a service code${likeNineOneOne(area)}, not an area code.`;
  if (/^[01]/.test(area)) return `No area code begins with ${area[0]}.`;
  // N9X is kept for longer numbers, 37X and 96X for what nobody has decided (NANPA).
  if (/^(?:\d9|37|96)/.test(area)) return `No number of the United States begins with the area code ${area}.`;
  if (/^[01]/.test(exchange)) return `No exchange begins with ${exchange[0]}.`;
  if (exchange === "555" && digits.endsWith("1212")) return "It is directory assistance, not a desk.";
  if (area === "900" || exchange === "976") return "Calls to it cost extra (a premium number).";
  return undefined;
}

/** 555-0100 to 555-0199 are kept for fiction in every area code but the toll-free ones, where they ring. */
const isInvented = (digits: string) => /^(?!8(?:00|33|44|55|66|77|88))\d{3}55501\d\d$/.test(digits);

/**
 * @param text as it was typed or imported
 * @param options.sure a person knows better than the numbering data here, and said how
 * @param options.demonstration only invented numbers (555-0100 to 555-0199) may stand in a demonstration, and only there
 */
export function readNumber(text: string, options: { demonstration: boolean; sure?: boolean }): ReadNumber {
  const tidied = tidy(text);
  if (/^=/.test(tidied)) return no("It is a formula, not a number.");
  const [main, ...extensions] = tidied.split(/\s*(?:extension|ext\.?|x|#)\s*/i);
  const extension = extensions.join("").trim();
  if (extensions.length > 1 || !/^\d{0,8}$/.test(extension)) return no("The extension is not up to eight digits.");
  const digits = main!.replace(/\D/g, "");
  if (digits === "") return no("Enter a 10-digit US number, such as 413-555-0142.");
  if (/[A-Za-z]/.test(main!)) return no("It has letters in it. Enter the digits.");
  if (/^\+(?!\s?\(?1)/.test(main!)) return no("It is not a number in the United States.");
  if (digits === "911" || digits === "9911") return no("911 is what has failed. Give the ten-digit number behind it.");
  if (digits.length <= 6) return no(`${digits} is a short code, which not every phone can dial. Enter 10 digits.`);
  const national = digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits;
  if (national.length < 10) return no(`It has ${national.length} digits; with its area code a number has ten.`);
  if (national.length > 10)
    return no(`It has ${national.length} digits; a number has ten. Is it two numbers, or an extension?`);
  const byPlan = refuseByPlan(national);
  if (byPlan) return no(byPlan);
  if (isInvented(national) && !options.demonstration) {
    return no("555-0100 to 555-0199 are invented numbers that ring nowhere.");
  }
  const parsed = parsePhoneNumberFromString(national, "US");
  if (!parsed?.isPossible()) return no("This number can’t be dialed.");
  const { country } = parsed;
  if (country && isSupportedCountry(country) && !AT_HOME.has(country)) {
    const where = COUNTRY_NAMES.of(country) ?? country;
    return no(`It rings in ${where}, outside the United States, where calls cost extra; scammers use such numbers.`);
  }
  if (!parsed.isValid() && !options.sure) {
    const why = `The numbering data here does not know numbers that begin with ${national.slice(0, 3)}-${national.slice(3, 6)}. It may be newer than the data, or wrong.`;
    return { ok: false, why, unknown: true };
  }
  const type = parsed.getType();
  if (type === "PREMIUM_RATE") return no("Calls to it cost extra (a premium number).");
  if (type === "PERSONAL_NUMBER" || type === "PAGER")
    return no("It is a personal or pager number. Enter a desk's number.");
  if (options.demonstration && !isInvented(national)) {
    return no("A demonstration takes only invented numbers, 555-0100 to 555-0199, so that no real desk is called.");
  }
  return { ok: true, e164: `+1${national}`, extension };
}
