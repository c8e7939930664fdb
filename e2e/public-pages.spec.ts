import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import type { SiteLanguage } from "../lib/delivery/channels/public-site/facts";
import { folderOf } from "../lib/delivery/channels/public-site/facts";
import { LANGUAGES, NOW, packSite, PLACES, SITES } from "../lib/delivery/channels/public-site/states-for-tests";
import { servePublicSite, type SiteServer } from "../lib/delivery/public-server/serve";
import { isNightly, test } from "./console";

/**
 * Public pages in every state and language, those that no one writes yet among
 * them: from right to left, and 40 % longer. No console is needed for any of it.
 */

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-pages-"));
const servers: SiteServer[] = [];
const urls = new Map<string, string>();
let clock = NOW;

test.beforeAll(async () => {
  for (const [name, facts] of Object.entries(SITES)) {
    packSite(path.join(folder, name), facts);
    const server = await servePublicSite(path.join(folder, name), { host: "127.0.0.1", port: 0, now: () => clock });
    servers.push(server);
    const address = server.server.address();
    urls.set(name, `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`);
  }
});
test.afterAll(async () => {
  for (const server of servers) await server.close();
  fs.rmSync(folder, { recursive: true });
});

const FACTS = SITES["every state"];
const addressOf = (site: keyof typeof SITES, language: SiteLanguage, at: string) =>
  `${urls.get(site)}/${folderOf(FACTS, language)}${at}`;

/** Every kind of page there is, and every state of the page of a place. */
const PAGES: readonly (readonly [name: string, site: keyof typeof SITES, at: string])[] = [
  ...PLACES.map((place) => [place.path, "every state", place.path] as const),
  ["several outages", "every state", ""],
  ["a quiet day", "a quiet day", ""],
  ["351 places down", "351 places down", ""],
  ["all alerts", "every state", "alerts/"],
  ["an alert", "every state", "alerts/MA911-0001"],
  ["feeds", "every state", "feeds/"],
  ["search, none found", "every state", "find/?q=zzz"],
  ["search, several found", "every state", "find/?q=number"],
  ["an alert that outlived its page", "every state", "ma/full.ended.html"],
];

/** By day each page once and each language some times; at night every page in every language. */
const PAIRS = isNightly
  ? PAGES.flatMap((page) => LANGUAGES.map((language) => [page, language] as const))
  : PAGES.map((page, index) => [page, LANGUAGES[index % LANGUAGES.length]!] as const);

async function findProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`),
    ...(sideways > 0 ? [`scrolls sideways by ${sideways} pixels`] : []),
  ];
}

test(
  "every state and language: nothing for axe to find, nothing that scrolls sideways at 320 pixels",
  { tag: "@night" },
  async ({ browser }) => {
    test.setTimeout(isNightly ? 1_200_000 : 240_000);
    const page = await (await browser.newContext()).newPage();
    await page.clock.setFixedTime(NOW);
    const problems: string[] = [];
    for (const [[name, site, at], language] of PAIRS) {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(addressOf(site, language, at));
      for (const problem of await findProblems(page)) problems.push(`${name}, ${language.code}: ${problem}`);
      expect(await page.locator("html").getAttribute("lang"), name).toBe(language.code);
      await expect(page.getByRole("heading", { level: 1 }), name).toHaveCount(1);
    }
    expect(problems).toEqual([]);
  },
);

test("what the checks above find: a page made worse on purpose", { tag: "@night" }, async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
  await page.goto(addressOf("a quiet day", LANGUAGES[0]!, ""));
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", '<img src="data:,"><p>wide</p>');
    (document.body.lastElementChild as HTMLElement).style.width = "400px";
  });
  const problems = await findProblems(page);
  expect(problems.join("\n")).toMatch(/image-alt/);
  expect(problems.join("\n")).toMatch(/scrolls sideways/);
});

test(
  "by keyboard: everything that can be pressed is reached in order, and seen to be",
  { tag: "@night" },
  async ({ browser }) => {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
    await page.clock.setFixedTime(NOW);
    for (const at of ["", "ma/full", "ma/two-numbers", "find/?q=number"]) {
      await page.goto(addressOf("every state", LANGUAGES[at === "" ? 1 : 0]!, at));
      const all = await page.locator("a[href], button, input").count();
      for (let index = 0; index < all; index += 1) {
        await page.keyboard.press("Tab");
        const focused = await page.evaluate(() => {
          const one = document.activeElement as HTMLElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(one);
          return {
            index: [...document.querySelectorAll("a[href], button, input")].indexOf(one),
            seen: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 3,
          };
        });
        expect(focused, `${at} ${index}`).toEqual({ index, seen: true });
      }
    }
  },
);

test("without script: the search finds one, several and none, and a page says what is so", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  const page = await context.newPage();
  for (const language of isNightly ? LANGUAGES : [LANGUAGES[0]!, LANGUAGES[3]!]) {
    const find = async (typed: string) => {
      await page.goto(addressOf("every state", language, ""));
      await page.getByRole("searchbox").fill(typed);
      await page.getByRole("button", { name: language.words.findButton }).click();
    };
    await find("intermitt");
    await page.waitForURL(addressOf("every state", language, "ma/intermittent"));
    await expect(page.getByRole("link", { name: "413-555-0142", exact: true })).toHaveAttribute(
      "href",
      "tel:+14135550142",
    );
    await find("quiet");
    await page.waitForURL(addressOf("every state", language, "ma/quiet"));
    await find("number");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(language.words.which);
    await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(3);
    await find("zzz");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(language.words.foundNone);
  }
  // The server knows the time where no script does.
  clock = NOW + 2 * 3_600_000;
  await page.goto(addressOf("every state", LANGUAGES[0]!, "ma/full"));
  clock = NOW;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The alert for Full has ended");
});

test(
  "from right to left: lines begin at the right, numbers are read as they are dialed",
  { tag: "@night" },
  async ({ browser }) => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.clock.setFixedTime(NOW);
    const rtl = LANGUAGES.find(({ direction }) => direction === "rtl")!;
    await page.goto(addressOf("every state", rtl, "ma/full"));
    const heading = (await page.getByRole("heading", { level: 1 }).boundingBox())!;
    const edges = await page.evaluate(() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector("h1")!);
      const bar = getComputedStyle(document.querySelector(".bar")!);
      const list = document.querySelector("main ul")!.getBoundingClientRect();
      const quoted = document.querySelector('.official [lang="en-US"] p')!;
      return {
        right: range.getBoundingClientRect().right,
        bar: [bar.borderRightWidth, bar.borderLeftWidth],
        list: list.right,
        quoted: getComputedStyle(quoted).direction,
      };
    });
    expect(Math.abs(heading.x + heading.width - edges.right)).toBeLessThan(2);
    expect(edges.bar.map((width) => Number.parseFloat(width) > 4)).toEqual([true, false]);
    expect(edges.quoted).toBe("ltr");
    // Behind Arabic letters a number would be turned around at its hyphens.
    const numbers = await page.evaluate(() =>
      [...document.querySelectorAll("a.number, main .n")].map((one) => {
        const text = one.firstChild!;
        const edge = (index: number) => {
          const letter = document.createRange();
          letter.setStart(text, index);
          letter.setEnd(text, index + 1);
          return letter.getBoundingClientRect().left;
        };
        return [0, 4, 8, 11].map(edge).every((left, index, all) => index === 0 || left > all[index - 1]!);
      }),
    );
    expect(numbers.length).toBeGreaterThan(3);
    expect(numbers).not.toContain(false);
  },
);

test(
  "opened once and never again: what was read is there without a connection",
  { tag: "@night" },
  async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    const isKept = (at: string) => page.evaluate(async (url) => (await caches.match(url)) !== undefined, at);
    for (const at of ["", "ma/full"]) {
      await page.goto(addressOf("every state", LANGUAGES[0]!, at));
      await expect.poll(() => isKept(page.url()), at).toBe(true);
    }
    await context.setOffline(true);
    const offline = (await page.reload())!;
    expect(offline.fromServiceWorker()).toBe(true);
    expect(offline.headers()["content-security-policy"]).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("911 is not working in Full, Massachusetts");
    await expect(page.getByRole("link", { name: "413-555-0142", exact: true })).toBeVisible();
    await page.goto(addressOf("every state", LANGUAGES[0]!, ""));
    await expect(page.getByRole("link", { name: "Full", exact: true })).toBeVisible();

    // What ended since is not read as if it still were so.
    await page.clock.setFixedTime(NOW + 2 * 3_600_000);
    await page.goto(addressOf("every state", LANGUAGES[0]!, "ma/full"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The alert for Full has ended");
    await expect(page.getByText("Valid until")).toHaveCount(0);
    await expect(page.getByText("valid now")).toHaveCount(0);
    await context.close();
  },
);

test(
  "the search stands apart from what is above it, in every state of the first page",
  { tag: "@night" },
  async ({ browser }) => {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
    for (const site of ["a quiet day", "every state"] as const) {
      await page.goto(addressOf(site, LANGUAGES[0]!, ""));
      const gap = await page.evaluate(() => {
        const form = document.querySelector("form.find")!;
        const above = [...document.querySelectorAll(".band, .bar")].map((one) => one.getBoundingClientRect().bottom);
        return form.getBoundingClientRect().top - Math.max(...above);
      });
      expect(gap, site).toBeGreaterThanOrEqual(12);
    }
  },
);

test("what a screen reader is told of a place", { tag: "@night" }, async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await page.clock.setFixedTime(NOW);
  await page.goto(addressOf("every state", LANGUAGES[0]!, "ma/full"));
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - banner:
      - paragraph:
        - strong: Massachusetts State 911 Department
      - navigation "Language":
        - strong: English
        - link "Español"
        - link "Português"
        - link "简体中文"
        - link "Kreyòl ayisyen"
        - link "Tiếng Việt"
    - main:
      - heading "911 is not working in Full, Massachusetts" [level=1]
      - paragraph: Since 12:27 PM EDT, Tuesday, June 18.
      - paragraph:
        - text: In an emergency call
        - link "413-555-0142":
          - /url: tel:+14135550142
      - paragraph:
        - strong: Valid until 3:27 PM EDT, Tuesday, June 18.
      - paragraph: Do not call 911, or this number, just to test it.
      - heading "If you cannot hear or speak on a phone" [level=2]
      - heading "What comes next" [level=2]
      - heading "What has been said" [level=2]
      - list:
        - listitem
      - heading "Not in full?" [level=2]
    - contentinfo:
      - paragraph:
        - link "All places"
  `);
});

test("printed: black on white, without what nobody can press on paper", { tag: "@night" }, async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: { width: 816, height: 1056 } })).newPage();
  await page.clock.setFixedTime(NOW);
  await page.emulateMedia({ media: "print" });
  for (const language of [LANGUAGES[0]!, LANGUAGES[4]!]) {
    await page.goto(addressOf("every state", language, "ma/full"));
    await expect(page.getByRole("navigation")).toBeHidden();
    await expect(page.getByRole("contentinfo")).toBeHidden();
    await expect(page.getByText(language.words.demonstration)).toBeVisible();
    await expect(page.getByRole("link", { name: "413-555-0142", exact: true })).toBeVisible();
    const { color, backgroundColor } = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.querySelector(".band")!);
      return { color, backgroundColor };
    });
    expect([color, backgroundColor]).toEqual(["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]);
  }
  expect((await page.pdf({ format: "Letter" })).toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
