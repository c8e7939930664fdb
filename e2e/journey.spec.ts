import fs from "node:fs";
import { expect } from "@playwright/test";
import { unzipSync } from "fflate";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { declare, expectAccessible, pageErrors, prepare, send, signIn, test, tickAll } from "./console";

test("from an outage to a published alert, its cancellation and the record, by two officials side by side", async ({
  browser,
}) => {
  const luis = await signIn(browser, "luis");
  await expectAccessible(luis);
  const dana = await signIn(browser, "dana");
  await expectAccessible(dana);

  // 1. Declare, with the pasted list read line by line.
  await dana.goto("/incidents/new");
  await expectAccessible(dana);
  await dana.getByRole("radio", { name: "Every call" }).check();
  await dana.getByText("Fails too").click();
  await dana.getByLabel("How do you know").fill("Calls to twelve dispatch centers, 13:16 to 13:20");
  await dana.getByRole("button", { name: "Paste a list" }).click();
  await dana
    .getByLabel("One place per line")
    .fill("Granby\nAmherst\nBrocton\nPlymouth\nWare\nGosnold\nBoston\nProvidence");
  await expect(dana.getByText("Brockton?")).toBeVisible();
  await expect(dana.getByText("Town or county?")).toBeVisible();
  await expect(dana.getByRole("heading", { name: "5 places, 3 lines need an answer" })).toBeVisible();
  const summary = dana.getByRole("heading", { name: /^8 lines read: 5 clear, / });
  const [pasted, read] = [await dana.getByLabel("One place per line").boundingBox(), await summary.boundingBox()];
  expect(read!.x, "how lines are read stands beside them").toBeGreaterThan(pasted!.x + pasted!.width);
  // The map says it as well: what waits for an answer is striped and named, as is what has no number.
  await expect(dana.getByRole("checkbox", { name: "Brockton, waits for your answer" })).toBeVisible();
  for (const name of ["Brockton", "Gosnold"]) {
    await expect(dana.locator(".map-names:not(.on-phone)").getByText(name)).toBeVisible();
  }
  await dana.getByRole("button", { name: "Accept, Brocton" }).click();
  // What was accepted can be taken back where it stands.
  await dana.getByRole("button", { name: "Undo, Brocton" }).click();
  await expect(summary).toBeVisible();
  await dana.getByRole("button", { name: "Accept, Brocton" }).click();
  await dana.getByRole("button", { name: "Town, Plymouth" }).click();
  await dana.getByRole("button", { name: "Drop, Providence" }).click();
  await expectAccessible(dana);
  await declare(dana, "Declare an outage in 7 places");
  await expect(dana.locator('[data-mode="live"]').first()).toContainText("LIVE");
  await expectAccessible(dana);

  // 2. and 3. Prepare: places with no usable number are named; previews follow the typing.
  await dana.getByRole("button", { name: "Prepare the alert for 7 places" }).click();
  await dana.waitForURL(/\/edit$/);
  await expect(dana.getByText("Must fix: 1 place without a usable number")).toBeVisible();
  await expect(dana.getByRole("button", { name: "Send for approval" })).toBeDisabled();
  await expectAccessible(dana);
  await dana.getByRole("button", { name: /^Give no number ?, Ware$/ }).click();
  await dana.getByRole("button", { name: "Give no number", exact: true }).click();
  await expect(dana.getByText("Give a reason of at least 10 characters")).toBeVisible();
  await dana.getByLabel(/Why should the text for Ware give no number/).fill("Nobody answers at Ware today.");
  await dana.getByRole("button", { name: "Give no number", exact: true }).click();
  const phone = dana.getByLabel("Phone, English");
  // The largest place is shown first; another is a click away.
  await expect(phone).toContainText("Boston");
  await dana.getByRole("option", { name: /^Granby/ }).click();
  await dana.getByRole("button", { name: "90 characters", exact: true }).click();
  await expect(phone).toContainText("413-555-0142");
  const short = dana.getByLabel("Phone, short, English", { exact: true });
  await short.fill("{senderShort}: 911 is down in {placeShort}. Emergency? Call {number}. Do not test.");
  await expect(phone).toContainText("Do not test.");
  await short.press("ControlOrMeta+End");
  await dana.keyboard.type(" This makes the text far too long for old phones.");
  await expect(dana.getByText("too many").first()).toBeVisible();
  await expect(dana.getByRole("button", { name: "Send for approval" })).toBeDisabled();
  await short.fill("{senderShort}: 911 is down in {placeShort}. Emergency? Call {number}. Do not test.");
  await dana.getByRole("tab", { name: "EAS" }).click();
  await expect(dana.getByRole("tabpanel")).toContainText("ZCZC-CIV-TOE-025015");
  await dana.getByRole("tab", { name: "CAP" }).click();
  await expect(dana.getByRole("tabpanel")).toContainText("IPAWSv1.0");
  await dana.getByRole("button", { name: "XML" }).click();
  await expect(dana.getByLabel("CAP XML")).toContainText("<valueName>WEAHandling</valueName>");
  await expectAccessible(dana);
  await dana.getByRole("tab", { name: "Map" }).click();
  await expect(dana.getByRole("tabpanel")).toContainText("approximate");

  // 4. The approver's page shows it without reloading.
  const title = `911 is not working, told ${Date.now()}`;
  await dana.getByLabel("Title of the alert").fill(title);
  await luis.goto("/");
  await expect(luis.getByRole("heading", { name: `Review: ${title}` })).toHaveCount(0);
  await send(dana);
  await expect(
    dana.getByRole("heading", { name: "You can’t approve this alert because you worked on it" }),
  ).toBeVisible();
  await expect(dana.getByText("Luis Ferreira").first()).toBeVisible();
  await expectAccessible(dana);
  await expect(luis.getByRole("heading", { name: `Review: ${title}` })).toBeVisible();
  await luis.getByRole("link", { name: title }).click();
  await luis.waitForURL(/\/review$/);
  await expectAccessible(luis);
  await expect(luis.getByText(/people in 7 places/).first()).toBeVisible();
  await expect(luis.getByRole("table", { name: "Oldest test calls and largest places" })).toContainText("617-555-0100");
  await expect(luis.getByText(/called; .* answered/).first()).toBeVisible();
  // The way to the next step stands apart from the list of all of them.
  const rail = luis.getByRole("complementary", { name: "This review" });
  const [last, next] = [rail.getByRole("link", { name: "Your decision" }), rail.getByRole("link", { name: /^Next: / })];
  const [above, below] = [await last.boundingBox(), await next.boundingBox()];
  expect(below!.y - above!.y - above!.height).toBeGreaterThan(12);

  // Returned with a reason, sent again.
  await luis.getByRole("radio", { name: /Return to Dana Whitcomb/ }).check();
  await luis.getByRole("button", { name: "Return it with this reason" }).click();
  await expect(luis.getByText("Give the reason. The author sees it first.").first()).toBeVisible();
  await luis.getByRole("textbox", { name: "Reason" }).fill("Say “do not call 911 to test it” in full.");
  await luis.getByRole("button", { name: "Return it with this reason" }).click();
  await luis.waitForURL("/alerts");
  await dana.goto("/");
  await dana.getByRole("link", { name: title }).click();
  await dana.waitForURL(/\/edit$/);
  await expect(dana.getByText("Say “do not call 911 to test it” in full.")).toBeVisible();
  await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
  await send(dana);

  // Approve and publish.
  await luis.goto(dana.url());
  const publish = luis.getByRole("button", { name: "Publish to 7 places" });
  await expect(publish).toBeDisabled();
  await tickAll(luis);
  await luis.getByLabel("Your password").fill("wrong password");
  await publish.click();
  await expect(luis.getByText("The password is not right.").first()).toBeVisible();
  await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
  await publish.click();
  await luis.waitForURL(/\/alerts\/[^/]+$/);
  await expect(luis.getByText("Published, still valid")).toBeVisible();
  await expectAccessible(luis);

  // 5. The stored bytes, one and all.
  const one = luis.waitForEvent("download");
  await luis.getByRole("link", { name: /^CAP XML ?, Granby$/ }).click();
  const xml = fs.readFileSync(await (await one).path(), "utf8");
  expect(xml).toContain("<status>Test</status>");
  expect(xml).toContain("413-555-0142");
  const all = luis.waitForEvent("download");
  await luis.getByRole("link", { name: /^CAP XML, all \d+ messages$/ }).click();
  const files = unzipSync(new Uint8Array(fs.readFileSync(await (await all).path())));
  const granby = Object.keys(files).find((name) => name.includes("-GRANBY-"))!;
  expect(Buffer.from(files[granby]!).toString()).toBe(xml);

  // A cancellation, with references derived.
  await dana.goto(luis.url());
  await dana.getByRole("button", { name: "Cancel this alert" }).click();
  await dana.waitForURL(/\/edit$/);
  await dana.getByRole("tab", { name: "CAP" }).click();
  await expect(dana.getByRole("tabpanel")).toContainText("-BOSTON-2502507000,");
  await send(dana);
  await luis.goto(dana.url());
  await tickAll(luis);
  await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
  await luis.getByRole("button", { name: "Publish the cancellation to 7 places" }).click();
  await luis.waitForURL(/\/alerts\/[^/]+$/);
  await luis.getByRole("link", { name: title, exact: true }).click();
  await expect(luis.getByText("Canceled", { exact: true }).first()).toBeVisible();

  // 6. The auditor finds every step, and the chain whole.
  const mei = await signIn(browser, "mei");
  await mei.getByRole("link", { name: "Activity log", exact: true }).click();
  await mei.getByRole("button", { name: "Verify the log" }).click();
  await expect(mei.getByText(/^Unbroken: \d+ entries/)).toBeVisible();
  await expectAccessible(mei);
  for (const words of [
    "Declared 911 outage",
    "Prepared “911",
    "Returned “911",
    "Approved “911",
    "Published “911",
    "was canceled by",
  ]) {
    await expect(mei.getByText(words).first()).toBeVisible();
  }
  await mei.getByLabel("Kind").selectOption("Published");
  await mei.getByRole("button", { name: "Show" }).click();
  await expect(mei.locator("tbody tr").first()).toContainText("Published");
  await expect(mei.locator("tbody").getByText("Approved")).toHaveCount(0);
  await mei.getByLabel("Find").fill("no such thing anywhere");
  await mei.getByRole("button", { name: "Show" }).click();
  await expect(mei.getByText("No entries match.")).toBeVisible();
  expect(pageErrors).toEqual([]);
});

test(
  "two approvers at once: one wins, the other is told; an edit voids the review",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    const [luis, ruth] = [await signIn(browser, "luis"), await signIn(browser, "ruth")];
    await prepare(dana, ["Amherst", "Hadley"]);
    await send(dana);
    const review = dana.url();
    const open = async () => {
      for (const page of [luis, ruth]) {
        await page.goto(review);
        await tickAll(page);
        await page.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
      }
    };
    await open();

    // The drafter changes it: what both read is void.
    await dana.goto(review.replace("/review", "/edit"));
    await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    await dana.getByLabel("Title of the alert").fill("911 is not working, second version");
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await expect(luis.getByText("took it back").first()).toBeVisible();
    await luis.getByRole("button", { name: "Publish to 2 places" }).click();
    await expect(luis.getByText(/This alert is a draft now/).first()).toBeVisible();

    await dana.reload();
    await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    await send(dana);
    await open();
    await Promise.all([
      luis.getByRole("button", { name: "Publish to 2 places" }).click(),
      ruth.getByRole("button", { name: "Publish to 2 places" }).click(),
    ]);
    const outcome = async (page: typeof luis) => {
      const told = page.getByText(/approved it just before you|approved it before you/).first();
      const won = page.getByText("Published, still valid").first();
      await expect(told.or(won)).toBeVisible();
      return (await told.isVisible()) ? "told" : "won";
    };
    expect([await outcome(luis), await outcome(ruth)].sort()).toEqual(["told", "won"]);
  },
);

test("an earlier contributor cannot approve, whoever pressed submit", { tag: "@night" }, async ({ browser }) => {
  const [dana, ruth] = [await signIn(browser, "dana"), await signIn(browser, "ruth")];
  await prepare(dana, ["Pelham"]);
  await ruth.goto(dana.url());
  await ruth.locator('[data-ready="yes"]').waitFor({ state: "attached" });
  await ruth.getByLabel("Title of the alert").fill("Changed by Ruth");
  await expect(ruth.getByText(/^Saved /)).toBeVisible();
  await expect(dana.getByText("Ruth Adeyemi changed this alert")).toBeVisible();
  await dana.reload();
  await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
  await send(dana);
  await ruth.goto(dana.url());
  await expect(
    ruth.getByRole("heading", { name: "You can’t approve this alert because you worked on it" }),
  ).toBeVisible();
  await expect(ruth.getByRole("button", { name: /^Publish/ })).toBeDisabled();
});

test("pressed twice, an outage is declared once, and no page looked at before says that nothing is open", async ({
  browser,
}) => {
  const dana = await signIn(browser, "dana");
  await dana.goto("/incidents");
  const before = await dana.getByRole("heading", { level: 1 }).innerText();
  await dana.locator("main").getByRole("link", { name: "Declare an outage" }).click();
  await dana.getByRole("radio", { name: "Every call" }).check();
  await dana.getByLabel("How do you know").fill("Calls to twelve dispatch centers");
  await dana.getByRole("button", { name: "Paste a list" }).click();
  await dana.getByLabel("One place per line").fill("Monterey");
  // A server that takes its time, so that the second press comes while the first is under way.
  const sent: string[] = [];
  await dana.route("**/incidents/new", async (route) => {
    if (route.request().method() === "POST") {
      sent.push(route.request().url());
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    await route.continue();
  });
  const button = dana.getByRole("button", { name: "Declare an outage in 1 place" });
  const leave = dana.getByRole("link", { name: "Leave without declaring" });
  const [from, to] = [(await button.boundingBox())!, (await leave.boundingBox())!];
  await button.click();
  await expect(leave).toHaveCount(0);
  // Along the whole row: wherever the way out could have moved to, the press finds nothing.
  for (let x = from.x + 5; x < to.x + to.width; x += 20) await dana.mouse.click(x, from.y + from.height / 2);
  await dana.waitForURL(/\/incidents\/0/);
  expect(sent).toHaveLength(1);
  await expect(dana.getByRole("heading", { level: 1 })).toHaveText("911 outage, Monterey");
  await dana.goBack();
  await dana.goBack();
  await dana.waitForURL(/\/incidents$/);
  const listed = dana.getByRole("table").getByRole("link", { name: "911 outage, Monterey" });
  await expect(listed).toBeVisible();
  await expect(dana.getByRole("heading", { level: 1 })).not.toHaveText(before);
  // Nor is a second draft begun while the page of the first is on its way.
  await listed.click();
  await dana.route("**/edit?*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  const preparing = dana.getByRole("button", { name: "Prepare the alert for 1 place" }).click();
  await Promise.all([dana.waitForRequest(/\/edit\?/), preparing]);
  await expect(dana.getByRole("button", { name: "Preparing the alert" })).toBeDisabled();
  await dana.waitForURL(/\/edit$/);
  expect(pageErrors).toEqual([]);
});

test("the whole area, all 351 places, is prepared and complete on screen", { tag: "@night" }, async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  await dana.goto("/incidents/new");
  // What can be given out in each county is seen on a phone without scrolling sideways.
  await dana.setViewportSize({ width: 320, height: 800 });
  const counties = dana.getByRole("region", { name: "Counties of your area" });
  await expect(counties.getByRole("columnheader", { name: "Numbers ready" })).toBeVisible();
  expect(await counties.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await dana.setViewportSize({ width: 1280, height: 900 });
  await dana.getByRole("button", { name: "Fill in the outage of June 18, 2024" }).click();
  // A county is left out and taken in again where it stands.
  await counties.getByRole("checkbox", { name: "Dukes County" }).uncheck();
  await expect(dana.getByRole("button", { name: "Declare an outage in 344 places" })).toBeVisible();
  await counties.getByRole("checkbox", { name: "Dukes County" }).check();
  await declare(dana, "Declare an outage in 351 places");
  await dana.getByRole("button", { name: "Prepare the alert for 351 places" }).click();
  await dana.waitForURL(/\/edit$/);
  await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
  await expect(dana.getByText("Must fix: 3 places without a usable number")).toBeVisible();
  await expect(dana.getByRole("listbox").getByRole("option")).toHaveCount(351);
  await expectAccessible(dana);
});

test(
  "an outline file chooses what lies in it, and asks about what lies in it in part",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await dana.goto("/incidents/new");
    await dana.getByRole("button", { name: "Outline file" }).click();
    const give = (text: string) =>
      dana
        .getByLabel("File of outlines")
        .setInputFiles({ name: "outage.geojson", mimeType: "application/geo+json", buffer: Buffer.from(text) });
    await give("not an outline");
    await expect(dana.getByText(/^It is none of these/)).toBeVisible();
    const [west, south, east, north] = [-72.62, 42.2, -72.42, 42.4];
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    await give(JSON.stringify({ type: "Polygon", coordinates: [ring] }));
    await expect(dana.getByText(/^\d+ places lie in it$/)).toBeVisible();
    const chosen = dana.getByRole("complementary", { name: "What you chose" });
    await expect(chosen.getByRole("heading").first()).toContainText(/lines? needs? an answer/);
    await expectAccessible(dana);
    for (const leave of await dana.getByRole("button", { name: /^Leave out / }).all()) await leave.click();
    await expect(chosen.getByRole("heading").first()).not.toContainText("an answer");
    const before = await chosen.getByRole("heading").first().textContent();
    await dana.getByRole("button", { name: /^Add / }).first().click();
    await expect(chosen.getByRole("heading").first()).not.toHaveText(before!);
    expect(pageErrors).toEqual([]);
  },
);

test(
  "what was filled in about an outage is offered again after a reload; a list is added, its open lines first",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await dana.goto("/incidents/new");
    await dana.getByRole("radio", { name: "Some calls" }).check();
    await dana.getByLabel("How do you know").fill("Calls to twelve dispatch centers");
    await dana.getByRole("button", { name: "Cities and towns" }).click();
    await dana.getByRole("checkbox", { name: /^Amherst [\d,]+ people/ }).check();
    await dana.getByRole("button", { name: "Paste a list" }).click();
    await dana.getByLabel("One place per line").fill("Granby\nHadly");
    const chosen = dana.getByRole("complementary", { name: "What you chose" }).getByRole("heading").first();
    await expect(chosen).toContainText("2 places");
    await expect(dana.getByRole("row").nth(1)).toContainText("Hadly");
    await dana.getByRole("button", { name: "Counties" }).click();
    await dana.getByRole("button", { name: "Paste a list" }).click();
    await expect(dana.getByLabel("One place per line")).toHaveValue("Granby\nHadly");
    await expectAccessible(dana);
    await dana.reload();
    await expect(dana.getByText(/^Unsaved text from /)).toBeVisible();
    await expect(dana.getByLabel("How do you know")).toHaveValue("");
    await dana.getByRole("button", { name: "Use the unsaved text" }).click();
    await expect(dana.getByLabel("How do you know")).toHaveValue("Calls to twelve dispatch centers");
    await expect(dana.getByRole("radio", { name: "Some calls" })).toBeChecked();
    await expect(chosen).toContainText("2 places");
    expect(pageErrors).toEqual([]);
  },
);
