import { expect, type Page } from "@playwright/test";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { consoleUnderTest, expectAccessible, prepare, send, signIn, test } from "./console";

/** What an agency may publish: set by the agency above, kept for those below, and said where it is missed. */

const GRANBY = "Granby, Massachusetts, Police Department";

async function picture(page: Page, name: string): Promise<void> {
  const { pictures } = consoleUnderTest();
  if (!pictures) return;
  await page.screenshot({ path: `${pictures}/allowance-${name}.png`, fullPage: true });
  await page.setViewportSize({ width: 320, height: 800 });
  await page.screenshot({ path: `${pictures}/allowance-${name}-320.png`, fullPage: true });
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Opens the boxes of Granby. */
async function openBoxes(page: Page) {
  await page.goto("/admin/agencies");
  const form = page.getByRole("form", { name: `What ${GRANBY} may publish` });
  await page.getByText(`Change what ${GRANBY} may publish`).click();
  return form;
}

test(
  "an agency is kept from first alerts and from a channel, and allowed them again",
  { tag: "@night" },
  async ({ browser }) => {
    const [sam, gil, luis] = [
      await signIn(browser, "sam"),
      await signIn(browser, "gil"),
      await signIn(browser, "luis"),
    ];
    // An alert of Granby's own waits for approval while the rule is made.
    const id = await prepare(gil, ["Granby"]);
    await send(gil);

    const form = await openBoxes(sam);
    const save = form.getByRole("button", { name: /^Save/ });
    await expect(save).toBeDisabled();
    await form.getByLabel("Public site and feeds").uncheck();
    await save.click();
    await expect(form.getByText("Saved.")).toBeVisible();
    await expect(sam.getByText("Not allowed: Public site and feeds.")).toBeVisible();
    await expectAccessible(sam);
    await luis.goto(`/alerts/${id}/review`);
    await expect(luis.getByText("Not to Public site.")).toBeVisible();
    await expect(luis.getByText(`${GRANBY} is not allowed to use channels of the kind`)).toBeVisible();
    await picture(luis, "review");

    const again = await openBoxes(sam);
    await again.getByLabel("First alerts of a 911 outage").uncheck();
    await again.getByLabel("Exercises").uncheck();
    await again.getByRole("button", { name: /^Save/ }).click();
    await expect(sam.getByText("Not allowed: 911 outage alerts, exercises, Public site and feeds.")).toBeVisible();
    const may = `${GRANBY} is not allowed to publish 911 outage alerts. Massachusetts State 911 Department may.`;
    await luis.reload();
    await expect(luis.getByText("It can’t be published now.")).toBeVisible();
    await gil.goto("/incidents/new");
    await expect(gil.getByText(may)).toBeVisible();
    await picture(gil, "declare");
    await gil.goto("/exercises/new");
    await expect(gil.getByText(`${GRANBY} is not allowed to run exercises.`)).toBeVisible();
    await expect(gil.getByRole("button", { name: /^Start/ })).toHaveCount(0);
    await picture(gil, "exercise");

    // Allowing more takes proof of who does it.
    const wider = await openBoxes(sam);
    for (const name of ["First alerts of a 911 outage", "Exercises", "Public site and feeds"]) {
      await wider.getByLabel(name).check();
    }
    await expect(wider.getByRole("button", { name: /^Save/ })).toBeDisabled();
    await picture(sam, "agencies");
    await wider.getByLabel("Your password").fill("not my password");
    await wider.getByRole("button", { name: /^Save/ }).click();
    await expect(wider.getByRole("alert").first()).toContainText("password");
    await expect(wider.getByLabel("Exercises")).toBeChecked();
    await wider.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await wider.getByRole("button", { name: /^Save/ }).click();
    await expect(sam.getByText(/^Not allowed:/)).toHaveCount(0);
    await luis.reload();
    await expect(luis.getByText("It can’t be published now.")).toHaveCount(0);
    await expect(luis.getByRole("heading", { name: "Where it goes" })).toBeVisible();
  },
);
