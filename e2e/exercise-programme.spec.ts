import { expect, type Page } from "@playwright/test";
import { consoleUnderTest, expectAccessible, pageErrors, send, signIn, test, tickAll } from "./console";

/** An exercise from its plan to its certificate, by an agency of its own, so that no other journey's outage is open. */

async function picture(page: Page, name: string): Promise<void> {
  const { pictures } = consoleUnderTest();
  if (pictures) await page.screenshot({ path: `${pictures}/exercise-${name}.png`, fullPage: true });
}

/** Looks at a page wide and narrow. */
async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await picture(page, name);
  await page.setViewportSize({ width: 320, height: 900 });
  await expectAccessible(page);
  await picture(page, `${name}-320`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

test("an exercise is planned, played, measured, closed and certified", { tag: "@night" }, async ({ browser }) => {
  const [gil, luis] = [await signIn(browser, "gil"), await signIn(browser, "luis")];
  await gil.goto("/incidents");
  await gil.getByRole("link", { name: "Exercises", exact: true }).click();
  await expect(gil.getByRole("heading", { level: 1 })).toHaveText("No exercise is planned");
  await look(gil, "empty");
  await gil.getByRole("link", { name: "Plan an exercise" }).click();

  // What is missing is said beside its field, and what was typed stays.
  await gil.getByLabel("Title").fill("Cable cut in Granby");
  await gil.getByRole("button", { name: "Add an inject" }).click();
  await gil.getByRole("button", { name: "Plan the exercise" }).click();
  const summary = gil.locator(".error-summary");
  await expect(summary).toContainText("Not planned yet.");
  await expect(summary).toContainText("Choose someone who declares, someone who drafts, someone who approves.");
  await expect(gil.getByLabel("What players are told")).toHaveAttribute("aria-invalid", "true");
  await expect(gil.getByLabel("Title")).toHaveValue("Cable cut in Granby");
  await look(gil, "errors");

  await gil.getByLabel("What players know at the beginning").fill("The dispatch center hears of calls that fail.");
  await gil.getByRole("radio", { name: "Every call" }).check();
  await gil.getByText("Fails too").click();
  await gil.getByRole("button", { name: /^Choose all of/ }).click();
  const part = (name: string) => gil.getByRole("group", { name, exact: true });
  await part("Declares the outage").getByLabel("Gil Benoit").check();
  await part("Drafts the alert").getByLabel("Gil Benoit").check();
  await part("Approves the alert").getByLabel("Luis Ferreira").check();
  await gil.getByLabel("What players are told").fill("A reporter asks what people should do.");
  await gil.getByLabel("Minutes", { exact: true }).fill("0");
  await gil.getByRole("button", { name: "Add an inject" }).click();
  await gil.getByLabel("What players are told").nth(1).fill("The provider says that the cable is mended.");
  await gil.getByLabel("When").nth(1).selectOption("published");
  await gil.getByLabel("From the first alert to its first update").fill("");
  await look(gil, "plan");
  await gil.getByRole("button", { name: "Plan the exercise" }).click();
  await gil.waitForURL(/\/exercises\/0/);
  await expect(gil.getByRole("heading", { level: 1 })).toHaveText("Exercise: Cable cut in Granby");
  await look(gil, "planned");
  const address = gil.url();

  // Whoever plays is told at home, and reads nothing ahead.
  await luis.goto("/");
  await expect(luis.getByText("Your part: approves the alert.")).toBeVisible();
  await luis.goto(address);
  await expect(luis.getByText("Shown when the exercise starts.")).toBeVisible();
  await expect(luis.getByText("A reporter asks")).toHaveCount(0);

  await gil.getByRole("link", { name: "Change the plan" }).click();
  await expect(gil.getByLabel("What players are told").first()).toHaveValue("A reporter asks what people should do.");
  await gil.getByLabel("Title").fill("Cable cut, Granby");
  await gil.getByRole("button", { name: "Save the changed plan" }).click();
  await expect(gil.getByRole("heading", { level: 1 })).toHaveText("Exercise: Cable cut, Granby");
  await gil.getByRole("button", { name: "Start the exercise" }).click();
  await expect(gil.getByText("Your part: declares the outage, drafts the alert.")).toBeVisible();

  // The page of another player renews itself.
  await luis.reload();
  await expect(luis.getByText("A reporter asks what people should do.")).toBeVisible();
  await luis.getByRole("button", { name: "I have read this" }).click();
  await expect(luis.getByRole("button", { name: "I have read this" })).toHaveCount(0);
  await expect(gil.getByText(/Luis Ferreira \d\d:/)).toBeVisible({ timeout: 15_000 });
  await look(gil, "running");

  await gil.getByRole("link", { name: "Declare the outage" }).click();
  await expect(gil.getByRole("radio", { name: "Every call" })).toBeChecked();
  await gil.getByLabel("How do you know").fill("The exercise plan");
  await gil.getByLabel("Type EXERCISE").fill("EXERCISE");
  await expectAccessible(gil);
  await picture(gil, "declare");
  await gil.getByRole("button", { name: "Exercise: declare the outage in 1 place" }).click();
  await gil.waitForURL(/\/incidents\/0/);
  await gil.getByRole("button", { name: /^Prepare/ }).click();
  await gil.waitForURL(/\/edit$/);
  await send(gil);
  await luis.goto(gil.url());
  await tickAll(luis);
  await luis.getByLabel("Type EXERCISE").fill("EXERCISE");
  await luis.getByRole("button", { name: "Exercise: publish to 1 place, to nobody outside" }).click();
  await luis.waitForURL(/\/alerts\/[^/]+$/);

  await gil.goto(address);
  await expect(gil.getByText("The provider says that the cable is mended.")).toBeVisible();
  await look(gil, "published");
  await gil.getByRole("button", { name: "Close the exercise" }).click();
  await gil.getByRole("button", { name: "Close it", exact: true }).click();
  await expect(gil.getByText("Every stage with a target was reached.")).toBeVisible();
  await look(gil, "closed");
  const [file] = await Promise.all([
    gil.waitForEvent("download"),
    gil.getByRole("link", { name: "CSV", exact: true }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^callbox-exercise-.*\.csv$/);

  await gil.getByRole("link", { name: "Certificate of Luis Ferreira" }).click();
  await expect(gil.getByRole("heading", { level: 1 })).toHaveText("Certificate of an exercise");
  await expect(gil.getByText("This was an exercise. Nothing was sent to the public.")).toBeVisible();
  await look(gil, "certificate");
  await gil.emulateMedia({ media: "print" });
  await picture(gil, "certificate-print");
  await gil.emulateMedia({ media: "screen" });

  const sam = await signIn(browser, "sam");
  await sam.goto("/exercises/proficiency");
  await expect(sam.getByRole("row", { name: /Granby/ })).toContainText("Completed");
  await sam.getByRole("button", { name: "Note the demonstration" }).click();
  await expect(sam.locator(".error-summary")).toContainText("Choose who demonstrated it.");
  await sam.getByLabel("Agency").selectOption({
    label:
      (await sam
        .getByRole("row", { name: /Granby/ })
        .getByRole("rowheader")
        .textContent()) ?? "",
  });
  await sam.getByLabel("Who demonstrated it").selectOption({ label: "Gil Benoit" });
  const month = new Date().toISOString().slice(0, 7);
  await sam.getByLabel("Day").fill(`${month}-01`);
  await sam.getByRole("button", { name: "Note the demonstration" }).click();
  await expect(sam.getByRole("row", { name: /Granby/ })).toContainText("Noted by Sam Okafor");
  await look(sam, "proficiency");
  await sam.goto("/exercises");
  await look(sam, "list");
  expect(pageErrors).toEqual([]);
});
