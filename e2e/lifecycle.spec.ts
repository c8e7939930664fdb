import { expect, type Page } from "@playwright/test";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import municipalities from "../prisma/seed/municipalities.json" with { type: "json" };
import { declare, expectAccessible, pageErrors, prepare, send, signIn, test, tickAll } from "./console";

/** Real outages from the first call to the last, by two officials side by side. */

/** Has the alert that is on screen approved by the other official. */
async function approve(author: Page, approver: Page, button: RegExp): Promise<void> {
  await send(author);
  await approver.goto(author.url());
  await tickAll(approver);
  await approver.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
  await approver.getByRole("button", { name: button }).click();
  await approver.waitForURL(/\/alerts\/[^/]+$/);
}

async function toComposer(page: Page, button: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await page.waitForURL(/\/edit$/);
  await page.locator('[data-ready="yes"]').waitFor({ state: "attached" });
}

/** Marks places of the incident on screen as restored, by arranged test calls. */
async function markRestored(page: Page, names: readonly string[] | "all"): Promise<void> {
  if (names === "all") {
    await page.getByRole("button", { name: /^Out / }).click();
    await page.getByRole("button", { name: /^Choose all/ }).click();
  } else {
    for (const name of names) {
      await page.getByLabel("Find a place, also one to add").fill(name);
      await page
        .getByRole("checkbox", { name: new RegExp(`^${name} `) })
        .first()
        .check();
    }
  }
  await page.getByRole("radio", { name: "Restored" }).check();
  await page.getByRole("radio", { name: "Test calls arranged with the dispatch center" }).check();
  await page.getByLabel("Call from a landline at").fill("15:02");
  await page.getByLabel("Call from a cell phone at").fill("15:03");
  await page
    .getByLabel("Who said so, or who made the calls and who answered")
    .fill("Dana Whitcomb called, the shift supervisor answered");
  await page.getByRole("button", { name: /^Mark .* as restored$/ }).click();
  await expect(page.getByRole("form", { name: "Move the chosen places" })).toHaveCount(0);
}

const TOWNS = ["Amherst", "Belchertown", "Chesterfield", "Cummington", "Easthampton", "Goshen", "Granby", "Hadley"];

test(
  "June 18, 2024: alert, update, a wrong number, a part restored, all-clear, closed, and the report",
  { tag: "@night" },
  async ({ browser }) => {
    const [dana, luis] = [await signIn(browser, "dana"), await signIn(browser, "luis")];
    await prepare(dana, TOWNS);
    await approve(dana, luis, /^Publish to 8 places$/);
    const incident = await luis
      .getByRole("link", { name: /^911 outage, 8/ })
      .first()
      .getAttribute("href");

    // Clocks name their outage, and say what is due.
    await dana.goto(incident!);
    await expectAccessible(dana);
    await expect(dana.getByRole("heading", { name: "The all-clear, ready" })).toBeVisible();
    await expect(dana.locator("aside").getByText("Promised update")).toBeVisible();
    await dana.goto("/");
    await expect(dana.getByRole("region", { name: /^Clocks of 911 outage, 8/ }).first()).toBeVisible();

    // A town's official sees the state's outage, and the alert that gives out the town's number.
    const gil = await signIn(browser, "gil");
    await gil.goto(incident!);
    await expect(gil.getByRole("heading", { level: 1 })).toContainText("911 outage, 8");
    await expect(gil.getByRole("button", { name: /^Write the update/ })).toHaveCount(0);
    await expectAccessible(gil);

    // Update, submitted within seconds.
    await dana.goto(incident!);
    let began = Date.now();
    await toComposer(dana, "Write the update");
    await expect(dana.getByText(/^Update for 8 places: refers to 9 messages in force/)).toBeVisible();
    await approve(dana, luis, /^Publish the update to 8 places$/);
    test
      .info()
      .annotations.push({ type: "measured", description: `update approved ${Date.now() - began} ms after the press` });

    // Back does not bring the sent draft again as one to write.
    await dana.goBack();
    await dana.waitForURL(/\/alerts\/[^/]+$/);

    // A number is wrong: two actions to a draft for exactly the places that carried it.
    await dana.goto(incident!);
    began = Date.now();
    await dana.getByLabel("Which number, or for which place?").fill("Hadley");
    // What the press does to everyone is said before it.
    const correct = dana.getByRole("button", { name: /^Correct 413-555-/ });
    await expect(correct).toHaveAccessibleDescription(/out of use for everyone at once, before anyone approves/);
    await correct.click();
    await dana.waitForURL(/\/edit$/);
    await expect(dana.getByText(/^Correction for 1 place: refers to 2 messages in force/)).toBeVisible();
    await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    // It was its only number, so there is nothing to decide: the text tells people where to go.
    await expect(dana.getByText(/^Must fix/)).toHaveCount(0);
    await expectAccessible(dana);
    await approve(dana, luis, /^Publish the correction to 1 place$/);
    const corrected = luis.url();
    test
      .info()
      .annotations.push({ type: "measured", description: `correction out ${Date.now() - began} ms after the report` });

    // Some towns are restored first, with evidence; then the others.
    await dana.goto(incident!);
    await markRestored(dana, ["Amherst", "Goshen"]);
    await expect(dana.getByText("2 places marked as restored have no all-clear yet.")).toBeVisible();
    began = Date.now();
    await toComposer(dana, "Write the all-clear");
    await expect(dana.getByText(/2 places released: all-clear/)).toBeVisible();
    await approve(dana, luis, /^Publish the all-clear to 2 places$/);
    test
      .info()
      .annotations.push({ type: "measured", description: `all-clear out ${Date.now() - began} ms after the press` });
    await dana.goto(incident!);
    await markRestored(dana, "all");
    await toComposer(dana, "Write the all-clear");
    await approve(dana, luis, /^Publish the all-clear to 6 places$/);

    await dana.goto(incident!);
    await dana.getByRole("button", { name: "Close incident" }).click();
    await dana.getByRole("button", { name: "Close it" }).click();
    await expect(dana.getByText("Closed", { exact: true }).first()).toBeVisible();

    // The report says what the log says.
    await dana.getByRole("link", { name: "After-action report" }).click();
    await expect(dana.getByRole("heading", { level: 1 })).toContainText("After-action");
    await expectAccessible(dana);
    const report = new URL(dana.url()).pathname.replace("/incidents", "/api/incidents");
    const pdf = await dana.request.get(`${report}/pdf`);
    const bytes = (await pdf.body()).toString("latin1");
    expect(bytes.startsWith("%PDF-1.7")).toBe(true);
    expect(bytes).toMatch(/\/StructTreeRoot/);
    expect(bytes).toContain("(After-action report: 911 outage, 8 cities and towns");
    const figures = (await (await dana.request.get(`${report}/json`)).json()) as {
      incident: { id: string };
      timeline: { entry: number | null; lane: string }[];
      published: { purpose: string; messages: number }[];
      publications: unknown[];
    };
    expect(figures.published.map(({ purpose }) => purpose)).toEqual([
      "outage",
      "update",
      "correction",
      "restoration",
      "restoration",
    ]);
    expect(figures.publications).toHaveLength(figures.published.reduce((sum, { messages }) => sum + messages, 0));
    const mei = await signIn(browser, "mei");
    const log = await (
      await mei.request.get(`/api/log.csv?incident=${figures.incident.id}&action=alert.published`)
    ).text();
    const entries = log.split("\r\n").flatMap((line) => /^(\d+),/.exec(line)?.[1] ?? []);
    const named = new Set(figures.timeline.map(({ entry }) => String(entry)));
    expect(entries.filter((entry) => !named.has(entry))).toEqual([]);
    expect(entries).toHaveLength(5);

    // What was published is proven, and the evidence can be taken along.
    await mei.goto(corrected);
    await mei.getByRole("link", { name: "Prove what was published" }).click();
    await expect(mei.getByRole("heading", { name: "What was published is what was approved" })).toBeVisible();
    await expectAccessible(mei);
    expect(
      (await mei.request.get(`${new URL(corrected).pathname.replace("/alerts", "/api/alerts")}/evidence.zip`)).status(),
    ).toBe(200);
    await dana.setViewportSize({ width: 320, height: 800 });
    await expectAccessible(dana);
    expect(pageErrors).toEqual([]);
  },
);

/** Towns whose numbers are good in the demonstration and whose name is no county's, in the order of the alphabet. */
const MANY = municipalities
  .map(([name]) => String(name))
  .filter((name) => !["Barnstable", "Huntington", "Sandisfield", "Southampton"].includes(name))
  .slice(0, 45);

test(
  "June 18, 2024, whole: 45 towns, then the state, one number wrong, 12 towns restored first, all-clear, closed",
  { tag: "@night" },
  async ({ browser }) => {
    test.setTimeout(600_000);
    const [dana, luis] = [await signIn(browser, "dana"), await signIn(browser, "luis")];
    await prepare(dana, MANY);
    await approve(dana, luis, /^Publish to 45 places$/);
    const incident = (await luis
      .getByRole("link", { name: /^911 outage, 45/ })
      .first()
      .getAttribute("href"))!;

    // It is the whole state: those that join are chosen at once, and the draft says what each group gets.
    await dana.goto(incident);
    await dana.getByText("Choose many: the whole area, counties, a list").click();
    await dana.getByRole("button", { name: "Choose the 306 places that are not part of it" }).click();
    await dana.getByRole("radio", { name: "Out", exact: true }).check();
    await dana.getByLabel("How do you know").fill("The provider: every dispatch center of the state");
    await dana.getByRole("button", { name: "Mark 306 places as out" }).click();
    await expect(dana.getByRole("button", { name: "All 351", exact: true })).toBeVisible();
    await toComposer(dana, "Write the update");
    await expect(dana.getByText("45 places kept: Update · 306 places joined: Alert.")).toBeVisible();
    // Three towns never had a number that answers, and other journeys may have put one more out of use.
    const finish = dana.getByRole("button", { name: /^Send the 34\d finished places$/ });
    const finished = Number(/\d+/.exec(await finish.innerText())?.[0]);
    expect(351 - finished).toBeLessThan(8);
    await finish.click();
    await dana.waitForURL(/\/review$/);
    await luis.goto(dana.url());
    await tickAll(luis);
    await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await luis.getByRole("button", { name: `Publish the update to ${finished} places` }).click();
    await luis.waitForURL(/\/alerts\/[^/]+$/);

    await dana.goto(incident);
    await dana.getByLabel("Which number, or for which place?").fill("Wilbraham");
    await dana.getByRole("button", { name: /^Correct 413-555-/ }).click();
    await dana.waitForURL(/\/edit$/);
    await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    // It has no other number, and the correction itself says so: nothing is asked.
    await approve(dana, luis, /^Publish the correction to 1 place$/);

    // Twelve towns by the provider's list; then the others.
    await dana.goto(incident);
    await dana.getByText("Choose many: the whole area, counties, a list").click();
    await dana.getByRole("button", { name: "Paste a list" }).click();
    await dana.getByLabel("One place per line").fill(MANY.slice(0, 12).join("\n"));
    await dana.getByRole("radio", { name: "Restored" }).check();
    await dana.getByRole("radio", { name: "The provider says so" }).check();
    await dana.getByLabel("Who said so, or who made the calls and who answered").fill("The provider’s engineer");
    await dana.getByRole("button", { name: "Mark 12 places as restored" }).click();
    await expect(dana.getByText("12 places marked as restored have no all-clear yet.")).toBeVisible();
    await toComposer(dana, "Write the all-clear");
    await approve(dana, luis, /^Publish the all-clear to 12 places$/);
    await dana.goto(incident);
    await markRestored(dana, "all");
    await toComposer(dana, "Write the all-clear");
    await approve(dana, luis, new RegExp(`^Publish the all-clear to ${finished - 12} places$`));

    // The draft for the three that were not finished is dealt with, and it can be closed.
    await dana.goto(incident);
    await dana.getByRole("row").filter({ hasText: "Draft" }).getByRole("link").first().click();
    await dana.waitForURL(/\/edit$/);
    await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    await dana.getByRole("button", { name: "Discard draft" }).click();
    await dana.getByRole("button", { name: "Discard", exact: true }).click();
    await dana.waitForURL((url) => !url.pathname.endsWith("/edit"));
    await dana.goto(incident);
    await dana.getByRole("button", { name: "Close incident" }).click();
    await dana.getByRole("button", { name: "Close it" }).click();
    await expect(dana.getByText("Closed", { exact: true }).first()).toBeVisible();
    await dana.getByRole("link", { name: "After-action report" }).click();
    await expect(dana.getByRole("heading", { level: 1 })).toContainText("After-action");
    const report = new URL(dana.url()).pathname.replace("/incidents", "/api/incidents");
    const figures = (await (await dana.request.get(`${report}/json`)).json()) as {
      published: { purpose: string; messages: number }[];
      publications: unknown[];
    };
    expect(figures.published.map(({ purpose }) => purpose)).toEqual([
      "outage",
      "update",
      "correction",
      "restoration",
      "restoration",
    ]);
    expect(figures.publications).toHaveLength(figures.published.reduce((sum, { messages }) => sum + messages, 0));
    const pdf = (await (await dana.request.get(`${report}/pdf`)).body()).toString("latin1");
    expect(pdf).toContain("(After-action report: 911 outage");
    expect(pageErrors).toEqual([]);
  },
);

test(
  "North Texas, 2018: on and off in many places, one restored before the others; what fails changes",
  { tag: "@night" },
  async ({ browser }) => {
    const [dana, luis] = [await signIn(browser, "dana"), await signIn(browser, "luis")];
    const towns = ["Deerfield", "Greenfield", "Montague", "Northfield", "Orange", "Shelburne", "Sunderland", "Whately"];
    await prepare(dana, towns, { failure: "On and off" });
    await approve(dana, luis, /^Publish to 8 places$/);
    const incident = (await luis
      .getByRole("link", { name: /^911 outage, 8/ })
      .first()
      .getAttribute("href"))!;
    await dana.goto(incident);
    await markRestored(dana, ["Orange"]);
    await toComposer(dana, "Write the update");
    await expect(dana.getByText(/7 places kept: Update · 1 place released: all-clear/)).toBeVisible();

    // What fails is found to be another thing: the draft says that it no longer fits, and is brought up to date.
    await dana.goto(incident);
    await dana.getByRole("button", { name: "Change the facts" }).click();
    await dana.getByRole("radio", { name: "Some calls" }).check();
    await dana.getByRole("button", { name: "Save the facts" }).click();
    await expect(dana.getByText("what fails is now some calls.", { exact: false }).first()).toBeVisible();
    await dana.getByRole("link", { name: /^Open: Update/ }).click();
    await dana.waitForURL(/\/edit$/);
    await dana.getByRole("button", { name: "Bring the draft up to date" }).click();
    await dana.waitForLoadState();
    await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    await expect(dana.getByRole("button", { name: "Bring the draft up to date" })).toHaveCount(0);
    await approve(dana, luis, /^Publish the update to 8 places$/);
    expect(pageErrors).toEqual([]);
  },
);

test(
  "one carrier: nobody waits for a town that is not finished, and its number is called from where it is needed",
  { tag: "@night" },
  async ({ browser }) => {
    const [dana, luis] = [await signIn(browser, "dana"), await signIn(browser, "luis")];
    await dana.goto("/incidents/new");
    await dana.getByRole("radio", { name: "One carrier" }).check();
    await dana.getByLabel("Which carrier").fill("T-Mobile");
    await dana.getByLabel("How do you know").fill("The carrier reported it");
    await dana.getByRole("button", { name: "Paste a list" }).click();
    await dana.getByLabel("One place per line").fill("Huntington\nSandisfield\nSouthampton");
    await declare(dana, /^Declare an outage in/);
    await toComposer(dana, "Prepare the alert for 3 places");
    await dana.getByRole("button", { name: /^Call it ?, Huntington$/ }).click();
    await dana
      .getByRole("radio", { name: /^Right desk, at all hours/ })
      .first()
      .check();
    await dana.getByLabel("Who answered").fill("dispatcher on duty");
    await dana.getByRole("button", { name: /^Save: good until/ }).click();
    await expect(dana.getByText("Must fix: 1 place without a usable number")).toBeVisible();
    await dana.getByRole("button", { name: "Send the 2 finished places" }).click();
    await dana.waitForURL(/\/review$/);
    await luis.goto(dana.url());
    await luis.getByRole("radio", { name: /^Return to/ }).check();
    await tickAll(luis);
    await luis.getByLabel("Reason", { exact: true }).fill("Say that Wi-Fi calls work");
    await luis.getByRole("button", { name: "Return it with this reason" }).click();
    await luis.waitForURL("/alerts");

    // The second reading: what changed is shown, what was confirmed of the rest stands.
    await dana.goto(dana.url().replace("/review", "/edit"));
    await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    await dana.getByLabel("Valid for").selectOption("180");
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await send(dana);
    await luis.goto(dana.url());
    await expect(luis.getByRole("heading", { name: "Changed since it was returned" })).toBeVisible();
    await expect(luis.getByText(/^2 h(?:ours)?$/).first()).toBeVisible();
    await expect(luis.getByText(/of your confirmations still stand/)).toBeVisible();
    await expectAccessible(luis);

    // Taken back, and sent again.
    await dana.getByRole("button", { name: "Take it back from the approver" }).click();
    await dana.getByLabel("Why do you take it back?").fill("One more look");
    await dana.getByRole("button", { name: "Take it back" }).click();
    await dana.waitForURL(/\/edit$/);
    expect(pageErrors).toEqual([]);
  },
);

test(
  "neighbors get a border notice, though stations of their county keep what they have",
  { tag: "@night" },
  async ({ browser }) => {
    const [dana, luis] = [await signIn(browser, "dana"), await signIn(browser, "luis")];
    await prepare(dana, ["Pelham"]);
    await approve(dana, luis, /^Publish to 1 place$/);
    await dana.goto(luis.url());
    await toComposer(dana, "Draft the border notice");
    await expect(dana.getByRole("heading", { name: "Phones", exact: true })).toBeVisible();
    await dana.getByRole("option", { name: /^Amherst/ }).click();
    await expect(dana.locator(".slot-text").first()).toContainText("not in Amherst");
    await dana.getByRole("tab", { name: "EAS" }).click();
    await expect(dana.getByText("Stations of Hampshire County keep the message they have")).toBeVisible();
    for (const name of ["Phone", "CAP", "Cell", "Web", "Post", "Notice", "Map"]) {
      await dana.getByRole("tab", { name, exact: true }).click();
      await expect(dana.getByRole("tabpanel")).toBeVisible();
    }
    await expectAccessible(dana);
    await approve(dana, luis, /^Publish the border notice to 2 places$/);
    expect(pageErrors).toEqual([]);
  },
);
