import { expect, type Locator, type Page } from "@playwright/test";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { consoleUnderTest, expectAccessible, openPage, pageErrors, prepare, signIn, test } from "./console";

/** The composer: texts written in place, by keyboard, by two at once, offline, and on a phone. */

const shortText = (page: Page, language = "English") =>
  page.getByRole("textbox", { name: `Phone, short, ${language}`, exact: true });

/** What the browser hands to screen readers of an element, piece by piece. */
async function readAloud(page: Page, selector: string): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send("DOM.getDocument", { depth: -1 });
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector });
  const { nodes } = await session.send("Accessibility.queryAXTree", { nodeId });
  const slots = new Set(nodes.filter(({ role }) => role?.value === "image").map(({ nodeId: id }) => id));
  return nodes.flatMap(({ role, name, properties, parentId }) => {
    const words = String(name?.value ?? "");
    // A slot is read by its name, not by what is in it.
    if (role?.value === "StaticText") return parentId && slots.has(parentId) ? [] : [words];
    const kind = properties?.find((one) => String(one.name) === "roledescription")?.value.value ?? role?.value;
    return role?.value === "image" || role?.value === "textbox" ? [`${String(kind)} ${words}`] : [];
  });
}

test("the plan says whom stations reach, and whose numbers they hear", { tag: "@night" }, async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  await prepare(dana, ["Granby", "Hadley"]);
  const summary = dana.getByText("Radio and television: 1 county, with numbers of several places");
  await summary.click();
  const reach = dana.locator(".county-reach");
  await expect(reach).toContainText(/Hampshire County: [\d,]+ people, [\d,]+ of them outside this alert/);
  await expect(reach).toContainText(/hear the numbers of the others: 413-555-0142 \(Granby\) and .* \(Hadley\)\./);
  await expectAccessible(dana);
  // The approver reads the same.
  const finding = "Stations read the numbers of several places to a whole county";
  await expect(dana.locator(".fix").getByText(finding).first()).toBeVisible();
  const { pictures } = consoleUnderTest();
  if (pictures) await dana.screenshot({ path: `${pictures}/composer-reach.png`, fullPage: true });
  await dana.setViewportSize({ width: 320, height: 900 });
  await dana.getByRole("group", { name: "Parts of the composer" }).getByRole("button", { name: "Places" }).click();
  await expect(summary).toBeVisible();
  await expectAccessible(dana, { targets: true });
  if (pictures) await dana.screenshot({ path: `${pictures}/composer-reach-320.png`, fullPage: true });
});

test(
  "the plan says whose phones get two messages, since outlines cover the same ground",
  { tag: "@night" },
  async ({ browser }) => {
    // As a file has it that was drawn badly: all of Monroe in the middle of Rowe.
    const [west, south, east, north] = [-72.93, 42.68, -72.89, 42.71];
    const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]; // prettier-ignore
    const monroe = {
      type: "Feature",
      properties: { GEOID: "2501142040", NAME: "Monroe" },
      geometry: { type: "Polygon", coordinates: [ring] },
    };
    const sam = await signIn(browser, "sam");
    await sam.goto("/directory/import?kind=places");
    await sam.getByLabel("File of places").setInputFiles({
      name: "monroe.geojson",
      mimeType: "application/geo+json",
      buffer: Buffer.from(JSON.stringify({ type: "FeatureCollection", features: [monroe] })),
    });
    await sam.getByRole("button", { name: "Read the file and preview" }).click();
    await sam.getByRole("button", { name: "Save 1 place" }).click();
    await expect(sam.getByRole("heading", { name: "1 place written from monroe.geojson" })).toBeVisible();

    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Monroe", "Rowe", "Granby"]);
    const summary = dana.getByText("Told more than once: 1 place");
    await summary.click();
    const list = dana.getByRole("region", { name: "Places told more than once" });
    await expect(list).toHaveText(
      "Monroe: phones in all of it also get the message for Rowe, whose outline covers the same ground.",
    );
    await expectAccessible(dana);
    await dana.setViewportSize({ width: 320, height: 900 });
    await dana.getByRole("group", { name: "Parts of the composer" }).getByRole("button", { name: "Places" }).click();
    await expect(list).toBeVisible();
    await expectAccessible(dana, { targets: true });
    // One message for both is told once.
    await dana.getByLabel("Messages for phones").selectOption("One message for all");
    await expect(summary).toBeHidden();
    expect(pageErrors).toEqual([]);
  },
);

test("a text is written in place: slots are atoms, with a name, chosen before they go, and come back", async ({
  browser,
}) => {
  const dana = await signIn(browser, "dana");
  await prepare(dana, ["Granby", "Gosnold"]);
  await dana.getByRole("option", { name: /^Granby/ }).click();
  const short = shortText(dana);
  await expect(short).toMatchAriaSnapshot(`
    - textbox "Phone, short, English":
      - 'img "the agency''s short name: MA State 911"'
      - 'img "its short form: Granby"'
      - 'img "the direct number: 413-555-0142"'
  `);
  // What is written around the slots is read in between, in order.
  expect(await readAloud(dana, '[data-text="place.short.en-US"] .slot-text')).toEqual([
    "textbox Phone, short, English",
    "slot the agency's short name: MA State 911",
    ": 911 is down in ",
    "slot its short form: Granby",
    ". Emergency? Call ",
    "slot the direct number: 413-555-0142",
    ". No test calls.",
  ]);
  await expectAccessible(dana);
  // No brace of a slot is shown anywhere, and no text twice.
  await expect(dana.getByText("{")).toHaveCount(0);
  await expect(dana.locator(".texts-pane").getByText("Emergency? Call")).toHaveCount(1);

  // Behind the last word; three words back stands the number. Backspace chooses it, and only then removes it.
  await short.press("ControlOrMeta+End");
  for (const _ of ". No test calls.") await dana.keyboard.press("ArrowLeft");
  await dana.keyboard.press("Backspace");
  await expect(dana.getByRole("status").getByText("Slot chosen: the direct number: 413-555-0142.")).toBeAttached();
  await expect(short).toContainText("413-555-0142");
  // Typing goes behind it, never over it.
  await dana.keyboard.type("!");
  await expect(short).toContainText("413-555-0142!");
  await dana.keyboard.press("Backspace");
  await dana.keyboard.press("Backspace");
  await dana.keyboard.press("Backspace");
  await expect(short).not.toContainText("413-555-0142");
  await expect(dana.getByText("Removed: the direct number.")).toBeVisible();
  await expect(dana.getByRole("button", { name: "Send for approval" })).toBeDisabled();
  await expect(dana.locator(".fix").getByText("Must fix").first()).toBeVisible();

  // Put in again from the menu, by keyboard, where the caret stands.
  await dana.keyboard.type("{{");
  await expect(dana.getByRole("menu", { name: "Insert a slot" })).toBeVisible();
  await expect(dana.getByRole("menuitem", { name: /^the direct number \(removed\)/ })).toBeFocused();
  await dana.keyboard.press("Enter");
  await expect(short).toBeFocused();
  await expect(short).toContainText("Call 413-555-0142. No test calls.");
  await expect(dana.getByText("Removed: the direct number.")).toHaveCount(0);

  // Undo goes back across texts, and shows where.
  await shortText(dana, "Español").press("ControlOrMeta+End");
  await dana.keyboard.type(" Ya.");
  await expect(shortText(dana, "Español")).toContainText("Ya.");
  await dana.keyboard.press("ControlOrMeta+z");
  await expect(shortText(dana, "Español")).not.toContainText("Ya.");
  await dana.keyboard.press("ControlOrMeta+z");
  await expect(short).toBeFocused();
  await expect(short).not.toContainText("413-555-0142");
  await dana.keyboard.press("ControlOrMeta+y");
  await expect(short).toContainText("413-555-0142");

  // However fast the keys come: a slot is chosen before it goes, never taken with the word beside it.
  for (let round = 0; round < 5; round += 1) {
    await short.press("ControlOrMeta+End");
    await Promise.all([
      ...[...". No test calls."].map(() => dana.keyboard.press("ArrowLeft")),
      dana.keyboard.press(round % 2 === 0 ? "Backspace" : "ControlOrMeta+Backspace"),
    ]);
    await expect(short.locator('.chosen[data-slot="number"]')).toBeVisible();
    await dana.keyboard.press("ArrowRight");
  }
  expect(pageErrors).toEqual([]);
});

/** Pastes as a word processor hands it over. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData("text/plain", pasted);
    data.setData("text/html", `<p style="color:red">${pasted}</p>`);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

test(
  "what is pasted from a word processor is cleaned, said, and can be had as it was",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Hadley"]);
    const short = shortText(dana);
    await short.press("ControlOrMeta+End");
    await paste(dana, " “Stay calm” – it\u2019s\u200b fine…");
    await expect(short).toContainText(`"Stay calm" - it's fine...`);
    await expect(
      dana.getByText("Pasted text was cleaned: 1 invisible character, 3 curly quotes, 1 dash, 1 three-dot character."),
    ).toBeVisible();
    await dana.getByRole("button", { name: "Paste it as it was" }).click();
    await expect(short).toContainText("“Stay calm” – it’s");
    // Slots that are pasted as they are spelled become slots.
    await dana.keyboard.press("ControlOrMeta+z");
    await short.press("ControlOrMeta+End");
    await paste(dana, " {county}");
    await expect(short.getByRole("img", { name: "the county: Hampshire County" })).toBeVisible();
    expect(pageErrors).toEqual([]);
  },
);

test(
  "one place's own wording is seen, compared and taken back; who is written for is said",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Granby", "Amherst", "Gosnold"]);
    await dana.getByRole("option", { name: /^Granby/ }).click();
    const scope = dana.getByRole("group", { name: "You are writing for" });
    await expect(scope.getByRole("button", { name: "2 places with a number" })).toHaveAttribute("aria-pressed", "true");
    await scope.getByRole("button", { name: "Granby only" }).click();
    await shortText(dana).press("ControlOrMeta+End");
    await dana.keyboard.type(" Stay in.");
    await expect(dana.getByText("Edited for Granby only")).toBeVisible();
    await dana.getByRole("button", { name: "Compare" }).click();
    await expect(dana.locator(".word-diff ins")).toHaveText(" Stay in.");
    // Who reads the common wording is counted without it, and is where that is written.
    await scope.getByRole("button", { name: "1 place with a number; 1 has its own wording" }).click();
    await expect(dana.getByRole("option", { name: /^Amherst/, selected: true })).toBeVisible();
    await expect(shortText(dana)).not.toContainText("Stay in.");
    await dana.getByRole("option", { name: /^Granby/ }).click();
    await expect(shortText(dana)).toContainText("Stay in.");
    await dana.getByRole("button", { name: "Use the common wording", exact: true }).click();
    await expect(shortText(dana)).not.toContainText("Stay in.");
    // The others are written for as such: their text is another one.
    await scope.getByRole("button", { name: "1 place without a number" }).click();
    await expect(dana.getByRole("option", { name: /^Gosnold/, selected: true })).toBeVisible();
    await expect(dana.getByRole("textbox", { name: "Phone, short, no number, English" })).toBeVisible();
    expect(pageErrors).toEqual([]);
  },
);

test(
  "the session ends in the middle of a word: signing in happens over the page and goes on there",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Pelham"]);
    const other = await dana.context().newPage();
    await other.goto("/");
    await other.getByRole("button", { name: "Sign out" }).click();
    await other.waitForURL(/sign-in/);
    await dana.bringToFront();
    await shortText(dana).press("ControlOrMeta+End");
    await dana.keyboard.type(" Wait.");
    const again = dana.getByRole("dialog", { name: /^You were signed out at/ });
    await expect(again).toBeVisible();
    await expect(again.getByLabel("Password")).toBeFocused();
    await dana.keyboard.type("wrong password");
    await dana.keyboard.press("Enter");
    await expect(again.getByText("The email or password is not right.")).toBeVisible();
    await again.getByLabel("Password").fill(DEMONSTRATION_PASSWORD);
    await dana.keyboard.press("Enter");
    await expect(again).toBeHidden();
    await expect(shortText(dana)).toBeFocused();
    await dana.keyboard.type(" Go on.");
    await expect(shortText(dana)).toContainText("Wait. Go on.");
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await dana.reload();
    await expect(shortText(dana)).toContainText("Wait. Go on.");
  },
);

test(
  "a session is warned of two minutes before it ends, and lasts when someone says so",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Shutesbury"]);
    // As the console answers it a minute and a half before the end; pressing the button asks the console itself.
    await dana.route("**/api/session", async (route) => {
      if (route.request().method() !== "GET") return route.continue();
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), leftMs: 90_000 } });
    });
    await dana.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    const soon = dana.getByRole("dialog", { name: "You will be signed out soon" });
    await expect(soon).toContainText(/1:[0-3]\d left/, { timeout: 40_000 });
    await dana.unroute("**/api/session");
    await soon.getByRole("button", { name: "Stay signed in" }).click();
    await expect(soon).toBeHidden();
  },
);

test(
  "messages are grouped per place, dispatch area, county or all, and undo brings back what went with it",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Granby", "Amherst", "Chicopee"]);
    const grouping = dana.getByLabel("Messages for phones");
    const counts = dana.locator(".plan-counts");
    await expect(counts).toContainText(/^[\d,]+ people\. 3 messages for phones, 2 for radio and television\.$/);
    await dana.getByRole("option", { name: /^Granby/ }).click();
    await dana.getByRole("group", { name: "You are writing for" }).getByRole("button", { name: "Granby only" }).click();
    await shortText(dana).press("ControlOrMeta+End");
    await dana.keyboard.type(" Stay in.");
    await grouping.selectOption("One message per county");
    await expect(counts).toContainText("2 messages for phones");
    const gone = dana.getByText("1 place’s own wording is gone.");
    await expect(gone).toBeVisible();
    await gone.getByRole("button", { name: "Undo" }).click();
    await expect(grouping).toHaveValue("place");
    await expect(counts).toContainText("3 messages for phones");
    await expect(shortText(dana)).toContainText("Stay in.");
    await grouping.selectOption("One message for all");
    await expect(counts).toContainText("1 message for phones");
    await expect(dana.getByLabel("Phone, English")).toContainText("Massachusetts");
    // What all phones show is written at the top, with what they show in it.
    await expect(dana.locator(".channel > summary").first()).toHaveText("Phones, Massachusetts");
    await expect(shortText(dana)).toContainText("911 is down in Chicopee, Amherst and Granby");
    await grouping.selectOption("One message per dispatch area");
    await expect(counts).toContainText("3 messages for phones");
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await dana.reload();
    await expect(grouping).toHaveValue("dispatch-area");
    expect(pageErrors).toEqual([]);
  },
);

test(
  "a place without a usable number is there to decide on, whatever its message is for",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Granby", "Amherst", "Ware", "Sandisfield", "Gosnold", "Chicopee", "Cohasset"]);
    await dana.getByLabel("Messages for phones").selectOption("One message for all");
    await expect(dana.locator(".plan-counts")).toContainText("1 message for phones");
    // The text is counted as it is sent: "parts of Massachusetts", and not the state behind it once more.
    await expect(dana.getByText("Massachusetts stands twice here. In what is sent it stands once.")).toBeVisible();
    const counted = await dana.locator('[id$="long-en-US-counter"]').textContent();
    await expect(dana.locator(".preview")).toContainText(`${/^\d+/.exec(counted ?? "")?.[0]} of 360`);
    const fix = dana.locator(".fix");
    await expect(fix).toContainText("Must fix: 2 places without a usable number");
    await expect(dana.locator(".send-head")).toContainText("2 places without a usable number must be fixed first.");
    for (const town of ["Ware", "Sandisfield"]) {
      await fix.getByRole("button", { name: new RegExp(`^Give no number ?, ${town}$`) }).click();
      await fix.getByLabel(/Why should the text for .* give no number/).fill("Nobody answers there today.");
      await fix.getByRole("button", { name: "Give no number", exact: true }).click();
    }
    await expect(dana.getByRole("button", { name: "Send for approval" })).toBeEnabled();
    await expectAccessible(dana);
    expect(pageErrors).toEqual([]);
  },
);

test(
  "the same alert in another tab: said in both, and both versions are there to choose from",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Shutesbury"]);
    const second = await dana.context().newPage();
    await second.goto(dana.url());
    await second.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    await expect(second.getByText("You have it open in another tab too.")).toBeVisible();
    await expect(dana.getByText("You have it open in another tab too.")).toBeVisible();
    await shortText(second).press("ControlOrMeta+End");
    await second.keyboard.type(" From the second.");
    await expect(second.getByText(/^Saved /)).toBeVisible();
    await shortText(dana).press("ControlOrMeta+End");
    await dana.keyboard.type(" From the first.");
    const notice = dana.getByRole("alert").filter({ hasText: "saved under your name in another tab" });
    await expect(notice).toContainText("From the second.");
    await expect(notice.locator("ins").filter({ hasText: "first" })).not.toHaveCount(0);
    await notice.getByRole("button", { name: "Keep mine" }).click();
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await second.reload();
    await expect(shortText(second)).toContainText("From the first.");
    await expect(shortText(second)).not.toContainText("From the second.");
    expect(pageErrors).toEqual([]);
  },
);

test("the tree of a CAP message marks what changed, as the XML does", { tag: "@night" }, async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  await prepare(dana, ["Leverett"]);
  await dana.getByRole("tab", { name: "CAP" }).click();
  const tree = dana.locator(".cap-tree");
  await expect(tree.getByText("headline").first()).toBeVisible();
  await expect(tree.locator("mark")).toHaveCount(0);
  await shortText(dana).press("ControlOrMeta+End");
  await dana.keyboard.type(" Stay in.");
  await expect(tree.locator("mark")).toHaveText([/Stay in\./]);
  await dana.getByRole("button", { name: "XML" }).click();
  await expect(dana.locator(".xml-view mark")).toHaveText([/Stay in\./]);
  expect(pageErrors).toEqual([]);
});

test(
  "no connection in the middle: writing goes on, sending says why it can't, and all of it is saved afterwards",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Leverett"]);
    await expect(dana.getByRole("button", { name: "Send for approval" })).toBeEnabled();
    await dana.context().setOffline(true);
    await expect(dana.getByText(/^No connection since/)).toBeVisible();
    await expect(dana.getByRole("button", { name: "Send for approval" })).toBeDisabled();
    await expect(dana.locator(".send-head")).toContainText("Sending needs a connection.");
    await shortText(dana).press("ControlOrMeta+End");
    await dana.keyboard.type(" Go.");
    await expect(dana.getByText(/^Not saved: No connection/)).toBeVisible();
    await expect(dana.getByLabel("Phone, English")).toBeVisible();
    await dana.context().setOffline(false);
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await expect(dana.getByRole("button", { name: "Send for approval" })).toBeEnabled();
    await dana.reload();
    await expect(shortText(dana)).toContainText("No test calls. Go.");
  },
);

test(
  "two editors see each other, and what both wrote is there to choose from",
  { tag: "@night" },
  async ({ browser }) => {
    const [dana, ruth] = [await signIn(browser, "dana"), await signIn(browser, "ruth")];
    await prepare(dana, ["Wendell"]);
    await ruth.goto(dana.url());
    await ruth.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    await expect(ruth.getByText("Dana Whitcomb has this alert open too.")).toBeVisible();
    await expect(dana.getByText("Ruth Adeyemi has this alert open too.")).toBeVisible();
    await shortText(ruth).press("ControlOrMeta+End");
    await ruth.keyboard.type(" By Ruth.");
    await expect(ruth.getByText(/^Saved /)).toBeVisible();
    await shortText(dana).press("ControlOrMeta+End");
    await dana.keyboard.type(" By Dana.");
    const notice = dana.getByRole("alert").filter({ hasText: "Ruth Adeyemi saved this alert while you were writing" });
    await expect(notice).toContainText("By Ruth.");
    await expect(notice.locator("ins")).toContainText("Dana");
    await expectAccessible(dana);
    await notice.getByRole("button", { name: "Keep mine" }).click();
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await dana.reload();
    await expect(shortText(dana)).toContainText("By Dana.");
    await expect(shortText(dana)).not.toContainText("By Ruth.");
    // The other choice: theirs stands, and mine is a version of the history and one step back.
    await shortText(ruth).press("ControlOrMeta+End");
    await ruth.keyboard.type(" Ruth again.");
    const hers = ruth.getByRole("alert").filter({ hasText: "Dana Whitcomb saved this alert while you were writing" });
    await hers.getByRole("button", { name: "Keep theirs" }).click();
    await expect(ruth.getByText(/^Saved /)).toBeVisible();
    await expect(shortText(ruth)).toContainText("By Dana.");
    await ruth.goto(ruth.url().replace("/edit", "/history"));
    for (const version of await ruth.getByText(/^Version \d+,/).all()) await version.click();
    await expect(ruth.locator("ins", { hasText: "Ruth again." })).not.toHaveCount(0);
    expect(pageErrors).toEqual([]);
  },
);

test(
  "a number that is reported out of service gives way to the next one in one act",
  { tag: "@night" },
  async ({ browser }) => {
    const [dana, karen] = [await signIn(browser, "dana"), await signIn(browser, "karen")];
    await prepare(dana, ["Granby", "Amherst"]);
    await dana.getByRole("option", { name: /^Granby/ }).click();
    await expect(shortText(dana)).toContainText("413-555-0142");
    await karen.goto("/directory/2501526535");
    const entry = karen.locator("section.number-entry", {
      has: karen.getByRole("heading", { name: "413-555-0142", exact: true }),
    });
    const states = entry.getByRole("group", { name: /is now$/ });
    await states.getByRole("button", { name: "It is out of service" }).click();
    await expect(states.getByRole("button", { name: "It is out of service" })).toHaveAttribute("aria-pressed", "true");
    try {
      await expect(dana.getByText("Number changed")).toBeVisible();
      await dana
        .getByRole("button", { name: /^(Give out 413-555-\d{4} instead|Stop giving out 413-555-0142)$/ })
        .click();
      await expect(dana.getByText("Number changed")).toHaveCount(0);
      await expect(dana.getByRole("option", { name: /^Granby/ })).not.toContainText("413-555-0142");
      await expect(dana.getByRole("option", { name: /^Granby/ })).toContainText(/\S/);
    } finally {
      await states.getByRole("button", { name: "It works" }).click();
      await expect(states.getByRole("button", { name: "It works" })).toHaveAttribute("aria-pressed", "true");
    }
    expect(pageErrors).toEqual([]);
  },
);

test(
  "versions are compared word by word, and an earlier one is gone on from",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await prepare(dana, ["Heath"]);
    for (const words of [" One.", " Two."]) {
      await shortText(dana).press("ControlOrMeta+End");
      await dana.keyboard.type(words);
      await expect(dana.getByText("Saving")).toBeVisible();
      await expect(dana.getByText(/^Saved /)).toBeVisible();
    }
    const edit = dana.url();
    await dana.goto(edit.replace("/edit", "/history"));
    await dana.getByText(/^Version 2,/).click();
    await expect(dana.locator("details[open] ins")).toHaveText(" One.");
    await expectAccessible(dana);
    await dana.getByLabel("From version").selectOption("1");
    await dana.getByRole("button", { name: "Compare versions" }).click();
    await expect(dana.getByRole("heading", { name: "What changed from version 1 to version 3" })).toBeVisible();
    await expect(dana.locator("section[aria-labelledby=compare] ins")).toHaveText(" One. Two.");
    await expectAccessible(dana);
    await dana.getByText(/^Version 2,/).click();
    await dana.locator("details[open]").getByRole("link", { name: "Go on from version 2" }).click();
    await dana.waitForURL((url) => url.pathname.endsWith("/edit"));
    await expect(shortText(dana)).toContainText("No test calls. One.");
    await expect(shortText(dana)).not.toContainText("Two.");
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await dana.getByRole("button", { name: "Undo" }).click();
    await expect(shortText(dana)).toContainText("One. Two.");
    expect(pageErrors).toEqual([]);
  },
);

test("on a phone: one part at a time, and the next act at the foot", { tag: "@night" }, async ({ browser }) => {
  const dana = await signIn(browser, "dana", { width: 320 });
  await prepare(dana, ["Granby", "Ware"]);
  const parts = dana.getByRole("group", { name: "Parts of the composer" });
  await expect(parts.getByRole("button", { name: "To fix 1" })).toHaveAttribute("aria-pressed", "true");
  await expect(shortText(dana)).toBeHidden();
  await expect(dana.getByRole("button", { name: "Send the finished place" })).toBeInViewport();
  await expectAccessible(dana, { targets: true });
  await parts.getByRole("button", { name: "Texts" }).click();
  await dana.getByLabel("Shown with the values of").selectOption({ label: "Granby, 413-555-0142" });
  await expect(shortText(dana)).toContainText("413-555-0142");
  await expectAccessible(dana, { targets: true });
  await parts.getByRole("button", { name: "Preview" }).click();
  await expect(dana.getByLabel("Phone, English")).toContainText("413-555-0142");
  for (const tab of ["EAS", "CAP", "Cell", "Web", "Map"]) {
    await dana.getByRole("tab", { name: tab }).click();
    await expectAccessible(dana);
  }
  await parts.getByRole("button", { name: "Places" }).click();
  await expect(dana.getByRole("option", { name: /^Granby/ })).toHaveText(
    /^Granby413-555-0142answered [A-Z][a-z]{2} \d+$/,
  );
  await expectAccessible(dana);
  // What is wrong leads to where it is changed.
  await parts.getByRole("button", { name: /^To fix/ }).click();
  await dana.getByText(/^\d+ suggestions?/).click();
  await dana.getByRole("button", { name: /^Show ?: One character outside/ }).click();
  await expect(dana.locator(".slot-text:focus")).toBeVisible();
  expect(pageErrors).toEqual([]);
});

test(
  "the whole state from signing in to the approver, by keyboard alone, in few acts",
  { tag: "@night" },
  async ({ browser }) => {
    const page = await openPage(browser, { width: 1440, height: 900 });
    let acts = 0;
    let characters = 0;
    /** Moves with Tab or arrows, as a person does, and then one act. */
    const press = async (target: Locator, key = "Enter") => {
      for (let moves = 0; !(await target.evaluate((element) => element === document.activeElement)); moves += 1) {
        expect(moves, "it can be reached by Tab").toBeLessThan(60);
        await page.keyboard.press("Tab");
      }
      acts += 1;
      await page.keyboard.press(key);
    };
    const type = async (target: Locator, text: string) => {
      await expect(target).toBeFocused();
      acts += 1;
      characters += text.length;
      await page.keyboard.type(text);
    };
    await page.goto("/sign-in");
    await type(page.getByLabel("Work email"), "dana@callbox.example");
    await page.keyboard.press("Tab");
    await type(page.getByLabel("Password", { exact: true }), DEMONSTRATION_PASSWORD);
    await press(page.getByLabel("Password", { exact: true }));
    await page.waitForURL("/");
    // In the header while nothing is open, in the list of incidents always.
    const declaring = page.getByRole("link", { name: "Declare an outage" }).first();
    if (!(await declaring.isVisible())) await page.goto("/incidents");
    await press(declaring);
    await page.waitForURL(/\/incidents\/new$/);
    await expect(page.getByRole("radio", { name: "Every call" })).toBeFocused();
    await press(page.getByRole("radio", { name: "Every call" }), "Space");
    await press(page.getByRole("button", { name: "A dispatch center reported it" }));
    await press(page.getByRole("button", { name: /^Choose all of Massachusetts State 911 Department/ }));
    await press(page.getByRole("button", { name: "Declare an outage in 351 places" }));
    // Other journeys left incidents open for some of the places; in an empty site nothing is asked.
    const another = page.getByLabel("This is another outage: declare it apart");
    await expect(async () => {
      expect((await another.isVisible()) || /\/incidents\/0/.test(page.url())).toBe(true);
    }).toPass();
    if (await another.isVisible()) {
      await another.check();
      await page.getByRole("button", { name: "Declare an outage in 351 places" }).click();
    }
    await page.waitForURL(/\/incidents\/0/);
    await press(page.getByRole("button", { name: "Prepare the alert for 351 places" }));
    await page.waitForURL(/\/edit$/);
    await page.locator('[data-ready="yes"]').waitFor({ state: "attached" });

    // At rest it is three screens high at most, whatever else is open.
    const [height, bars] = await page.evaluate(() => [
      document.documentElement.scrollHeight,
      [...document.querySelectorAll(".incident-bar")].slice(1).reduce((sum, bar) => sum + bar.clientHeight, 0),
    ]);
    expect(height! - bars!).toBeLessThanOrEqual(2700);
    // F6 goes from part to part, "/" to the search of places, and Enter there shows the first place found.
    await page.keyboard.press("F6");
    await page.keyboard.press("F6");
    await expect(page.locator(".slot-text").first()).toBeFocused();
    await page.keyboard.press("F6");
    await expect(page.getByRole("tab", { name: "Phone" })).toBeFocused();
    await page.keyboard.press("F6");
    await expect(page.getByRole("listbox", { name: "Places of this alert" })).toBeFocused();
    await page.keyboard.press("/");
    await expect(page.getByLabel("Find a place or a number")).toBeFocused();
    await page.keyboard.type("manch");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("option", { name: /^Manchester-by-the-Sea/, selected: true })).toBeVisible();
    await expect(shortText(page)).toContainText("Manchester");

    // Three places hold it up, so the key leads to what can be sent without them.
    acts += 1;
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("button", { name: /^Send the 34\d finished places$/ })).toBeFocused();
    await press(page.getByRole("button", { name: /^Send the 34\d finished places$/ }));
    await page.waitForURL(/\/review$/);
    test.info().annotations.push({
      type: "measured",
      description: `${acts} acts, ${characters} characters, ${height! - bars!} pixels at rest`,
    });
    expect(acts).toBeLessThanOrEqual(12);
    expect(characters).toBeLessThanOrEqual(40);
    expect(pageErrors).toEqual([]);
  },
);

test("keys that come faster than the page follows are all taken", { tag: "@night" }, async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  await prepare(dana, ["Granby", "Hadley"]);
  const text = dana.getByRole("textbox", { name: "Phone, long, English", exact: true });
  await text.click();
  await dana.keyboard.press("End");
  const reported = pageErrors.length;
  // While the page is busy keys pile up, and are then answered one right after the other.
  await dana.evaluate(() => {
    setTimeout(() => {
      const from = performance.now();
      while (performance.now() - from < 3000);
    }, 100);
  });
  await dana.waitForTimeout(300);
  const session = await dana.context().newCDPSession(dana);
  const digit = { key: "5", code: "Digit5", windowsVirtualKeyCode: 53 };
  await Promise.all(
    Array.from({ length: 150 }, async () => {
      await Promise.all([
        session.send("Input.dispatchKeyEvent", { type: "keyDown", text: "5", unmodifiedText: "5", ...digit }),
        session.send("Input.dispatchKeyEvent", { type: "keyUp", ...digit }),
      ]);
    }),
  );
  await expect(text).toContainText("5".repeat(150));
  expect(pageErrors.slice(reported)).toEqual([]);

  // The page that went is no other tab.
  await expect(dana.getByText(/^Saved \d/).first()).toBeVisible();
  const answered = dana.waitForResponse(/\/presence$/);
  await dana.reload();
  await answered;
  await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
  await expect(dana.getByText("You have it open in another tab too.")).toHaveCount(0);
});
