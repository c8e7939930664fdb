import AxeBuilder from "@axe-core/playwright";
import { test as base, type Browser, expect, type Page } from "@playwright/test";
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
    chromium: process.env.CALLBOX_E2E_CHROMIUM,
  };
}

/** Every request to another origin that any page of the run made. There must be none. */
export const foreignRequests: string[] = [];
/** Everything a page's console reported as an error. */
export const pageErrors: string[] = [];

export async function openPage(browser: Browser, options: { width?: number } = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: consoleUnderTest().url,
    ...(options.width ? { viewport: { width: options.width, height: 800 } } : {}),
  });
  const page = await context.newPage();
  const own = new URL(consoleUnderTest().url).origin;
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

export async function signIn(browser: Browser, who: string, options: { width?: number } = {}): Promise<Page> {
  const page = await openPage(browser, options);
  await page.goto("/sign-in");
  await page.getByLabel("Work email").fill(`${who}@callbox.example`);
  await page.getByLabel("Password", { exact: true }).fill(DEMONSTRATION_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).first().click();
  await page.waitForURL("/");
  return page;
}

/** Nothing for axe to find, and nothing that scrolls sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  // A refreshed page streams its title after its body; a page that never gets one fails here.
  await expect(page).toHaveTitle(/\S/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Declares an outage for a few towns by pasting them, and prepares the alert. Ends in the composer. */
export async function prepare(page: Page, towns: string[], options: { failure?: string } = {}): Promise<string> {
  await page.goto("/incidents/new");
  await page.getByRole("radio", { name: options.failure ?? "Every call" }).check();
  await page.getByText("Fails too").click();
  await page.getByLabel("How do you know").fill("Calls to twelve dispatch centers");
  await page.getByRole("button", { name: "Paste a list" }).click();
  await page.getByLabel("One place per line").fill(towns.join("\n"));
  await page.getByRole("button", { name: /^Declare an outage in/ }).click();
  await page.waitForURL(/\/incidents\/0/);
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
