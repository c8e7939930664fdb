import fs from "node:fs";
import { expect } from "@playwright/test";
import { declare, expectAccessible, pageErrors, signIn, test } from "./console";

const example = fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml", "utf8");

test(
  "a message is checked by paste and by file, and becomes a draft, never more",
  { tag: "@night" },
  async ({ browser }) => {
    // An auditor may check, whatever else is closed to that role.
    const mei = await signIn(browser, "mei");
    await mei.goto("/check");
    await expectAccessible(mei);
    await mei.getByRole("button", { name: "Validate" }).click();
    await expect(mei.getByText("Paste a message or choose a file.").first()).toBeVisible();
    await mei.getByLabel("Message (XML)").fill(example.replace("<certainty>Observed", "<certainty>Surely"));
    await mei.getByRole("button", { name: "Validate" }).click();
    await expect(mei.getByRole("heading", { name: /must be fixed/ })).toBeVisible();
    const place = mei.getByRole("link", { name: /certainty/ }).first();
    await place.click();
    await expect(place).toHaveAttribute("aria-current", "true");
    await expectAccessible(mei);
    await mei.getByLabel("Message (XML)").fill("<!DOCTYPE a><a/>");
    await mei.getByRole("button", { name: "Validate" }).click();
    await expect(mei.getByText(/document type \(DOCTYPE\)/).first()).toBeVisible();
    await expect(mei.getByRole("button", { name: "Start a draft" })).toHaveCount(0);

    // A drafter makes a draft of it.
    const dana = await signIn(browser, "dana");
    await dana.goto("/incidents/new");
    await dana.getByRole("radio", { name: "Every call" }).check();
    await dana.getByText("Fails too").click();
    await dana.getByLabel("How do you know").fill("Two dispatch centers by phone");
    await dana.getByRole("button", { name: "Paste a list" }).click();
    await dana.getByLabel("One place per line").fill("Belchertown");
    await declare(dana, /^Declare an outage in/);
    const incident = new URL(dana.url()).pathname.split("/").at(-1)!;
    await dana.goto("/check");
    await dana.locator('input[type="file"]').setInputFiles({
      name: "message.cap",
      mimeType: "application/cap+xml",
      buffer: Buffer.from(example),
    });
    await expect(dana.getByRole("heading", { name: "message.cap has no problems that must be fixed" })).toBeVisible();
    await expect(dana.getByText("Not signed")).toBeVisible();
    await expectAccessible(dana);
    await dana.setViewportSize({ width: 320, height: 800 });
    await expectAccessible(dana);
    await dana.setViewportSize({ width: 1280, height: 800 });
    await dana.getByLabel("Incident", { exact: true }).selectOption(incident);
    await dana.getByRole("button", { name: "Start a draft" }).click();
    await dana.waitForURL(/\/edit$/);
    await expect(dana.getByRole("button", { name: /^Send .*for approval$/ })).toBeVisible();
    expect(pageErrors).toEqual([]);
  },
);
