import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readFeed } from "../../../standards/feeds/feed";
import { listFiles } from "./files";
import { POLICY } from "./layout";
import { partsOut, type SaidMessage, type SaidNumber, type SiteAlert, type SiteFacts, type SitePlace } from "./facts";
import { factsOf, LANGUAGES, NOW, PLACES, SITES } from "./states-for-tests";

/** What stands in the files beside the pages: plain text, data and frames, in every state. */

const FACTS = SITES["every state"];
const FILES = new Map([...listFiles(FACTS)].map((file) => [file.path, file.make]));
const read = (path: string) => FILES.get(path)?.() ?? "";
/** As people read it. */
const shown = (page: string) =>
  page
    .replace(/<(script|style|title)\b[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

describe.each([
  ["en-US", "", "go to the Cuttyhunk fire station", /\bthis number|Write the number/],
  ["es-US", "es/", "vaya a los bomberos de Cuttyhunk", /este número|Anote el número/],
] as const)("a place without a number, in %s", (code, folder, action, ofNumber) => {
  test.each(["no-number", "no-number-partial"])("the box on the page says what to do: %s", (name) => {
    const page = read(`${folder}ma/${name}.html`);
    const box = shown(/<div class="frame">([\s\S]*?)<\/div>\s*<p>\s*<strong>/.exec(page)?.[1] ?? "");
    expect(box).toContain(action);
    expect(box).not.toMatch(/911 to test|911 para probar/);
    expect(shown(page)).not.toMatch(ofNumber);
    // Once in the box is enough.
    expect(shown(page).split(action)).toHaveLength(2 + (page.match(/alerts\/MA911-0001/g)?.length ?? 0));
  });

  test("so do its row on the first page and its frame", () => {
    const row = new RegExp(`<li[^>]*>\\s*<a href="/${folder}ma/no-number">[\\s\\S]*?</li>`).exec(
      read(`${folder}index.html`),
    );
    expect(shown(row?.[0] ?? "")).toContain(action);
    const part = new RegExp(`<p lang="${code}"[\\s\\S]*?</p>`).exec(read("embed/ma/no-number.html"));
    expect(shown(part?.[0] ?? "")).toContain(action);
    const json = JSON.parse(read("embed/ma/no-number.json")) as { instead: Record<string, string>; numbers: unknown[] };
    expect(json.instead[code]).toContain(action);
    expect(json.numbers).toEqual([]);
    expect((JSON.parse(read("embed/ma/full.json")) as { instead: object }).instead).toEqual({});
  });
});

test("in a language without approved texts the box says what always holds, and quotes what was approved", () => {
  for (const language of LANGUAGES.filter(({ translation }) => translation)) {
    const page = read(`${language.code.split("-")[0]}/ma/no-number.html`);
    const box = page.slice(page.indexOf('<div class="frame">'), page.indexOf('class="bar"'));
    expect(shown(box), language.code).toContain(shown(language.words.noneToKeep));
    expect(shown(box), language.code).toContain("go to the Cuttyhunk fire station");
    expect(page, language.code).not.toContain(language.words.notTest);
    expect(page, language.code).not.toContain(language.words.writeDown);
    expect(shown(page), language.code).toContain(shown(language.words.notTestAlone));
  }
});

/** The end of a word that the next one follows at once, with nothing but tags of a line between them: "Boston617-555-0100". */
const RUN_TOGETHER = /[\p{L}\p{N}.?)](?:<\/?(?:a|b|i|span|strong|label|input|button)\b[^>]*>)+[\p{L}\p{N}–(]/gu;

test.each([
  ["every state", FACTS],
  ["a quiet day", SITES["a quiet day"]],
  ["after the all-clear", factsOf(PLACES.filter(({ name }) => name === "restored"))],
] as const)("without its style no page runs words together: %s", (_, facts) => {
  const found = [...listFiles(facts)]
    .filter(({ path }) => path.endsWith(".html"))
    .flatMap(({ path, make }) =>
      (
        make()
          .replace(/<(style|script)>[\s\S]*?<\/\1>/g, "")
          .match(RUN_TOGETHER) ?? []
      ).map((text) => `${path}: ${text}`),
    );
  expect(found.slice(0, 10)).toEqual([]);
});

test("the first page speaks of no number where it means none, and of those in the list while there may be some", () => {
  for (const { code, words } of LANGUAGES) {
    const home = code === "en-US" ? "index.html" : `${code.split("-")[0]}/index.html`;
    const shows = (facts: SiteFacts) => shown([...listFiles(facts)].find(({ path }) => path === home)!.make());
    expect(shows(FACTS), code).toContain(shown(words.notTestAlone));
    expect(shows(FACTS), code).not.toContain(shown(words.notTest));
    expect(shows(FACTS), code).toContain(shown(words.listNote));
    expect(shows(SITES["a quiet day"]), code).toContain(shown(words.listNote));
    const clear = factsOf(PLACES.filter(({ name }) => name === "restored"));
    expect(shows(clear), code).not.toContain(shown(words.listNote));
  }
});

test("plain text says of every place what to do, and a number once", () => {
  const lines = read("numbers.txt").split("\n");
  const lineOf = (label: string) => lines.find((line) => line.startsWith(`${label}, MA: `)) ?? "";
  expect(lineOf("No-number")).toMatch(/go to the Cuttyhunk fire station.* Valid until /);
  expect(lineOf("Full")).toMatch(/^Full, MA: 911 is not working in Full, Massachusetts\. In an emergency call /);
  for (const line of lines) {
    expect(line).not.toMatch(/: Valid until/);
    expect(line.match(/413-555-0142/g)?.length ?? 0, line).toBeLessThan(2);
  }
});

const restoredSite = factsOf(PLACES.filter(({ name }) => ["restored", "quiet"].includes(name)));
const restoredFiles = new Map([...listFiles(restoredSite)].map((file) => [file.path, file.make]));

test.each(LANGUAGES.map((language) => [language.code, language] as const))(
  "a page whose alert is over leads nowhere with a sentence that the number ended, by the server or by its own script: %s",
  (code, { words }) => {
    const folder = code === "en-US" ? "" : `${code.split("-")[0]}/`;
    for (const name of ["partial", "no-number-partial"]) {
      const own = /<script type="text\/plain" data-after>([\s\S]*?)<\/script>/.exec(
        read(`${folder}ma/${name}.html`),
      )![1]!;
      for (const text of [own, read(`${folder}ma/${name}.ended.html`)]) {
        expect(shown(text)).not.toContain(shown(words.callFirst));
        expect(shown(text)).toContain(shown(words.quiet));
      }
    }
  },
);

test("after the all-clear the first page and the frame say that 911 works again", () => {
  const home = shown(restoredFiles.get("index.html")!());
  expect(home).toContain("911 works again in Restored, Massachusetts");
  expect(home).toContain("It began 12:27 PM EDT, Tuesday, June 18. It ended 1:27 PM EDT, Tuesday, June 18.");
  expect(home).not.toContain("All numbers are on this page");
  expect(shown(restoredFiles.get("embed/ma/restored.html")!())).toContain("911 works again in Restored.");
  expect(shown(restoredFiles.get("embed/ma/quiet.html")!()).match(/In an emergency dial 911/g)).toHaveLength(1);
});

test("a frame says each number once and never breaks it, in its own style", () => {
  const frame = read("embed/ma/full.html");
  expect(shown(frame).match(/In an emergency call/g)).toHaveLength(1);
  for (const { e164 } of PLACES.find(({ name }) => name === "full")!.said[0]!.numbers)
    expect(frame.match(new RegExp(`<a class="number" href="tel:\\${e164}" target="_top"`, "g"))).toHaveLength(2);
  expect(frame).toContain(".number{color:#1b1b1b;font-weight:700;font-size:1.35rem;white-space:nowrap}");
  expect(POLICY).toContain(
    createHash("sha256")
      .update(/<style>([\s\S]*?)<\/style>/.exec(frame)![1]!)
      .digest("base64"),
  );
});

test("a frame whose alert is over says so, though nobody made it anew", () => {
  const { until } = [...listFiles(FACTS)].find(({ path }) => path === "embed/ma/full.html")!;
  expect(until).toEqual({ at: expect.any(Number), instead: "embed/ma/full.ended.html" });
  const over = shown(read(until!.instead));
  expect(over).toContain("The alert for Full has ended.");
  expect(over).toContain("In an emergency dial 911.");
  expect(over).not.toMatch(/\d{3}-\d{4}/);
});

test("the page of an alert keeps numbers on one line, and entries of feeds lead to it", () => {
  expect(read("alerts/MA911-0001.html")).toContain('<div class="band out">');
  expect(read("alerts/MA911-0001.html")).toContain('<span class="n" dir="ltr">413-555-0142</span>');
  expect(read("feed.atom")).toContain(
    '<link rel="alternate" type="text/html" href="https://911.example.gov/alerts/MA911-0001"/>',
  );
});

test("every page says itself what it may do, whoever serves it", () => {
  for (const [path, make] of FILES)
    if (path.endsWith(".html") && !path.startsWith("embed/")) expect(make(), path).toContain(`content="${POLICY}"`);
  // A frame has nothing to run.
  for (const [path, make] of FILES) if (path.startsWith("embed/")) expect(make(), path).not.toContain("<script");
});

test("what is hidden stays hidden, whatever else its row is", () =>
  expect(read("index.html")).toContain("[hidden]{display:none!important}"));

test("each number in force says when the right desk last answered it, the second one too", () => {
  const said = "The right desk last answered a test call on";
  const box = shown(/<div class="frame">([\s\S]*?)<\/div>/.exec(read("ma/two-numbers.html"))![1]!);
  expect(box).toMatch(
    new RegExp(`413-555-0142 ${said} June 8, 2024\\. 413-555-0190 ext\\. 12345 ${said} May 29, 2024\\.`),
  );
  const { numbers } = JSON.parse(read("embed/ma/two-numbers.json")) as { numbers: { lastAnsweredAt: string | null }[] };
  expect(numbers.map(({ lastAnsweredAt }) => lastAnsweredAt?.slice(0, 10))).toEqual(["2024-06-08", "2024-05-29"]);
  const line = read("numbers.txt")
    .split("\n")
    .find((one) => one.startsWith("Two-numbers, MA: "));
  expect(line).toContain(
    `call 413-555-0142. ${said} June 8, 2024. 413-555-0190 ext. 12345. ${said} May 29, 2024. Valid until`,
  );
  expect(read("numbers.txt")).toMatch(new RegExp(`Quiet, MA: .* 413-555-0142\\. ${said} June 8, 2024\\.`));
  // One that the directory knows no call of says nothing.
  const named = PLACES.find(({ name }) => name.startsWith("Saint Mary"))!;
  expect(read(`${named.path}.html`)).not.toMatch(new RegExp(`ext\\. 12345</a>\\s*<br />`));
});

describe("a text to 911", () => {
  const full = PLACES.find(({ name }) => name === "full")!;
  const place = (name: string, textsWork: boolean, takesNoTexts = false) => ({
    ...full,
    id: name,
    path: `ma/${name}`,
    takesNoTexts,
    said: [{ ...full.said[0]!, textsWork }],
  });
  const places = [place("works", true), place("fails", false), place("never", true, true)];
  const filesOf = (demonstration: boolean) => [...listFiles(factsOf(places, { demonstration }))];

  test("is offered on the page of a place whose alert says that it arrives, and nowhere else", () => {
    const offered = filesOf(false).filter((file) => !file.message && file.make().includes("sms:911"));
    expect(offered.map(({ path }) => path)).toEqual(
      LANGUAGES.map(({ code }, index) => `${index === 0 ? "" : `${code.split("-")[0]}/`}ma/works.html`),
    );
    for (const [index, file] of offered.entries())
      expect(file.make()).toContain(`<a href="sms:911">${LANGUAGES[index]!.words.textsWork}</a>`);
  });

  test("is not opened by a demonstration, which says so alone", () => {
    const pages = filesOf(true).map((file) => [file.path, file.make()] as const);
    expect(pages.filter(([, text]) => text.includes("sms:"))).toEqual([]);
    expect(new Map(pages).get("ma/works.html")).toContain("<p>Texts to 911 work: text 911 if you cannot call</p>");
  });
});

/** A site with an alert for each of these: its places by name, each with its number, and when it ends. */
function siteOf(alerts: readonly { places: Readonly<Record<string, string>>; endsAt: number }[]): SiteFacts {
  const full = PLACES.find(({ name }) => name === "full")!;
  const said = new Map<string, SaidMessage[]>();
  const listed: SiteAlert[] = [];
  for (const [index, { places, endsAt }] of alerts.entries()) {
    const code = `MA911-${index}`;
    const messages = Object.entries(places).map(([name, number]): SaidMessage => {
      const texts = Object.fromEntries(
        Object.entries(full.said[0]!.texts).map(([language, parts]) => [
          language,
          {
            headline: parts.headline.replace("413-555-0142", number),
            description: parts.description.replace("413-555-0142", number),
            instruction: parts.instruction.replace("413-555-0142", number),
          },
        ]),
      );
      const numbers = [{ ...full.said[0]!.numbers[0]!, e164: `+1${number.replaceAll("-", "")}` }];
      return { ...full.said[0]!, identifier: `${code}-${name}`, alertCode: code, endsAt, texts, numbers };
    });
    for (const [at, name] of Object.keys(places).entries()) said.set(name, [...(said.get(name) ?? []), messages[at]!]);
    const [pattern] = factsOf([{ ...full, said: messages }]).alerts;
    const named = Object.keys(places);
    listed.push({
      ...pattern!,
      code,
      endsAt,
      messages: pattern!.messages.map((message, at) => ({ ...message, placeIds: [`25${named[at]!}`] })),
    });
  }
  const places = [...said].map(([name, messages]) => ({
    ...full,
    id: `25${name}`,
    path: `ma/${name}`,
    name,
    label: name,
    kept: { ...full.kept!, e164: "+14135550399" },
    said: messages,
  }));
  return { ...factsOf(places), alerts: listed };
}

/** What the server gives at a moment where nobody made anything anew. */
function servedAt(facts: SiteFacts): (path: string, at: number) => string {
  const files = new Map([...listFiles(facts)].map((file) => [file.path, file]));
  return (path, at) => {
    let file = files.get(path)!;
    while (file.until && file.until.at <= at) {
      expect(files.has(file.until.instead), `${file.path} leads to ${file.until.instead}`).toBe(true);
      file = files.get(file.until.instead)!;
    }
    return file.message ? "" : file.make();
  };
}

const HOUR = 3_600_000;
const IN_FORCE = [...LANGUAGES.map(({ words }) => words.validNow), "in-force"];
/** What has been said stays listed, as what it is: in an entry of the archive, or in a line that leads to an alert. */
const HISTORY = /<(li|entry|item)\b(?:(?!<\/\1>)[\s\S])*?\/(?:alerts|cap)\/(?:(?!<\/\1>)[\s\S])*<\/\1>/g;

describe("once what is in force has ended, and nobody made anything anew", () => {
  const ends = { "413-555-0301": 1, "413-555-0302": 2, "413-555-0303": 1, "413-555-0304": 3 };
  const facts = siteOf([
    { places: { granby: "413-555-0301", hadley: "413-555-0303" }, endsAt: NOW + HOUR },
    { places: { amherst: "413-555-0302" }, endsAt: NOW + 2 * HOUR },
    // A second outage in the same place, which goes on.
    { places: { hadley: "413-555-0304" }, endsAt: NOW + 3 * HOUR },
  ]);
  const served = servedAt(facts);
  const asked = [...listFiles(facts)].filter(({ path }) => !path.includes(".ended")).map(({ path }) => path);

  test.each(Object.entries(ends))("no file of the site gives out %s as what is in force", (number, hours) => {
    const end = NOW + hours * HOUR;
    const gives = (text: string) => text.includes(number) || text.includes(`+1${number.replaceAll("-", "")}`);
    const given = new Set<string>();
    for (const path of asked) {
      for (let at = NOW; at < end; at += HOUR) if (gives(served(path, at))) given.add(path);
      if (gives(served(path, end - 1))) given.add(path);
      for (let at = end; at <= NOW + 4 * HOUR; at += HOUR) {
        const after = served(path, at + 1000);
        for (const [line] of after.matchAll(HISTORY)) {
          if (gives(line)) for (const word of IN_FORCE) expect(line, `${path}: ${line}`).not.toContain(word);
        }
        expect(gives(after.replace(HISTORY, "")), `${path} gives out ${number}: ${at - end} ms after its end`).toBe(
          false,
        );
      }
    }
    const [name] = Object.entries({ granby: 1, amherst: 2, hadley: 3 }).find(([, one]) =>
      number === "413-555-0303" ? one === 3 : one === hours,
    )!;
    for (const path of [
      ...LANGUAGES.flatMap(({ code }, index) => {
        const folder = index === 0 ? "" : `${code.split("-")[0]}/`;
        return [`${folder}index.html`, `${folder}ma/${name}.html`];
      }),
      "numbers.txt",
      `embed/ma/${name}.html`,
      `embed/ma/${name}.json`,
      `feeds/place/ma/${name}.atom`,
      "feed.atom",
      "feed.rss",
      "feeds/archive.atom",
      "alerts/MA911-0.html",
    ])
      if (path !== "alerts/MA911-0.html" || hours === 1) expect(given, path).toContain(path);
  });

  test("what is still in force goes on to be said", () => {
    const at = NOW + HOUR + 1000;
    for (const path of ["index.html", "es/index.html", "numbers.txt"]) {
      expect(served(path, at)).toContain("413-555-0302");
      expect(served(path, at)).toContain("413-555-0304");
    }
    const { standing, numbers } = JSON.parse(served("embed/ma/hadley.json", at)) as {
      standing: string;
      numbers: { number: string }[];
    };
    expect([standing, numbers.map(({ number }) => number)]).toEqual(["out", ["413-555-0304"]]);
    expect(JSON.parse(served("embed/ma/granby.json", at))).toMatchObject({ standing: "past", numbers: [] });
    expect(served("ma/hadley.html", at)).toContain("<h1>911 is not working in hadley, Massachusetts</h1>");
    expect(served("ma/granby.html", at)).toContain("<title>The alert for granby has ended</title>");
    expect(served("ma/hadley.html", NOW + 4 * HOUR)).toContain("<h1>The alert for hadley has ended</h1>");
    expect(served("alerts/MA911-0.html", at)).toContain('<div class="band past">');
    expect(served("feed.atom", at).match(/<entry>/g)).toHaveLength(2);
    expect(served("feeds/place/ma/granby.atom", at)).toBe(served("feeds/none.atom", at));
  });

  test("a page that a reader kept says so by itself", () => {
    const page = served("index.html", NOW);
    expect(page).toContain(`<body data-until="${NOW + HOUR}">`);
    expect(page).toMatch(/data-after><div class="band past">\s*<div class="w"><h1>Part of this page is out of date\./);
    for (const [number, hours] of Object.entries(ends))
      if (number !== "413-555-0304")
        expect(page).toContain(`data-ends="${NOW + hours * HOUR}">911 fails here: <b dir="ltr">${number}</b>`);
    const place = served("ma/granby.html", NOW);
    expect(place).toContain(`(<span data-ends="${NOW + HOUR}" data-then="ended">valid now</span>)`);
    const alert = served("alerts/MA911-0.html", NOW);
    expect(alert).toContain(`<body data-until="${NOW + HOUR}">`);
    expect(alert).toContain(`(<span data-ends="${NOW + HOUR}" data-then="ended">valid now</span>)`);
  });

  test("where more ends follow than are made ahead for, the last one leaves it to the page of each place", () => {
    const many = Array.from({ length: 9 }, (_, index) => ({
      places: { [`town-${index}`]: `413-555-03${10 + index}` },
      endsAt: NOW + (index + 1) * HOUR,
    }));
    const later = servedAt(siteOf(many));
    for (let hour = 1; hour <= 10; hour += 1) {
      for (const path of ["index.html", "vi/index.html", "numbers.txt", "feed.atom", "feed.rss"]) {
        const text = later(path, NOW + hour * HOUR + 1000);
        for (const [index] of many.entries())
          if (index < hour) expect(text, `${path} after ${hour} hours`).not.toContain(`413-555-03${10 + index}`);
      }
    }
    const last = NOW + 5 * HOUR;
    expect(later("index.html", last)).toContain("<h1>Part of this page is out of date. Load it again");
    expect(later("index.html", last)).not.toContain("911 is not working in");
    expect(later("numbers.txt", last)).toContain("town-8, MA: https://911.example.gov/ma/town-8");
    expect(later("feed.atom", last)).toContain('<category term="unchecked" label="unchecked"/>');
    expect(later("feed.atom", last)).not.toContain("in-force");
    // The page of a place knows its own end.
    expect(later("ma/town-8.html", last)).toContain("413-555-0318");
  });
});

test("each outage on the first page says until when, and each number in its row until when and when it was answered", () => {
  const facts = siteOf([
    { places: { granby: "413-555-0301", hadley: "413-555-0303" }, endsAt: NOW + HOUR },
    { places: { amherst: "413-555-0302" }, endsAt: NOW + 2 * HOUR },
    { places: { goshen: "413-555-0304" }, endsAt: NOW + 3 * HOUR },
  ]);
  const partial = facts.places.map((place) =>
    place.name === "goshen" ? { ...place, said: [{ ...place.said[0]!, failure: "partial" as const }] } : place,
  );
  const home = servedAt({ ...facts, places: partial })("index.html", NOW);
  const bands = [...home.matchAll(/<div class="band out">[\s\S]*?<\/div>\s*<\/div>/g)].map(([band]) => shown(band));
  expect(bands).toEqual([
    expect.stringMatching(/911 is not working in 3 places.* Valid until 3:27 PM EDT/),
    expect.stringMatching(/Some 911 calls fail in goshen.* Valid until 5:27 PM EDT/),
  ]);
  expect(bands.every((band) => /Next update by/.test(band))).toBe(true);
  const rowOf = (name: string) =>
    shown(new RegExp(`<li[^>]*>\\s*<a href="/ma/${name}">[\\s\\S]*?</li>`).exec(home)?.[0] ?? "");
  for (const [name, number, until, lead = "911 fails here:"] of [
    ["granby", "413-555-0301", "3:27"],
    ["hadley", "413-555-0303", "3:27"],
    ["amherst", "413-555-0302", "4:27"],
    ["goshen", "413-555-0304", "5:27", "Dial 911 first. If the call does not go through:"],
  ])
    expect(rowOf(name!)).toBe(
      ` ${name} ${lead} ${number} The right desk last answered a test call on June 8, 2024. Valid until ${until} PM EDT, Tuesday, June 18. `,
    );
  // From the first end on, what is left says its own.
  const later = servedAt({ ...facts, places: partial })("index.html", NOW + HOUR);
  expect(later).toContain("911 is not working in amherst");
  // Above the list and in its row.
  expect(later.match(/Valid until 4:27 PM EDT/g)).toHaveLength(2);
  // Where all end at once, the band says it of all: 351 rows that repeat it are a page four times as long.
  const together = siteOf([{ places: { granby: "413-555-0301", hadley: "413-555-0303" }, endsAt: NOW + HOUR }]);
  const whole = servedAt(together)("index.html", NOW);
  expect(whole.match(/Valid until 3:27 PM EDT/g)).toHaveLength(1);
  expect(shown(whole)).toContain(
    "granby 911 fails here: 413-555-0301 The right desk last answered a test call on June 8, 2024.",
  );
  // On a quiet day the number to keep says when it was answered, and has no end.
  const quiet = shown(/<li[^>]*>\s*<a href="\/ma\/quiet">[\s\S]*?<\/li>/.exec(read("index.html"))![0]);
  expect(quiet).toBe(" Quiet 413-555-0142 The right desk last answered a test call on June 8, 2024. ");
});

describe("neighbors of what is down for which nothing is announced", () => {
  const [full, quiet] = ["full", "quiet"].map((name) => PLACES.find((place) => place.name === name)!);
  const county = (id: string, name: string) => [{ id, name }];
  const calm = (count: number, counties: SitePlace["counties"]) =>
    Array.from({ length: count }, (_, at) => {
      const id = `${counties[0]!.name}-${at}`;
      return { ...quiet!, id, path: `ma/${id}`, name: id, label: id, counties };
    });
  const said = (beside: SitePlace[], others: SitePlace[] = []) => {
    const down = { ...full!, counties: county("25015", "Hampshire"), neighborIds: beside.map(({ id }) => id) };
    const page = servedAt(factsOf([down, ...beside, ...others]))("index.html", NOW);
    return (
      / Next to it: no 911 outage is announced for ([^.]*)\. Dial 911 there as usual\. /.exec(shown(page))?.[1] ?? null
    );
  };

  test("are named", () => expect(said(calm(3, county("25013", "Hampden")))).toBe("Hampden-0, Hampden-1, Hampden-2"));

  test("are told by county where they are many, but for a county in which something is down", () => {
    const beside = [
      ...calm(40, county("25013", "Hampden")),
      ...calm(2, county("25015", "Hampshire")),
      ...calm(1, county("25011", "Franklin")),
    ];
    expect(said(beside)).toBe("Franklin County, Hampden County, Hampshire-0, Hampshire-1");
    // Down in another town of a county, which is no neighbor of it.
    const far = { ...full!, id: "far", path: "ma/far", counties: county("25011", "Franklin"), neighborIds: [] };
    expect(said(beside, [far])).toBe("Hampden County, Hampshire-0, Hampshire-1, Franklin-0");
  });

  test("are not told to dial 911 where an outage is declared and nobody was told yet", () => {
    const [told, ...others] = calm(3, county("25013", "Hampden"));
    expect(said([{ ...told!, declaredOut: true }, ...others])).toBe("Hampden-1, Hampden-2");
    // Nor is their county, where many are told by county.
    const many = calm(40, county("25013", "Hampden")).map((place, at) => ({ ...place, declaredOut: at === 0 }));
    expect(said(many)).not.toContain("Hampden County");
  });

  test("are passed over where the map knows none", () => expect(said([])).toBeNull());
});

test("a feed of an alert of 3,500 places leads to every message, in documents an aggregator reads", () => {
  const places = Array.from({ length: 3500 }, (_, index) => `town-${index}`);
  const facts = siteOf([
    { places: Object.fromEntries(places.map((name) => [name, "413-555-0301"])), endsAt: NOW + HOUR },
    { places: { granby: "413-555-0302" }, endsAt: NOW + 2 * HOUR },
  ]);
  const files = new Map(
    [...listFiles({ ...facts, languages: LANGUAGES.slice(0, 1) })].map((file) => [file.path, file]),
  );
  const read = (path: string, at: number) => {
    let file = files.get(path)!;
    while (file.until && file.until.at <= at) file = files.get(file.until.instead)!;
    return file.make();
  };
  /** Every message that is linked to, as a reader finds it that follows `next`. */
  const follow = (path: string, at = NOW) => {
    const seen = new Set<string>();
    let documents = 0;
    for (let next: string | undefined = path; next; documents += 1) {
      const text = read(next, at);
      const { feed, findings } = readFeed(text);
      expect(findings).toEqual([]);
      expect(feed!.size).toBeLessThan(900_000);
      for (const { links } of feed!.entries) seen.add(links.at(-1)!.href);
      next = /rel="next"[^>]*href="https:\/\/911\.example\.gov\/([^"]+)"/.exec(text)?.[1];
    }
    return { messages: seen.size, documents };
  };
  for (const path of ["feed.atom", "feed.rss", "feeds/state/ma.atom", "feeds/agency/ma911.rss"])
    expect(follow(path), path).toEqual({ messages: 3501, documents: 6 });
  expect(follow("feed.atom", NOW + HOUR).messages).toBe(1);
  // What was cut once is not said to be all there is: the archive has the newest.
  expect(follow("feeds/archive.atom")).toEqual({ messages: 600, documents: 1 });
});

describe("a number that was called wrong while it is given out", () => {
  const [first] = PLACES;
  const wrong = [{ e164: "+14135550142", extension: "" }];
  const other = { e164: "+14135550190", extension: "", lastAnsweredAt: null };
  const placeWith = (numbers: readonly SaidNumber[], failure: SaidMessage["failure"] = "full") => ({
    ...first!,
    path: "ma/one",
    said: [{ ...first!.said[0]!, numbers, wrong, failure }],
  });
  const filesOf = (place: SitePlace) =>
    new Map([...listFiles(factsOf([place]))].map((file) => [file.path, file.make()] as const));
  const PAGES = ["ma/one.html", "embed/ma/one.html", "numbers.txt"];

  test("nobody is told to call it: where to go stands in its place, in every language", () => {
    const files = filesOf(placeWith([]));
    for (const path of PAGES) {
      const text = shown(files.get(path)!);
      expect(text, path).toMatch(/Do not call 413-555-0142 ?: it was reported as wrong\./);
      expect(text, path).toContain("go to a police or fire station");
      // The number to keep for the next time is read once this one has ended.
      expect(files.get(path)!.split("data-after")[0], path).not.toMatch(/tel:|last answered/);
    }
    expect(shown(files.get("es/ma/one.html")!)).toMatch(/No llame al 413-555-0142 ?: se informó que es incorrecto\./);
    expect(shown(files.get("index.html")!)).toContain("Do not call 413-555-0142");
    expect(JSON.parse(files.get("embed/ma/one.json")!)).toMatchObject({
      numbers: [],
      calledWrong: ["413-555-0142"],
      instead: { "en-US": expect.stringMatching(/^Do not call 413-555-0142.*go to a police or fire station\.$/) },
    });
  });

  test("the other number of the place stands first", () => {
    const files = filesOf(placeWith([other], "partial"));
    for (const path of PAGES)
      expect(shown(files.get(path)!), path).toMatch(/Do not call 413-555-0142.*Dial 911 first.*413-555-0190/);
    expect(JSON.parse(files.get("embed/ma/one.json")!)).toMatchObject({
      numbers: [{ number: "413-555-0190" }],
      calledWrong: ["413-555-0142"],
    });
  });
});

describe("a county whose people outside of towns nothing is announced for, while 911 fails in towns of it", () => {
  const county: SitePlace = {
    ...SITES["a quiet day"].places[0]!,
    id: "25015",
    path: "ma/county",
    label: "Hampshire County",
  };
  const town = PLACES.find(({ name }) => name === "full")!;
  const later = { ...town, id: "25later", path: "ma/later", label: "Later" };
  const end = town.said[0]!.endsAt;
  const facts = factsOf([county, town, { ...later, said: [{ ...later.said[0]!, endsAt: end + 3_600_000 }] }]);
  const files = new Map([...listFiles(facts)].map((file) => [file.path, file] as const));

  test("its page, frame, text and JSON say in which, and that 911 is dialed elsewhere", () => {
    const page = files.get("ma/county.html")!.make();
    expect(shown(page)).toContain("911 is not working in 2 places in Hampshire County");
    for (const path of ["ma/county.html", "embed/ma/county.html", "numbers.txt"])
      expect(shown(files.get(path)!.make()), path).toContain(
        "911 is not working in Full, Later. If you are there, open the page of that place. Elsewhere in Hampshire County dial 911.",
      );
    expect(page.slice(page.indexOf("<body"), page.indexOf("data-after"))).not.toContain("No 911 outage is announced");
    expect(JSON.parse(files.get("embed/ma/county.json")!.make())).toMatchObject({
      standing: "quiet",
      outIn: ["Full", "Later"],
    });
    // The rest of the county is beside its towns.
    expect(shown(files.get("index.html")!.make())).toContain("no 911 outage is announced for Hampshire County");
  });

  test("as each ends it is named no more, though nobody makes the page anew", () => {
    const after = files.get("ma/county.html")!.until!;
    expect(after.at).toBe(end);
    const second = files.get(after.instead)!;
    expect(shown(second.make())).toContain("911 is not working in Later, Massachusetts");
    expect(second.until!.at).toBe(end + 3_600_000);
    const last = shown(files.get(second.until!.instead)!.make());
    expect(last).toContain("No 911 outage is announced for Hampshire County.");
    expect(last).not.toContain("911 is not working");
  });

  test("a town is no county, and a county that is out itself speaks for itself", () => {
    expect(partsOut(facts, town)).toEqual([]);
    const out = { ...county, said: town.said };
    expect(partsOut({ ...facts, places: [out, town] }, out)).toEqual([]);
  });
});
