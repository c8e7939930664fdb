import { createHash } from "node:crypto";
import fs from "node:fs";
import { expect, type Page } from "@playwright/test";
import { partsOf, readMarkdown } from "../lib/help/markdown";
import { PEOPLE_PAGES } from "../lib/help/pages";
import {
  isOnScreen,
  PICTURE_WORDS,
  type PictureWords,
  readPictureWords,
  RETAKE,
} from "../lib/help/screen-words-for-tests";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { consoleUnderTest, expectAccessible, pageErrors, prepare, send, signIn, test, tickAll } from "./console";

/** The pages of help, as a person opens them, and the pictures in them, as the screens are now. */

/** Which pictures the pages show. */
const shown = new Set(
  PEOPLE_PAGES.flatMap((page) =>
    [...partsOf(readMarkdown(fs.readFileSync(`docs/people/${page}.md`, "utf8")).blocks)].flatMap((part) =>
      part.kind === "picture" ? [part.file.replace(/^pictures\/|\.png$/g, "")] : [],
    ),
  ),
);

/** Pictures are as wide as the screens that people draft and approve at. */
const SIZE = { width: 1280, height: 800 };

/**
 * The words of a screen that are ours and not of the data: where the header leads, and headings, labels, buttons and
 * columns whose text stands in the source. The first heading says how things stand, and is looked for by itself.
 * @param inPicture whether only what a picture of the screen would show
 */
async function wordsOf(page: Page, inPicture: boolean): Promise<Pick<PictureWords, "header" | "words">> {
  const seen = await page.evaluate((within) => {
    const textsOf = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)]
        .filter((element) => {
          const { top, bottom, height } = element.getBoundingClientRect();
          const isSeen = height > 0 && element.checkVisibility();
          return isSeen && (!within || (bottom > 0 && top < window.innerHeight));
        })
        .map((element) => element.innerText.replaceAll(/\s+/g, " ").trim());
    return {
      header: textsOf("nav.nav a"),
      words: textsOf("main :is(h2, h3, h4, legend, label, button, summary, th[scope=col], [role=tab])"),
    };
  }, inPicture);
  const ours = (words: string[]) => words.filter((word) => word.length > 2 && !/\d/.test(word) && isOnScreen(word));
  return { header: ours(seen.header), words: [...new Set(ours(seen.words))] };
}

test(
  "every picture of the pages is of a screen that is as the page says, and can be taken anew",
  { tag: "@night" },
  async ({ browser }) => {
    const taken = new Map<string, PictureWords>();
    const kept = readPictureWords();
    const stale: string[] = [];
    /**
     * Looks for the heading that the picture is to show, and for every word that the picture has; takes the picture
     * when that was asked for. Other journeys leave more on a screen than a picture shows, never less.
     */
    const take = async (page: Page, name: string, heading: RegExp) => {
      await page.setViewportSize(SIZE);
      await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
      if (!consoleUnderTest().helpPictures) {
        const old = kept[name];
        if (!old) return void stale.push(`${name}: never taken`);
        taken.set(name, old);
        const compare = async () => {
          const now = await wordsOf(page, false);
          return [
            ...(old.header.join() === now.header.join() ? [] : [`${name}: the header is ${now.header.join(", ")}`]),
            ...old.words.filter((word) => !now.words.includes(word)).map((word) => `${name}: no “${word}”`),
          ];
        };
        let problems = await compare();
        // Parts of a page come a moment after its heading.
        for (let left = 10; problems.length > 0 && left > 0; left -= 1) {
          await page.waitForTimeout(300);
          problems = await compare();
        }
        stale.push(...problems);
        return;
      }
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const bytes = await page.screenshot({ path: `docs/people/pictures/${name}.png`, animations: "disabled" });
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      taken.set(name, { width: SIZE.width, sha256, ...(await wordsOf(page, true)) });
    };
    const [dana, luis, tess, sam, mei] = [
      await signIn(browser, "dana"),
      await signIn(browser, "luis"),
      await signIn(browser, "tess"),
      await signIn(browser, "sam"),
      await signIn(browser, "mei"),
    ];
    await dana.goto("/incidents/new");
    await dana.getByRole("radio", { name: "Every call" }).check();
    await take(dana, "declare", /^What fails$/);
    await dana.setViewportSize({ width: 1280, height: 900 });
    await prepare(dana, ["Granby", "Hadley", "Amherst", "Ware"]);
    await take(dana, "composer", /^Before you send it$/);
    const draft = dana.url();
    await dana.goto("/");
    await take(dana, "home", /^What needs you now$/);
    await dana.goto(draft);
    await dana.setViewportSize({ width: 1280, height: 900 });
    await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    await dana.getByRole("button", { name: /^Give no number ?, Ware$/ }).click();
    await dana.getByLabel(/Why should the text for Ware give no number/).fill("Nobody answers at Ware today.");
    await dana.getByRole("button", { name: "Give no number", exact: true }).click();
    await send(dana);
    await luis.goto(dana.url());
    await take(luis, "review", /^If you approve$/);
    await tickAll(luis);
    await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await luis.getByRole("button", { name: "Publish to 4 places" }).click();
    await luis.waitForURL(/\/alerts\/[^/]+$/);
    await dana.goto(luis.url());
    await take(dana, "alert", /^What is out$/);
    await dana.locator(".crumbs a").first().click();
    await dana.waitForURL(/\/incidents\/0/);
    await take(dana, "incident", /^What happened\?$/);

    await tess.goto("/directory");
    await take(tess, "directory", /have no usable number of their own$/);
    await tess.goto("/directory/call-round");
    await take(tess, "call-round", /^Call round$/);
    await sam.goto("/admin");
    await take(sam, "people", /may approve$/);
    await sam.goto("/admin/channels");
    await take(sam, "channels", /channel/i);
    await sam.goto("/admin/status");
    await take(sam, "status", /^Everything is good$|need attention$/);
    await mei.goto("/log");
    await take(mei, "log", /^Log$/);

    expect(stale, `Take the pictures anew: ${RETAKE}`).toEqual([]);
    expect([...taken.keys()].toSorted()).toEqual([...shown].toSorted());
    if (consoleUnderTest().helpPictures)
      fs.writeFileSync(PICTURE_WORDS, `${JSON.stringify(Object.fromEntries(taken), null, 2)}\n`);
    expect(pageErrors).toEqual([]);
  },
);

test(
  "help opens beside the screen, reads at every width, and is for people who are signed in",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await dana.goto("/incidents/new");
    const [opened] = await Promise.all([
      dana.context().waitForEvent("page"),
      dana.getByRole("link", { name: /^Help with this page/ }).click(),
    ]);
    await expect(opened).toHaveURL(/\/help\/drafter#declare-an-outage$/);
    await expect(opened.getByRole("heading", { name: "Declare an outage" })).toBeInViewport();
    await opened.close();

    await dana.goto("/help");
    await expect(dana.getByRole("heading", { name: "Your work" })).toBeVisible();
    await expectAccessible(dana, { targets: true });
    for (const page of [...PEOPLE_PAGES, "monitoring"]) {
      await dana.setViewportSize({ width: 1280, height: 900 });
      await dana.goto(`/help/${page}`);
      await expect(dana.getByRole("navigation", { name: "On this page" }).getByRole("link").first()).toBeVisible();
      const broken = await dana.evaluate(async () => {
        const pictures = [...document.querySelectorAll<HTMLImageElement>(".help-picture")];
        await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));
        return pictures.filter(({ naturalWidth }) => naturalWidth === 0).map(({ src }) => src);
      });
      expect(broken).toEqual([]);
      await expectAccessible(dana, { quotesCode: true });
      await dana.setViewportSize({ width: 320, height: 900 });
      await expectAccessible(dana, { quotesCode: true });
    }
    const missing = await dana.goto("/help/nothing");
    expect(missing?.status()).toBe(404);

    const stranger = await browser.newContext({ baseURL: consoleUnderTest().url });
    expect((await stranger.request.get("/api/help/review.png")).status()).toBe(401);
    expect((await dana.request.get("/api/help/..%2Fdrafter.md")).status()).toBe(404);
    expect(pageErrors).toEqual([]);
  },
);
