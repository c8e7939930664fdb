import { expect } from "@playwright/test";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { expectAccessible, pageErrors, prepare, send, signIn, test } from "./console";

test("an edit whose save was refused is never left out of what is sent", async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  await prepare(dana, ["Granby"]);
  const title = dana.getByLabel("Title of the alert");
  const button = dana.getByRole("button", { name: /^Send .*for approval$/ });
  await expect(button).toBeEnabled();
  // The session ends in another window of the same browser.
  const other = await dana.context().newPage();
  await other.goto("/");
  await other.getByRole("button", { name: "Sign out" }).click();
  await other.waitForURL(/sign-in/);
  await title.fill("Edited while signed out");
  await expect(dana.getByText(/Not saved: You are signed out/)).toBeVisible();
  const again = dana.getByRole("dialog", { name: /^You were signed out at/ });
  await expect(again).toBeVisible();
  await expectAccessible(dana);
  // Nothing behind it can be pressed, by hand or by keys.
  await dana.keyboard.press("Control+Enter");
  await expect(dana.getByText(/Not saved: You are signed out/)).toBeAttached();
  expect(dana.url()).toMatch(/\/edit$/);
  // Signed in again there, it is saved by itself here, and only then sent.
  await other.getByRole("button", { name: "Sign in as Dana Whitcomb" }).click();
  await other.waitForURL("/");
  await expect(dana.getByText(/^Saved /)).toBeVisible();
  await expect(again).toBeHidden();
  await expect(title).toHaveValue("Edited while signed out");
  await send(dana);
  await expect(dana.getByText("Edited while signed out").first()).toBeVisible();
});

test("a number that someone typed blocks sending, however it is written", async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  await prepare(dana, ["Hatfield"]);
  const text = dana.getByLabel("Phone, short, English", { exact: true });
  const button = dana.getByRole("button", { name: /^Send .*for approval$/ });
  for (const typed of ["413–555–0199", "4\u200b13-555-0199", "988", "413-555-HELP"]) {
    await text.press("ControlOrMeta+End");
    await dana.keyboard.insertText(` Or ${typed}.`);
    await expect(button, typed).toBeDisabled();
    await dana.getByRole("button", { name: "Undo" }).click();
    await expect(button, typed).toBeEnabled();
  }
});

test("a steward is told beside the field that a number belongs elsewhere", async ({ browser }) => {
  const karen = await signIn(browser, "karen");
  await karen.goto("/directory/2501526535");
  await karen.getByText("Add a number").click();
  const form = karen.locator("form", { has: karen.getByLabel("Who answers", { exact: true }) }).last();
  await form.getByLabel("Who answers", { exact: true }).fill("Desk, else 413 555 0199");
  await form.getByLabel("The ten-digit number").or(form.locator('[id$="phone"]')).first().fill("413-555-0155");
  await form
    .getByRole("button", { name: /Add|Save/ })
    .first()
    .click();
  await expect(karen.getByText("A phone number belongs under numbers, where it is verified.").first()).toBeVisible();
});

test("while a large file is read, pages go on being answered", { tag: "@night" }, async ({ browser }) => {
  const tess = await signIn(browser, "tess");
  const rows = Array.from(
    { length: 10_000 },
    (_, index) => `Nowhere ${index.toString(36)} upon Sea,413-555-0${100 + (index % 100)}`,
  );
  await tess.goto("/directory/import");
  await tess.locator('input[type="file"]').setInputFiles({
    name: "unknown.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["place,number", ...rows].join("\n")),
  });
  let reading = true;
  const read = (async () => {
    await tess.getByRole("button", { name: /^Read the file/ }).click();
    await tess.waitForURL(/\/directory\/import\/[0-9a-f-]{36}/);
    reading = false;
  })();
  let answered = 0;
  while (reading) {
    expect((await tess.request.get("/alerts")).status()).toBe(200);
    answered += 1;
  }
  await read;
  expect(answered).toBeGreaterThan(5);
  await expect(tess.getByText(/10,000/).first()).toBeVisible();
});

test(
  "a person sees where the own account is open, signs out elsewhere, and changes the password",
  { tag: "@night" },
  async ({ browser }) => {
    const [here, there] = [await signIn(browser, "gil"), await signIn(browser, "gil")];
    await here.getByRole("link", { name: /Gil Benoit/ }).click();
    await here.waitForURL(/\/account$/);
    await expect(here.getByText("this one")).toBeVisible();
    await expectAccessible(here);
    await here.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await here.getByRole("button", { name: "Sign out everywhere else" }).click();
    await expect(here.getByText(/^Signed out in \d+ other place/)).toBeVisible();
    await there.goto("/alerts");
    await there.waitForURL(/sign-in/);
    await here.getByLabel("Current password").fill("not this one");
    await here.getByLabel("New password").fill("copper lantern uphill 42 sparrow");
    await here.getByRole("button", { name: "Change your password" }).click();
    await expect(here.getByText("The password is not right.").first()).toBeVisible();
    await here.getByLabel("Current password").fill("a demonstration only");
    await here.getByLabel("New password").fill("aaaaaaaaaaaa");
    await here.getByRole("button", { name: "Change your password" }).click();
    await expect(here.getByText(/easy to guess/).first()).toBeVisible();
    await expectAccessible(here);
  },
);

test("the session's id is in no answer that a page can read, and another host is not answered", async ({ browser }) => {
  const mei = await signIn(browser, "mei");
  expect(Object.keys((await (await mei.request.get("/api/auth/session")).json()) as object)).toEqual(["expires"]);
  const rebound = await mei.request.get("/sign-in", { headers: { Host: "attacker.example" } });
  expect(rebound.status()).toBe(421);
  expect((await mei.request.get("/log?find=%00")).status()).toBe(400);
  // Whoever asks for the head of a file has taken nothing.
  const before = await (await mei.request.get("/api/log.csv?action=message.exported")).text();
  await mei.request.head("/api/alerts/none/cap.zip");
  expect(await (await mei.request.get("/api/log.csv?action=message.exported")).text()).toBe(before);
  expect(pageErrors).toEqual([]);
});
