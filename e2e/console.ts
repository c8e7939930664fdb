import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { test as base, type Browser, expect, type Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";

/** What every journey needs: the console under test, an official at a browser, and eyes on each page. */

/**
 * A journey that ends closes what it opened. Pages that stay open go on asking
 * the console and drawing, and every journey would be slower than the one before.
 */
export const test = base.extend<{ closed: void }>({
  closed: [
    async ({ browser }, use) => {
      await use();
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
});

export function consoleUnderTest() {
  return {
    url: process.env.CALLBOX_E2E_URL ?? "http://localhost:3000",
    /** Another console on the same database. */
    secondUrl: process.env.CALLBOX_E2E_SECOND_URL ?? "http://localhost:3002",
    /** A real site that nobody has put a place or a number into. */
    realUrl: process.env.CALLBOX_E2E_REAL_URL ?? "http://localhost:3001",
    /** Its database, as the owner of the tables: for what a journey cannot wait for. */
    realDatabase: process.env.CALLBOX_E2E_REAL_DATABASE ?? "",
    /** Folder for screenshots that someone wants to look at. */
    pictures: process.env.CALLBOX_E2E_PICTURES,
    /** Whether the pictures of the pages of help are to be taken anew. */
    helpPictures: process.env.CALLBOX_PICTURES === "yes",
    chromium: process.env.CALLBOX_E2E_CHROMIUM,
  };
}

/** Whether the long journeys are walked too. */
export const isNightly = process.env.CALLBOX_E2E_NIGHTLY === "yes";

/** Every request to another origin that any page of the run made. There must be none. */
export const foreignRequests: string[] = [];
/** Everything a page's console reported as an error. */
export const pageErrors: string[] = [];

export async function openPage(
  browser: Browser,
  options: { width?: number; height?: number; url?: string } = {},
): Promise<Page> {
  const url = options.url ?? consoleUnderTest().url;
  const context = await browser.newContext({
    baseURL: url,
    ...(options.width ? { viewport: { width: options.width, height: options.height ?? 800 } } : {}),
  });
  const page = await context.newPage();
  const own = new URL(url).origin;
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== own && protocol.startsWith("http")) foreignRequests.push(request.url());
  });
  page.on("pageerror", (error) => pageErrors.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    // A refused request is a status the page handles; the browser reports it all the same.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      pageErrors.push(`${page.url()}: ${message.text()}`);
    }
  });
  return page;
}

/** What an official of the real site keeps: the key of the authenticator app, and recovery codes. */
interface Kept {
  key: string;
  codes: string[];
}

const keptFile = () => path.join(os.tmpdir(), `callbox-journeys-${new URL(consoleUnderTest().realUrl).port}.json`);

export function readKept(): Map<string, Kept> {
  if (!fs.existsSync(keptFile())) return new Map();
  return new Map(JSON.parse(fs.readFileSync(keptFile(), "utf8")) as [string, Kept][]);
}

function keep(who: string, kept: Kept): void {
  fs.writeFileSync(keptFile(), JSON.stringify([...readKept().set(who, kept)]));
}

/** The code an authenticator app shows now. */
const codeNow = (key: string) => new TOTP({ secret: key }).generate();

/** Sets up an authenticator app on the page that asks for a second factor, and keeps what it shows. */
export async function setUpApp(page: Page, who: string): Promise<void> {
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  await page.locator("#app-key").waitFor();
  const key = ((await page.locator("#app-key").textContent()) ?? "").replaceAll(" ", "");
  await page.getByLabel("First code").fill(codeNow(key));
  await page.getByRole("button", { name: "Turn the app on" }).click();
  await page.locator(".code-list li").last().waitFor();
  const codes = await page.locator(".code-list li").allTextContents();
  keep(who, { key, codes });
  await page.getByRole("button", { name: "I have kept them" }).click();
}

async function givePassword(page: Page, who: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Work email").fill(`${who}@callbox.example`);
  await page.getByLabel("Password", { exact: true }).fill(DEMONSTRATION_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).first().click();
}

/** After the password, on a real site: the first time a second factor is set up; later a recovery code goes faster than waiting for the next code. */
async function takeSecondStep(page: Page, who: string): Promise<void> {
  const heading = page.getByRole("heading", { name: /^(Enter your one-time code|Set up a second factor to go on)$/ });
  if ((await heading.textContent())?.startsWith("Set up")) {
    await setUpApp(page, who);
    // Signed in anew, since whoever set one up just now is not asked again for five minutes.
    await page.getByText("10 of 10 left. Each works once.").waitFor();
    await page.context().clearCookies();
    await givePassword(page, who);
    await heading.waitFor();
  }
  const kept = readKept().get(who)!;
  await page.getByLabel("One-time code").fill(kept.codes[0]!);
  keep(who, { ...kept, codes: kept.codes.slice(1) });
  await page.getByRole("button", { name: "Continue" }).click();
}

export async function signIn(
  browser: Browser,
  who: string,
  options: { width?: number; url?: string } = {},
): Promise<Page> {
  const page = await openPage(browser, options);
  await givePassword(page, who);
  if (options.url === consoleUnderTest().realUrl) await takeSecondStep(page, who);
  await page.waitForURL("/");
  return page;
}

/** What no sentence of a page may look like: what programs write, one of many, none where it is not known. */
const UNSAID: readonly RegExp[] = [
  /\b(?:NaN|undefined|null|Infinity)\b|\[object /,
  /(?<![\d,.])1 (?:people|places|towns|counties|cities|numbers|messages|lines|drafts|alerts|entries|rows|agencies|dispatch centers|stations|times|minutes|days|hours|findings|problems|test calls|characters|pages|languages)\b/,
  /(?<![\d,.])0 (?:people|towns)\b/,
  /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/,
  /\bExercise: Exercise\b/,
  /\b(\w+) such as \1\b/,
  /\b(?:the the|a a|of of|is is)\b/,
  / {2,}[a-z]|\.\.(?!\.)| ,/,
  /\((?:s|es)\)/,
  /\bNo number \d/,
];

/** Nothing on a page is said the way a program would. */
export async function expectPlain(page: Page): Promise<void> {
  const text = await page.evaluate(() => {
    // What people typed, and files, are not ours to word.
    const shown = document.body.cloneNode(true) as HTMLElement;
    for (const foreign of shown.querySelectorAll("script, style, textarea, input, pre, code, [data-verbatim]"))
      foreign.remove();
    const titles = [...document.querySelectorAll("svg [aria-label], svg title")].map(
      (one) => one.getAttribute("aria-label") ?? one.textContent ?? "",
    );
    const drawings = [...document.querySelectorAll("svg")].map((svg) => svg.getAttribute("viewBox") ?? "");
    const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    const lines: string[] = [];
    // Texts of one block are one sentence, whatever elements it is made of.
    const blocks = new Map<Element, string>();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const block =
        node.parentElement?.closest(
          "p, li, h1, h2, h3, h4, td, th, dt, dd, label, figcaption, summary, div, section",
        ) ?? shown;
      blocks.set(block, (blocks.get(block) ?? "") + (node.textContent ?? ""));
    }
    for (const block of blocks.values()) lines.push(block.replace(/\s+/g, " ").trim());
    return [document.title, ...lines, ...titles, ...drawings].filter(Boolean);
  });
  const wrong = text.flatMap((line) =>
    UNSAID.filter((pattern) => pattern.test(line)).map((pattern) => `${line.slice(0, 200)} (${pattern})`),
  );
  expect(wrong, page.url()).toEqual([]);
}

/**
 * Nothing for axe to find, nothing that scrolls sideways, nothing that is not said plainly.
 * @param options.targets whether what is pressed has 24 pixels, which takes long to look at
 * @param options.quotesCode whether sentences have code in them, and so can't be read without it
 */
export async function expectAccessible(
  page: Page,
  options: { targets?: boolean; quotesCode?: boolean } = {},
): Promise<void> {
  if (!options.quotesCode) await expectPlain(page);
  // A refreshed page streams its title after its body; a page that never gets one fails here.
  await expect(page).toHaveTitle(/\S/);
  // At the end of a page nothing lies behind the bar that stays in view: what does is for a moment no target.
  if (options.targets === true) await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { "target-size": { enabled: options.targets === true } } })
    .analyze();
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
  expect(await wideStates(page), `${page.url()}: a state of many words does not wrap`).toEqual([]);
}

/** On a narrow page, states that would stand out of the window if they had many words. */
const wideStates = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    window.innerWidth > 320
      ? []
      : [...document.querySelectorAll<HTMLElement>(".state")].flatMap((state) => {
          if (state.offsetParent === null) return [];
          const said = state.textContent;
          const words = document.createTextNode(" which is said in so many words that no phone has room for them");
          state.append(words);
          const { right } = state.getBoundingClientRect();
          words.remove();
          return right > window.innerWidth ? [said] : [];
        }),
  );

/** Presses the button that declares. Where an incident is open for some of the places, this is another one. */
export async function declare(page: Page, button: RegExp | string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  const another = page.getByLabel("This is another outage: declare it apart");
  await expect(async () => {
    expect((await another.isVisible()) || /\/incidents\/0/.test(page.url())).toBe(true);
  }).toPass();
  if (!/\/incidents\/0/.test(page.url())) {
    await another.check();
    await page.getByRole("button", { name: button }).click();
  }
  await page.waitForURL(/\/incidents\/0/);
}

/** Declares an outage for a few towns by pasting them, and prepares the alert. Ends in the composer. */
export async function prepare(page: Page, towns: string[], options: { failure?: string } = {}): Promise<string> {
  await page.goto("/incidents/new");
  await page.getByRole("radio", { name: options.failure ?? "Every call" }).check();
  await page.getByText("Fails too").click();
  await page.getByLabel("How do you know").fill("Calls to twelve dispatch centers");
  await page.getByRole("button", { name: "Paste a list" }).click();
  await page.getByLabel("One place per line").fill(towns.join("\n"));
  await declare(page, /^Declare an outage in/);
  await page.getByRole("button", { name: /^Prepare/ }).click();
  await page.waitForURL(/\/edit$/);
  await page.locator('[data-ready="yes"]').waitFor({ state: "attached" });
  return page.url().match(/alerts\/([^/]+)\//)![1]!;
}

export async function send(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: /^Send .*for approval$/ });
  await expect(button).toBeEnabled();
  await button.click();
  await page.waitForURL(/\/review$/);
}

/** Ticks every confirmation of a review. */
export async function tickAll(page: Page): Promise<void> {
  for (const box of await page.locator(".check input").all()) await box.check();
}
