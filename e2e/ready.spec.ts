import { expect, type Page } from "@playwright/test";
import { consoleUnderTest, declare, expectAccessible, pageErrors, signIn, test } from "./console";

/** A draft prepared while 911 works, looked after, and begun from when it fails. */

async function picture(page: Page, name: string): Promise<void> {
  const { pictures } = consoleUnderTest();
  if (pictures) await page.screenshot({ path: `${pictures}/ready-${name}.png`, fullPage: true });
}

async function makeReady(page: Page, title: string, places: string[]): Promise<void> {
  await page.goto("/alerts");
  await page.getByRole("link", { name: "Ready drafts", exact: true }).click();
  await page.getByRole("link", { name: "Make a ready draft" }).click();
  await page.getByLabel("Title").fill(title);
  await page.getByRole("radio", { name: "Every call" }).check();
  await page.getByText("Fails too").click();
  await page.getByRole("button", { name: "Paste a list" }).click();
  await page.getByLabel("One place per line").fill(places.join("\n"));
  await page.getByRole("button", { name: /^Make the ready draft for/ }).click();
  await page.waitForURL(/\/alerts\/ready\/0/);
}

test("a form that was begun comes back after a crash", async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  await dana.goto("/alerts/ready/new");
  await dana.getByLabel("Title").fill("Begun and lost");
  await dana.getByRole("radio", { name: "Landlines only" }).check();
  await dana.getByRole("button", { name: "Counties" }).click();
  await dana.getByRole("checkbox", { name: /Hampshire/ }).check();
  const where = dana.getByRole("heading", { name: /^Where: \d+ places/ });
  const count = await where.textContent();
  await dana.reload();
  await expect(dana.getByLabel("Title")).toHaveValue("");
  await dana.getByRole("button", { name: "Use the unsaved text" }).click();
  await expect(dana.getByLabel("Title")).toHaveValue("Begun and lost");
  await expect(dana.getByRole("radio", { name: "Landlines only" })).toBeChecked();
  await expect(where).toHaveText(count ?? "");
  await dana.reload();
  await dana.getByRole("button", { name: "Start again without it" }).click();
  await dana.reload();
  await expect(dana.getByText(/^Unsaved text from/)).toHaveCount(0);
});

test(
  "a ready draft is made, checked, shown at home when stale, and begun from",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    await dana.goto("/alerts/ready/new");
    await dana.getByRole("button", { name: "Make the ready draft", exact: true }).click();
    await expect(dana.locator(".error-summary")).toContainText("Not made yet.");
    await expectAccessible(dana);
    await picture(dana, "new");

    await makeReady(dana, "Two towns on the river", ["Granby", "Belchertown"]);
    await expect(dana.getByText("Ready", { exact: true })).toBeVisible();
    await expect(dana.getByText("Every place would give out the same number as then.")).toBeVisible();
    await expect(dana.getByRole("figure", { name: /^Phone, / })).toContainText("413-555-01");
    await expectAccessible(dana, { targets: true });
    await picture(dana, "one");
    await dana.setViewportSize({ width: 320, height: 900 });
    await expectAccessible(dana);
    await picture(dana, "one-320");
    await dana.setViewportSize({ width: 1280, height: 900 });

    // Ware has no usable number, so this one waits for a person from the beginning.
    await makeReady(dana, "With Ware", ["Granby", "Ware"]);
    await dana.getByRole("button", { name: "Check now" }).click();
    await expect(dana.getByText(/^A number that nobody verified is not given out: Ware\.$/)).toBeVisible();
    await expect(dana.getByRole("button", { name: "Check now" })).toBeEnabled();
    await picture(dana, "stale");
    await dana.goto("/");
    await expect(dana.getByRole("heading", { name: "1 ready draft needs attention" })).toBeVisible();
    await picture(dana, "home");
    await dana.goto("/alerts/ready");
    await expect(dana.getByRole("heading", { level: 1 })).toHaveText("1 of 2 ready drafts needs attention");
    await expectAccessible(dana);
    await picture(dana, "list");
    await dana.setViewportSize({ width: 320, height: 900 });
    await expectAccessible(dana);
    await picture(dana, "list-320");
    await dana.setViewportSize({ width: 1280, height: 900 });

    // 911 fails in a part of it.
    await dana.goto("/incidents/new");
    await dana.getByRole("radio", { name: "Every call" }).check();
    await dana.getByText("Fails too").click();
    await dana.getByLabel("How do you know").fill("Calls to twelve dispatch centers");
    await dana.getByRole("button", { name: "Paste a list" }).click();
    await dana.getByLabel("One place per line").fill("Belchertown");
    await declare(dana, /^Declare an outage in/);
    await expect(dana.getByRole("heading", { name: "Begin from a ready draft" })).toBeVisible();
    await expect(dana.getByRole("button", { name: /^Begin from it/ })).toHaveCount(1);
    await expectAccessible(dana);
    await picture(dana, "offer");
    await dana.getByRole("button", { name: /^Begin from it ?: Two towns on the river$/ }).click();
    await dana.waitForURL(/\/edit$/);
    await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });

    await dana.goto("/alerts/ready");
    await dana.getByRole("link", { name: "With Ware" }).click();
    await dana.getByRole("button", { name: "Retire" }).click();
    await dana.getByRole("button", { name: "Retire it" }).click();
    await expect(dana.getByRole("heading", { level: 1 })).toHaveText("1 draft is ready");
    expect(pageErrors).toEqual([]);
  },
);
