/** Times as people of a place read them, whole, since nobody knows when a page is read. Pure. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(language, { timeZone, ...options })));
  return made;
}

/** Moments that were written lately: thousands of pages say the same ones. */
const written = new Map<string, string>();
const MOST_WRITTEN = 20_000;

function once(key: string, write: () => string): string {
  let text = written.get(key);
  if (text === undefined) {
    if (written.size >= MOST_WRITTEN) written.clear();
    written.set(key, (text = write()));
  }
  return text;
}

/** Languages that Intl does not know, by day and month; their hours are told as in English. */
const CALENDARS: ReadonlyMap<string, { days: readonly string[]; months: readonly string[] }> = new Map([
  [
    "ht",
    {
      days: ["dimanch", "lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi"],
      months: "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm".split(" "),
    },
  ],
]);
const ENGLISH_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const baseOf = (language: string) => language.split("-")[0] ?? language;

/** What a language that Intl does not know makes of a day: madi 18 jen, and 18 jen 2024 without the day of the week. */
function formatOwn(calendar: { days: readonly string[]; months: readonly string[] }, timeZone: string, at: number) {
  const parts = format("en-US", timeZone, {
    weekday: "long",
    year: "numeric",
    month: "numeric",
    day: "numeric",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return {
    weekday: calendar.days[ENGLISH_DAYS.indexOf(part("weekday"))] ?? "",
    date: `${part("day")} ${calendar.months[Number(part("month")) - 1] ?? ""}`,
    year: part("year"),
  };
}

/** EDT, as clocks of the United States are called in every language; Intl would say GMT-4 in most. */
const zoneOf = (timeZone: string, at: number): string =>
  format("en-US", timeZone, { timeZoneName: "short" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value ?? "";

/** 3:27 PM EDT, Tuesday, June 18, as the language says it. */
export function formatWhen(language: string, timeZone: string, at: number): string {
  return once(`when ${language} ${timeZone} ${at}`, () => {
    const own = CALENDARS.get(baseOf(language));
    const hour = format(own ? "en-US" : language, timeZone, { hour: "numeric", minute: "2-digit" }).format(at);
    const time = `${hour} ${zoneOf(timeZone, at)}`;
    let day: string;
    if (own) {
      const { weekday, date } = formatOwn(own, timeZone, at);
      day = `${weekday} ${date}`;
    } else day = format(language, timeZone, { weekday: "long", month: "long", day: "numeric" }).format(at);
    // Chinese goes from the large to the small: the day, then the hour.
    return baseOf(language) === "zh" ? `${day} ${time}` : `${time}, ${day}`;
  });
}

/** June 18, 2024, as the language says it. */
export function formatDate(language: string, timeZone: string, at: number): string {
  return once(`date ${language} ${timeZone} ${at}`, () => {
    const own = CALENDARS.get(baseOf(language));
    if (!own) return format(language, timeZone, { year: "numeric", month: "long", day: "numeric" }).format(at);
    const { date, year } = formatOwn(own, timeZone, at);
    return `${date} ${year}`;
  });
}
