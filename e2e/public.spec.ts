import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page } from "@playwright/test";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { expectPlain, isNightly, prepare, send, signIn, test, tickAll } from "./console";

/** What residents read: the public site, from the press that approves to the page of a town. */

async function expectReadable(page: Page): Promise<void> {
  await expectPlain(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Ten segments of TCP, in bytes: what a server sends before it hears from the phone. */
const ONE_ROUND_TRIP = 14 * 1024;

/** On a phone with a connection of 2G, on which no script runs: what is asked for and how much comes, however long it takes. */
async function visitOn2G(browser: Browser, site: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  let [requests, bytes] = [0, 0];
  network.on("Network.requestWillBeSent", () => (requests += 1));
  network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await network.send("Network.enable");
  await network.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 800,
    downloadThroughput: 50_000 / 8,
    uploadThroughput: 20_000 / 8,
  });
  await page.goto(`${site}/ma/granby`);
  await expect(page.getByRole("link", { name: "413-555-0142", exact: true })).toBeVisible();
  await expect(page.getByText(/^Valid until /)).toBeVisible();
  await expect.poll(() => bytes).toBeGreaterThan(1000);
  // The one answer is the whole page.
  expect(requests).toBe(1);
  expect(bytes).toBeLessThan(ONE_ROUND_TRIP);
  await page.goto(site);
  [requests, bytes] = [0, 0];
  await page.getByLabel("City, town, county or ZIP Code").fill("ludlow");
  await page.getByRole("button", { name: "Find" }).click();
  await page.waitForURL(`${site}/ma/ludlow`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("911 is not working in Ludlow, Massachusetts");
  await expect.poll(() => bytes).toBeGreaterThan(1000);
  // What was typed, and the page it leads to.
  expect(requests).toBe(2);
  expect(bytes).toBeLessThan(ONE_ROUND_TRIP);
  await context.close();
}

test("from the approval to the page of a town in one press, and what a resident can do there", async ({ browser }) => {
  const [dana, luis] = [await signIn(browser, "dana"), await signIn(browser, "luis")];
  await prepare(dana, ["Granby", "Ludlow"]);
  await send(dana);
  await luis.goto(dana.url());
  await tickAll(luis);
  await expect(luis.getByText(/people were told/)).toBeVisible();
  await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
  await luis.getByRole("button", { name: "Publish to 2 places" }).click();
  await luis.waitForURL(/\/alerts\/[^/]+$/);
  await expect(luis.getByRole("region", { name: "Channels" }).getByText("read back")).toBeVisible({ timeout: 20_000 });
  const href = (await luis.getByRole("link", { name: /^Page ?, Granby$/ }).getAttribute("href"))!;
  const site = new URL(href).origin;

  // On a small phone, on which no script runs.
  const phone = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  const resident = await phone.newPage();
  await resident.goto(href);
  await resident.waitForURL(`${site}/ma/granby`);
  await expect(resident.getByRole("heading", { level: 1 })).toHaveText("911 is not working in Granby, Massachusetts");
  await expect(resident.getByRole("link", { name: "413-555-0142", exact: true })).toHaveAttribute(
    "href",
    "tel:+14135550142",
  );
  await expect(resident.getByText(/^Valid until /)).toBeVisible();
  await expect(resident.getByText("The alert for Granby has ended")).toBeHidden();
  expect(await phone.cookies()).toEqual([]);
  await resident.getByRole("link", { name: "Español" }).click();
  await expect(resident.getByRole("heading", { level: 1 })).toHaveText("El 911 no funciona en Granby, Massachusetts");
  await resident.goto(site);
  await resident.getByLabel("City, town, county or ZIP Code").fill("ludlow");
  await resident.getByRole("button", { name: "Find" }).click();
  await resident.waitForURL(`${site}/ma/ludlow`);
  await phone.close();
  if (isNightly) await visitOn2G(browser, site);

  // With script the search filters as it is typed; by keyboard; without a connection once it was read.
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  const more = isNightly ? ["/es/", "/es/ma/granby", "/es/alerts/"] : [];
  for (const path of ["/", "/ma/granby", "/ma/boston", "/alerts/", "/feeds/", "/find/?q=zzz", ...more]) {
    await page.goto(site + path);
    await expectReadable(page);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(site);
  await expectReadable(page);
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("gran");
  await expect(page.getByRole("link", { name: "Granby", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Boston", exact: true })).toBeHidden();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/(?:ma\/granby\/|find\/\?q=gran)$/);
  await page.goto(`${site}/ma/granby`);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("911 is not working in Granby, Massachusetts");
  await context.setOffline(false);

  // A page that stays open past the end of its alert says so by itself.
  await page.clock.install();
  await page.goto(`${site}/ma/granby`);
  await page.clock.fastForward("03:00:00");
  await expect(page.getByRole("heading", { name: "The alert for Granby has ended" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^911 is not working/ })).toBeHidden();
  expect([...new Set(asked)]).toEqual([site]);
  await context.close();
});

test(
  "a channel: set up, tested, turned live, what it took and what it refused",
  { tag: "@night" },
  async ({ browser }) => {
    const sam = await signIn(browser, "sam");
    await sam.goto("/admin/channels");
    await expect(sam.getByRole("link", { name: "Public site", exact: true })).toBeVisible();
    await sam.getByLabel("Kind").selectOption("webhook");
    await sam.getByLabel("Name", { exact: true }).fill("Newsroom");
    await sam.getByLabel("Web address").fill("not an address");
    await sam.getByRole("button", { name: "Add the channel" }).click();
    await expect(sam.getByText("Use a complete web address, such as https://example.gov/alerts.")).toBeVisible();
    await expect(sam.getByLabel("Name", { exact: true })).toHaveValue("Newsroom");
    await sam.getByLabel("Web address").fill("http://127.0.0.1:9/hook");
    await sam.getByLabel("Shared secret").fill("a secret of theirs and ours");
    await sam.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await sam.getByRole("button", { name: "Add the channel" }).click();
    await sam.waitForURL(/\/admin\/channels\/[0-9a-f-]+$/);
    await expect(sam.getByText("Now: Off")).toBeVisible();
    await expect(sam.getByLabel("Shared secret")).toHaveValue("");
    await sam.getByRole("button", { name: "Test it" }).click();
    await expect(sam.getByText(/127\.0\.0\.1 is not on the public internet/)).toBeVisible();
    await sam.getByRole("button", { name: "For exercises only" }).click();
    await expect(sam.getByText("Now: Exercises only")).toBeVisible();
    await sam.getByRole("button", { name: "Ask to turn it live…" }).click();
    await sam.getByRole("button", { name: "Ask to turn it live", exact: true }).click();
    await expect(sam.getByText("Nora Quinn can confirm it.")).toBeVisible();
    await sam.getByRole("button", { name: "Take the request back" }).click();
    await expect(sam.getByText("Nora Quinn can confirm it.")).toHaveCount(0);
    await sam.getByRole("button", { name: "Ask to turn it live…" }).click();
    await sam.getByRole("button", { name: "Ask to turn it live", exact: true }).click();
    await expect(sam.getByText("Nora Quinn can confirm it.")).toBeVisible();
    const nora = await signIn(browser, "nora");
    await nora.goto(sam.url());
    await expect(nora.getByText("Sam Okafor asked for it to go live")).toBeVisible();
    await expectPlain(nora);
    await expect(nora.getByRole("button", { name: "Confirm and turn it live" })).toBeDisabled();
    await nora.getByLabel("Your password").fill("not my password");
    await nora.getByRole("button", { name: "Confirm and turn it live" }).click();
    await expect(nora.getByRole("alert").first()).toContainText("password");
    await nora.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await nora.getByRole("button", { name: "Confirm and turn it live" }).click();
    await expect(nora.getByText("Now: Live")).toBeVisible();
    await expect(nora.getByText("Sam Okafor asked for it to go live. Nora Quinn confirmed")).toBeVisible();
    // Another address waits for another confirmation.
    await nora.getByLabel("Web address").fill("http://127.0.0.1:9/another");
    await nora.getByRole("button", { name: "Save", exact: true }).click();
    await expect(nora.getByText("Now: Off")).toBeVisible();
    await expect(nora.getByText("Sam Okafor can confirm it.")).toBeVisible();
    await sam.reload();
    await expect(sam.getByRole("button", { name: "Confirm and turn it live" })).toBeVisible();
    await sam.getByRole("button", { name: "Remove it" }).click();
    await sam.getByRole("button", { name: "Remove it" }).last().click();
    await sam.waitForURL("/admin/channels");
    await expect(sam.getByText("Newsroom")).toHaveCount(0);
  },
);

test(
  "a language of the public site: off and on, and reviewed by someone fluent",
  { tag: "@night" },
  async ({ browser }) => {
    const sam = await signIn(browser, "sam");
    await sam.goto("/admin/languages");
    await expectReadable(sam);
    await sam.getByRole("button", { name: "Turn Vietnamese off" }).click();
    await expect(sam.getByRole("heading", { level: 1 })).toContainText("3 of 4 further languages are on");
    await sam.getByRole("button", { name: "Turn Vietnamese on" }).click();
    await expect(sam.getByRole("heading", { level: 1 })).toContainText("4 of 4 further languages are on");
    await sam.getByRole("link", { name: "Haitian Creole" }).click();
    await expectReadable(sam);
    await sam.getByRole("button", { name: "Record the review of Haitian Creole" }).click();
    await expect(sam.getByText("Give the day of the review.").first()).toBeVisible();
    await sam.getByLabel("Who reviewed it").fill("Marie Joseph");
    await sam.getByLabel("Day of the review").fill("2024-06-01");
    await sam.getByLabel("What was reviewed").fill("Every sentence on this page");
    await sam.getByRole("button", { name: "Record the review of Haitian Creole" }).click();
    await expect(sam.getByRole("heading", { level: 1 })).toContainText(/\d+ sentences, reviewed/);
    // A sentence that says it otherwise has not been read by anybody.
    await sam.getByLabel("What it says from now on").fill("911 pa mache ditou");
    await sam.getByRole("button", { name: "Save this sentence" }).click();
    await expect(sam.getByRole("heading", { level: 1 })).toContainText("not yet reviewed by a fluent speaker");
  },
);
