import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findTypedNumbers } from "./typed-numbers";

describe("a number that someone typed is found, however it is written", () => {
  test.each([
    "4135550199",
    "413 555 0199",
    "413-555-0199",
    "(413) 555-0199",
    "413.555.0199",
    "413–555–0199",
    "413—555—0199",
    "413\u2011555\u20110199",
    "413\u2212555\u22120199",
    "413·555·0199",
    "413/555/0199",
    "413 / 555 / 0199",
    "413_555_0199",
    "413,555,0199",
    "413:555:0199",
    "413~555~0199",
    "413\u00a0555\u00a00199",
    "413\n555\n0199",
    "+1 413 555 0199",
    "1-413-555-0199",
    "４１３-５５５-０１９９",
    "𝟒𝟏𝟑 𝟓𝟓𝟓 𝟎𝟏𝟗𝟗",
    "٤١٣-٥٥٥-٠١٩٩",
    "4\u200b1\u200b3\u200b5\u200b5\u200b50199",
    "413-\u00ad555-\u00ad0199",
    "41 35 55 01 99",
    "4-1-3-5-5-5-0-1-9-9",
    "555-0199",
    "5550199",
    "555 0199",
    "413-555-HELP",
    "413 555 help",
    "1-800-FLOWERS",
    "800 CALL NOW",
    "988",
    "call 211",
    "dial 112",
    "text HELP to 67283",
    "envíe AYUDA al 67283",
    "four one three five five five zero one nine nine",
    "cuatro uno tres cinco cinco cinco cero uno nueve nueve",
    "413-555-0142 or 413-555-0199",
    "413-555-01422",
    "911-413-555-0199",
    "9115550199",
    "413-555-O142",
    "413.555.o142",
    "413-555-О142",
    "9-8-8",
    "2 1 1",
    "nine eight eight",
    "*77",
    "#77",
    "HELP to 67283, so send HELP to 67283",
    "413 ........ 555 ........ 0142",
    "413 then 555 then 0142",
    "1 800 GO FEDEX",
    "555HELP",
    "413-GRANBY1",
    // Parts of these look like hours of a day.
    "4–1,3-5·550199",
    "41 3‑5,5‑5*0 199",
    "1000-1200·4135",
    "01002, 01003·55",
    "2002-09-11 00",
    "2002-911 000",
  ])("%s", (written) => {
    for (const text of [
      `In an emergency call ${written}.`,
      `Send help: ${written}`,
      `Llame al ${written} si no funciona el 911.`,
    ]) {
      expect(findTypedNumbers(text, ["413-555-0142"]), text).not.toEqual([]);
    }
  });
});

describe("what is no number to call is left alone", () => {
  test.each([
    "Granby MA: 911 is down. Emergency? Call 413-555-0142. Do not call 911 to test it.",
    "Calls to 911 have not worked since 2:25 PM June 18. Next update 3:15 PM EDT Wednesday. Until 12:25 PM EDT.",
    "Sin 911 desde 2:25 PM 18 de junio de 2024. Próximo aviso: 3:15 PM EDT.",
    "It began on 6/18/2024 at 13:15 and ended at 15:15.",
    "911 does not work in 351 cities and towns, 211 of them small, with 911 people in 14 counties.",
    "Text 911 if you can't call. Texto al 911.",
    "Call 911 first. If no answer call 413-555-0142 ext. 12.",
    "Go to the fire station at 1234 Main Street, open 8:00-16:30 and 0800-1630.",
    "day and night, 24/7/365",
    "911 OUTAGES are being repaired.",
    "Desk 211 answers; Engine 411 stands at exit 988.",
    "If you cannot call, go to the fire station at 1175 Main Street.",
    "Call from 100 Main Street.",
    "Go to 411 Main Street or 211 Elm Street.",
    "511 customers have no service.",
    "It began on 2026-11-25, or 11-25-2026.",
    "ZIP Codes 01002, 01003 and around.",
    "Routes 116, 202, 9 are closed. Exits 12, 13, 14, 15 too.",
    "Phone lines fail since 1430.",
    "Send texts up to 160 characters.",
    "Mon-Fri 8-12, 13-17",
    "Route 2 and 9 are open; 100 million people use them.",
    "Ayer 413-555-0142; Bedford 413-555-0142.",
  ])("%s", (text) => expect(findTypedNumbers(text, ["413-555-0142"])).toEqual([]));

  test("711 only where it is meant", () => {
    expect(findTypedNumbers("Call 711 for the relay.")).toEqual(["711"]);
    expect(findTypedNumbers("Call 711 for the relay.", [], ["711"])).toEqual([]);
  });
});

test("any ten digits with anything but letters between them are found", () => {
  const separator = fc.string({
    unit: fc.constantFrom(" ", "-", ".", "/", "·", "–", "\u2011", "\u200b", "_", ",", "(", ")", "*", "|"),
    maxLength: 4,
  });
  const digits = fc.stringMatching(/^[2-9]\d{2}[2-9]\d{6}$/);
  fc.assert(
    fc.property(digits, fc.array(separator, { minLength: 9, maxLength: 9 }), (number, separators) => {
      const text = [...number].map((digit, index) => digit + (separators[index] ?? "")).join("");
      return findTypedNumbers(`Call ${text} now`).length > 0;
    }),
    { numRuns: 5000 },
  );
});

describe("a number of the directory that has an extension", () => {
  const allowed = ["413-555-0142 ext. 123456", "413-555-0177"];
  test.each<[string, number]>([
    ["Call 413-555-0142 ext. 123456. That is the dispatch center.", 0],
    ["Llame al 413-555-0142 ext. 123456. Contesta la central.", 0],
    ["Amherst 413-555-0142 ext. 123456; Hadley 413-555-0177.", 0],
    // Without its extension, or with another, it reaches someone else.
    ["Call 413-555-0142.", 1],
    ["Call 413-555-0142 ext. 99.", 1],
    ["Call 413-555-0142 ext. 1234567.", 2],
  ])("%s", (text, count) => expect(findTypedNumbers(text, allowed)).toHaveLength(count));
});
