import fs from "node:fs";
import { expect, test } from "@playwright/test";
import { expectAccessible, pageErrors, signIn } from "./console";

const example = fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml", "utf8");

test("a message is checked by paste and by file, and becomes a draft, never more", async ({ browser }) => {
  // An auditor may check, whatever else is closed to that role.
  const mei = await signIn(browser, "mei");
  await mei.goto("/check");
  await expectAccessible(mei);
  await mei.getByRole("button", { name: "Check it" }).click();
  await expect(mei.getByText("Paste a message or choose a file.").first()).toBeVisible();
  await mei.getByLabel("The message, as XML").fill(example.replace("<certainty>Observed", "<certainty>Surely"));
  await mei.getByRole("button", { name: "Check it" }).click();
  await expect(mei.getByRole("heading", { name: /rule.* must be kept .* broken/ })).toBeVisible();
  const place = mei.getByRole("link", { name: /certainty/ }).first();
  await place.click();
  await expect(place).toHaveAttribute("aria-current", "true");
  await expectAccessible(mei);
  await mei.getByLabel("The message, as XML").fill("<!DOCTYPE a><a/>");
  await mei.getByRole("button", { name: "Check it" }).click();
  await expect(mei.getByText(/document type \(DOCTYPE\)/).first()).toBeVisible();
  await expect(mei.getByRole("button", { name: "Make a draft of it" })).toHaveCount(0);

  // A drafter makes a draft of it.
  const dana = await signIn(browser, "dana");
  await dana.goto("/incidents/new");
  await dana.getByRole("radio", { name: "Every call" }).check();
  await dana.getByText("Fails too").click();
  await dana.getByLabel("How do you know").fill("Two dispatch centers by telephone");
  await dana.getByRole("button", { name: "Paste a list" }).click();
  await dana.getByLabel("One place a line").fill("Belchertown");
  await dana.getByRole("button", { name: /^Declare the incident for/ }).click();
  await dana.waitForURL(/\/incidents\/0/);
  const incident = new URL(dana.url()).pathname.split("/").at(-1)!;
  await dana.goto("/check");
  await dana.locator('input[type="file"]').setInputFiles({
    name: "message.cap",
    mimeType: "application/cap+xml",
    buffer: Buffer.from(example),
  });
  await expect(dana.getByRole("heading", { name: "message.cap keeps every rule that must be kept" })).toBeVisible();
  await expect(dana.getByText("Not signed")).toBeVisible();
  await expectAccessible(dana);
  await dana.setViewportSize({ width: 320, height: 800 });
  await expectAccessible(dana);
  await dana.setViewportSize({ width: 1280, height: 800 });
  await dana.getByLabel("For which incident").selectOption(incident);
  await dana.getByRole("button", { name: "Make a draft of it" }).click();
  await dana.waitForURL(/\/edit$/);
  await expect(dana.getByRole("button", { name: /^Send .* to the approver/ })).toBeVisible();
  expect(pageErrors).toEqual([]);
});
