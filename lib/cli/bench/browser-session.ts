import type { Page } from "@playwright/test";
import { findBrowser } from "../check/browser";

/** A drafter at a browser, for what is measured in one. */
export async function openDesk(url: string): Promise<{ page: Page; close: () => Promise<void> }> {
  const { chromium } = await import("@playwright/test");
  const { DEMONSTRATION_PASSWORD } = await import("../../../prisma/seed/demonstration");
  const executablePath = await findBrowser();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
    await page.goto("/sign-in");
    await page.fill("#email", "dana@callbox.example");
    await page.fill("#password", DEMONSTRATION_PASSWORD);
    await page.click("button[type=submit]");
    await page.waitForURL("/");
    return { page, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Declares the outage of the whole state. Ends on the page of the incident. */
export async function declareStatewide(page: Page): Promise<void> {
  await page.goto("/incidents/new");
  await page.getByRole("button", { name: "Fill in the outage of June 18, 2024" }).click();
  const declare = page.getByRole("button", { name: "Declare an outage in 351 places" });
  await declare.click();
  // Where the whole state is out already, this is another outage.
  const another = page.getByLabel("This is another outage: declare it apart");
  await Promise.race([page.waitForURL(/\/incidents\/0/), another.waitFor()]);
  if (!/\/incidents\/0/.test(page.url())) {
    await another.check();
    await declare.click();
    await page.waitForURL(/\/incidents\/0/);
  }
}

/** The composer of a statewide draft, checked once. */
export async function openComposer(url: string): Promise<{ page: Page; close: () => Promise<void> }> {
  const desk = await openDesk(url);
  try {
    await declareStatewide(desk.page);
    await desk.page.getByRole("button", { name: /^Prepare/ }).click();
    await desk.page.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    return desk;
  } catch (error) {
    await desk.close();
    throw error;
  }
}
