import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { consoleUnderTest, expectAccessible, prepare, signIn, test } from "./console";

/** The wording of an outage, changed by two people, approved by a third, and what that means for alerts. */

const LONG = "Phone, long, usual wording";
const DESCRIPTION = "Web page and CAP: what happens, usual wording";
const ADDED = "Stay calm.";

const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });
const checked = (page: Page) => page.locator('[data-ready="yes"]').waitFor({ state: "attached" });

async function typeBehind(page: Page, label: string, words: string): Promise<void> {
  await field(page, label).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}

/** What an alert says of what happens, in the composer. */
const written = (page: Page) => page.locator('[data-text="place.description.en-US"] .slot-text');

/** A picture for someone who wants to look; the journey does not need it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = consoleUnderTest().pictures;
  if (folder) await page.screenshot({ path: path.join(folder, `templates-${name}.png`), fullPage: true });
}

async function narrow(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 320, height: 800 });
  await expectAccessible(page, { targets: true });
  await picture(page, `${name}-320`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

test(
  "a phrase is one thing in its text, and words that were not saved come back",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    // Leaving with something unsaved asks; whoever is cut off is not asked.
    dana.on("dialog", (dialog) => void dialog.accept());
    await dana.goto("/templates");
    await dana.getByRole("button", { name: /^Change the wording: .*update/i }).click();
    await dana.waitForURL(/\/templates\/drafts\//);
    await checked(dana);
    const text = field(dana, `${LONG}, English`);
    const hazard = text.locator('[data-phrase="hazard"]').first();
    await expect(hazard).toHaveAttribute("aria-roledescription", "phrase");
    await expect(hazard).toHaveAccessibleName(/^hazard: .*911/);
    await expect(text).not.toContainText("[[hazard]]");
    await picture(dana, "phrases");

    // Chosen by the first Backspace, removed by the second, back by one undo; typing goes behind it.
    await hazard.click();
    await expect(hazard).toHaveClass(/chosen/);
    await dana.keyboard.type("x");
    await expect(text.locator('[data-phrase="hazard"]')).toHaveCount(1);
    await dana.getByRole("button", { name: "Undo" }).click();
    await hazard.click();
    await dana.keyboard.press("Backspace");
    await expect(text.locator('[data-phrase="hazard"]')).toHaveCount(0);
    await dana.getByRole("button", { name: "Undo" }).click();
    await expect(text.locator('[data-phrase="hazard"]')).toHaveCount(1);
    // Spelled out, or from the menu, it is the same thing.
    await text.press("ControlOrMeta+End");
    await dana.keyboard.type(" [[hazard]]");
    await expect(text.locator('[data-phrase="hazard"]')).toHaveCount(2);

    // Without a connection nothing is saved; after a crash the words are on this device.
    await text.press("ControlOrMeta+End");
    await dana.keyboard.type(` ${ADDED}`);
    await dana.reload();
    await checked(dana);
    await expect(text).not.toContainText(ADDED);
    const notice = dana.getByRole("alert").filter({ hasText: "Unsaved text from" });
    await expectAccessible(dana);
    await notice.getByRole("button", { name: "Use the unsaved text" }).click();
    await expect(text).toContainText(ADDED);
    await dana.context().setOffline(true);
    await dana.getByRole("button", { name: "Save the draft" }).click();
    await expect(dana.getByText(/Nothing was saved. What you wrote is on this device/)).toBeVisible();
    await dana.context().setOffline(false);
    await dana.getByRole("button", { name: "Save the draft" }).click();
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await dana.reload();
    await expect(text).toContainText(ADDED);
    await expect(notice).toHaveCount(0);
    await dana.getByRole("button", { name: "Discard the draft" }).click();
    await dana.getByRole("button", { name: "Discard", exact: true }).click();
    await dana.waitForURL("/templates");
  },
);

test(
  "a template is changed, approved by someone else, and used by new alerts",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    const before = await prepare(dana, ["Granby"]);
    await dana.goto("/templates");
    await picture(dana, "list");
    await dana.getByRole("button", { name: "Change the wording: 911 outage" }).click();
    await dana.waitForURL(/\/templates\/drafts\//);
    const draft = new URL(dana.url()).pathname;
    await checked(dana);
    const send = (page: Page) => page.getByRole("button", { name: "Send for approval" });
    await expect(send(dana)).toBeDisabled();
    await expect(dana.getByText("Nothing differs from the version in use.")).toBeVisible();
    await picture(dana, "editor");
    await expectAccessible(dana);

    // What breaks a rule is found in every combination that has it, and leads to its text.
    await typeBehind(dana, `${LONG}, English`, " [[nothing]]");
    await expect(dana.getByText("42 combinations, 42 break a rule")).toBeVisible();
    await expect(send(dana)).toBeDisabled();
    await dana.getByRole("button", { name: "Undo" }).click();
    await checked(dana);
    await dana
      .getByRole("button", { name: /^Headline/ })
      .first()
      .click();
    await typeBehind(dana, "Headline, usual wording, English", " Call 413-555-0177.");
    await expect(dana.getByText(/combinations, \d+ break a rule/)).toBeVisible();
    await picture(dana, "broken");
    await dana.getByRole("button", { name: "Phone, short" }).first().click();
    await dana.getByRole("button", { name: "Show this text" }).first().click();
    await expect(field(dana, "Headline, usual wording, English")).toBeFocused();
    await dana.getByRole("button", { name: "Undo" }).click();

    await dana
      .getByRole("button", { name: /^Web page and CAP: what happens/ })
      .first()
      .click();
    await typeBehind(dana, `${DESCRIPTION}, English`, ` ${ADDED}`);
    await typeBehind(dana, `${DESCRIPTION}, Español`, " Mantenga la calma.");
    await expect(dana.locator(".preview").getByText(ADDED).first()).toBeVisible();
    // A sentence of hers stays as it is in every alert.
    const unanswered = dana.locator("details", { has: dana.locator("summary", { hasText: "[[unanswered]]" }) });
    await unanswered.locator("summary").click();
    await unanswered.getByText("Locked: a draft keeps it word for word.").click();
    await expect(unanswered.locator("summary")).toContainText("Locked");
    await dana.getByRole("button", { name: "Save the draft" }).click();
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await dana.locator("summary", { hasText: "[[hazard]]" }).click();
    await dana.locator("summary", { hasText: "parts are locked" }).click();
    await picture(dana, "changed");
    const small = await signIn(browser, "dana", { width: 320 });
    await small.goto(draft);
    await checked(small);
    for (const pane of ["Texts", "Wording", "Preview"]) {
      await small.getByRole("group", { name: "Parts of the editor" }).getByRole("button", { name: pane }).click();
      // The strip that stays in view covers what is scrolled under it.
      await small.evaluate(() => window.scrollTo(0, 0));
      await expectAccessible(small, { targets: true });
      await picture(small, `editor-${pane.toLowerCase()}-320`);
    }
    await small.close();

    // An approver who drafts too works on it: her words are saved, and Dana's next save says so.
    const ruth = await signIn(browser, "ruth");
    await ruth.goto(draft);
    await checked(ruth);
    await ruth.getByLabel("Name of the template").fill("911 outage, calm");
    await ruth.getByRole("button", { name: "Save the draft" }).click();
    await expect(ruth.getByText(/^Saved /)).toBeVisible();
    await dana.getByLabel("Name of the template").fill("911 outage, quiet");
    await dana.getByRole("button", { name: "Save the draft" }).click();
    await expect(dana.getByText("Not saved: someone else saved first")).toBeVisible();
    await expect(dana.getByLabel("Name of the template")).toHaveValue("911 outage, quiet");
    await dana.getByRole("button", { name: "Keep theirs" }).click();
    await expect(dana.getByLabel("Name of the template")).toHaveValue("911 outage, calm");

    await checked(dana);
    await expect(dana.getByText(/^All 42 combinations pass/)).toBeVisible();
    await send(dana).click();
    await expect(dana.getByRole("heading", { name: /waits for approval: 3 wordings differ/ })).toBeVisible();
    await expect(dana.getByRole("button", { name: "Take it back" })).toBeVisible();

    await ruth.reload();
    await expect(ruth.getByText("You can’t approve these words because you worked on them.")).toBeVisible();
    await expect(ruth.getByRole("button", { name: "Approve the new wording" })).toHaveCount(0);

    // An approver returns it; its authors see why, and send it again.
    const luis = await signIn(browser, "luis");
    await luis.goto(draft);
    await expect(luis.getByText("42 combinations, all pass")).toBeVisible();
    await luis.getByRole("radio", { name: /^Return for changes/ }).check();
    await luis.getByRole("textbox", { name: "Reason" }).fill("Ask Boston first");
    await luis.getByRole("button", { name: "Return it with this reason" }).click();
    await expect(luis.getByRole("heading", { name: /is being changed/ })).toBeVisible();
    await dana.reload();
    await expect(dana.getByText("“Ask Boston first”")).toBeVisible();
    await checked(dana);
    await send(dana).click();
    await expect(dana.getByRole("button", { name: "Take it back" })).toBeVisible();

    // Until it is approved, alerts are written with the version before.
    await prepare(dana, ["Hatfield"]);
    await expect(written(dana)).not.toContainText(ADDED);

    await luis.goto("/templates");
    await expect(luis.getByRole("heading", { level: 1 })).toContainText("1 change waits for approval");
    await luis.getByRole("link", { name: "Waits for approval" }).click();
    await expect(luis.locator("ins").filter({ hasText: ADDED })).toBeVisible();
    await expect(luis.getByText("42 combinations, all pass")).toBeVisible();
    await expectAccessible(luis);
    await picture(luis, "review");
    await narrow(luis, "review");
    await luis.getByRole("button", { name: "Approve the new wording" }).click();
    await luis.waitForURL("/templates");
    const row = luis.getByRole("row", { name: /^911 outage, calm/ });
    await expect(row).toContainText("Version 2");
    await expect(row).toContainText("Luis");
    await narrow(luis, "list");
    await luis.getByRole("link", { name: "911 outage, calm, version 1" }).click();
    await luis.getByRole("link", { name: "Version 2" }).click();
    await expect(luis.getByRole("heading", { name: "What changed from version 1 to 2" })).toBeVisible();
    await expect(luis.locator("ins").filter({ hasText: ADDED })).toBeVisible();
    await expect(luis.getByRole("heading", { name: /alerts were written with it/ })).toBeVisible();
    await picture(luis, "version");
    await narrow(luis, "version");

    // A new alert begins with the new words; the one from before keeps its own until its author takes them.
    await prepare(dana, ["Amherst"]);
    await expect(written(dana)).toContainText(ADDED);
    const description = dana.locator('[data-text="place.description.en-US"]');
    await expect(description.getByText("Locked, stays as it is:")).toBeVisible();
    await written(dana).click();
    await dana.keyboard.press("ControlOrMeta+a");
    await dana.keyboard.type("It is down.");
    await expect(description.getByText("Locked, and missing:")).toBeVisible();
    await expect(dana.getByText(/A sentence that the template locks stands in the text/).first()).toBeVisible();
    await picture(dana, "locked");
    await narrow(dana, "locked");
    await description
      .locator(".text-note", { hasText: "Locked, and missing:" })
      .getByRole("button", { name: "Put it back" })
      .click();
    await expect(written(dana)).toContainText(/It is down\. If nobody answers/);
    await dana.goto(`/alerts/${before}/edit`);
    await checked(dana);
    await expect(written(dana)).not.toContainText(ADDED);
    await expect(dana.getByText("Version 2 of the wording is out.")).toBeVisible();
    await picture(dana, "newer");
    await dana.getByRole("button", { name: "Take version 2" }).click();
    await dana.getByRole("button", { name: "Word them anew" }).click();
    await expect(written(dana)).toContainText(ADDED);
    await expect(dana.getByText("Version 2 of the wording is out.")).toHaveCount(0);

    // Another agency's drafter reads the words, changes none, and sees no alert that is not theirs.
    const gil = await signIn(browser, "gil");
    await gil.goto("/templates");
    await expect(gil.getByRole("button", { name: /^Change the wording/ })).toHaveCount(0);
    await gil.goto("/templates/outage-2");
    await expect(gil.getByRole("heading", { name: "No alert of yours was written with it" })).toBeVisible();
  },
);
