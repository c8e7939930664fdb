import { expect, test } from "vitest";
import { formatDate, formatWhen } from "./times";

const AT = Date.parse("2024-06-18T19:27:00Z");

test.each([
  ["en-US", "America/New_York", "3:27 PM EDT, Tuesday, June 18", "June 18, 2024"],
  ["es-US", "America/New_York", "3:27 p.m. EDT, martes, 18 de junio", "18 de junio de 2024"],
  ["pt-BR", "America/New_York", "15:27 EDT, terça-feira, 18 de junho", "18 de junho de 2024"],
  ["zh-Hans", "America/New_York", "6月18日星期二 15:27 EDT", "2024年6月18日"],
  ["ht", "America/New_York", "3:27 PM EDT, madi 18 jen", "18 jen 2024"],
  ["vi", "America/New_York", "15:27 EDT, Thứ Ba, 18 tháng 6", "18 tháng 6, 2024"],
  ["ht", "America/Los_Angeles", "12:27 PM PDT, madi 18 jen", "18 jen 2024"],
  ["pt-BR", "Pacific/Honolulu", "9:27 HST, terça-feira, 18 de junho", "18 de junho de 2024"],
])("%s in %s: %s", (language, zone, when, date) => {
  // Newer versions of Intl put a space that cannot break before the half of the day.
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
  expect(plain(formatWhen(language, zone, AT))).toBe(when);
  expect(plain(formatDate(language, zone, AT))).toBe(date);
});

test("a day of the calendar Intl does not know is the day there, not in UTC", () => {
  expect(formatDate("ht", "America/New_York", Date.parse("2025-01-01T03:00:00Z"))).toBe("31 desanm 2024");
});
