import fs from "node:fs";
import { expect, type Page } from "@playwright/test";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { readCode, readPdf, readPicture } from "../lib/delivery/press/paper-for-tests";
import { consoleUnderTest, expectAccessible, pageErrors, prepare, send, signIn, test, tickAll } from "./console";

/** What newsrooms, social media desks and doors get: seen in the composer, taken after publication. */

async function picture(page: Page, name: string): Promise<void> {
  const { pictures } = consoleUnderTest();
  if (pictures) await page.screenshot({ path: `${pictures}/press-${name}.png`, fullPage: true });
}

async function take(page: Page, link: RegExp): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: link }).click()]);
  const { pictures } = consoleUnderTest();
  if (pictures) await download.saveAs(`${pictures}/${download.suggestedFilename()}`);
  return fs.readFileSync(await download.path());
}

test(
  "a post, a script, a picture and a notice, before and after publication",
  { tag: "@night" },
  async ({ browser }) => {
    const [dana, luis] = [await signIn(browser, "dana"), await signIn(browser, "luis")];
    await prepare(dana, ["Granby", "Belchertown", "Amherst"]);

    // Seen before anything is sent, and fresh with every keystroke.
    await dana.getByRole("tab", { name: "Post" }).click();
    const panel = dana.getByRole("tabpanel");
    await expect(panel.getByText(/of 280, with room for a link$/)).toBeVisible();
    await expect(panel.getByRole("figure", { name: "Picture, English" })).toContainText("413-555-01");
    await panel.getByRole("button", { name: "Español" }).click();
    await expect(panel.getByRole("figure", { name: "Picture, Español" })).toContainText("413-555-01");
    await expectAccessible(dana);
    await picture(dana, "composer-post");
    await dana.getByRole("tab", { name: "Notice" }).click();
    await expect(panel.getByRole("figure", { name: /^Notice, / })).toContainText("413-555-01");
    await expectAccessible(dana);
    await picture(dana, "composer-notice");

    await send(dana);
    await luis.goto(dana.url());
    await tickAll(luis);
    await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await luis.getByRole("button", { name: /^Publish to 3 places$/ }).click();
    await luis.waitForURL(/\/alerts\/[^/]+$/);

    // All places first, then the one that is chosen, by keyboard.
    await dana.goto(luis.url());
    await dana.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const kit = dana.getByRole("region", { name: "Posts, pictures and notices" });
    await expect(
      kit
        .getByText(
          /^Demonstration, not a real outage\.[^]*:\n\nAmherst: 413-555-01\d\d\nBelchertown: 413-555-01\d\d\nGranby: 413-555-0142\n\n/,
        )
        .first(),
    ).toBeVisible();
    await picture(dana, "all");
    await kit.getByLabel("Show for").selectOption({ label: "Granby" });
    await kit.getByRole("button", { name: "Copy, English, post for Granby" }).press("Enter");
    await expect(kit.getByRole("button", { name: /^Copied/ })).toBeVisible();
    await expect(kit.getByRole("status")).toContainText("Copied: English, post for Granby.");
    const copied = await dana.evaluate(() => navigator.clipboard.readText());
    const page = (await kit.getByRole("link", { name: /^Public page ?, English$/ }).getAttribute("href"))!;
    expect(copied).toContain("413-555-0142");
    expect(copied.endsWith(` ${page}`)).toBe(true);
    await kit.getByRole("button", { name: "Copy, English, script for Granby" }).press("Space");
    await expect(kit.getByRole("status")).toContainText("Copied: English, script for Granby.");

    const shown = readPicture(await take(dana, /^Picture \(PNG\) ?, English$/));
    expect(shown).toEqual({ width: 1200, height: 630, code: page });
    const notice = readPdf(await take(dana, /^Notice \(PDF\) ?, English$/));
    expect(notice.pages).toBe(1);
    expect(notice.lines).toContain("413-555-0142");
    expect(readCode(notice.squares)).toBe(page);
    await take(dana, /^Picture \(PNG\) ?, Español$/);
    await take(dana, /^Notice \(PDF\) ?, Español$/);
    await expectAccessible(dana, { targets: true });
    await picture(dana, "granby");
    await dana.setViewportSize({ width: 320, height: 900 });
    await expectAccessible(dana);
    await picture(dana, "granby-320");
    await dana.setViewportSize({ width: 1280, height: 900 });
    await kit.getByLabel("Show for").selectOption({ label: "All 3 places: the list of numbers" });
    await take(dana, /^Picture \(PNG\) ?, English$/);
    expect(readPdf(await take(dana, /^Notice \(PDF\) ?, English$/)).lines).toEqual(
      expect.arrayContaining(["Amherst", "Belchertown", "Granby"]),
    );

    // A town's drafter may read what people of the town were told; the files are the agency's.
    const gil = await signIn(browser, "gil");
    const id = luis.url().split("/").at(-1)!;
    for (const file of ["texts.json", "picture.png", "notice.pdf"]) {
      const answer = await gil.request.get(`/api/alerts/${id}/press/${file}?of=all&language=en-US`);
      expect(answer.status(), file).toBe(404);
    }
    expect(pageErrors).toEqual([]);
  },
);
