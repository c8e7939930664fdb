import { expect, type Page } from "@playwright/test";
import { Client } from "pg";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { consoleUnderTest, expectAccessible, openPage, pageErrors, prepare, readKept, send, setUpApp, signIn, test, tickAll } from "./console"; // prettier-ignore

/** Who may, proven: a second factor on a real site, and access that two people grant. */

/** A passkey that the browser keeps, with a finger always at hand. */
async function withPasskeys(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const PICTURES = consoleUnderTest().pictures;
async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

async function query(sql: string, values: unknown[]): Promise<void> {
  const client = new Client(consoleUnderTest().realDatabase);
  await client.connect();
  await client.query(sql, values);
  await client.end();
}

test("an administrator of a real site sets up an app and a passkey, and can do nothing before", async ({ browser }) => {
  const ben = await openPage(browser, { width: 320, url: consoleUnderTest().realUrl });
  await withPasskeys(ben);
  await ben.goto("/admin?from=here");
  await picture(ben, "sign-in-320");
  await expectAccessible(ben, { targets: true });
  // With the keyboard alone.
  await expect(ben.getByLabel("Work email")).toBeFocused();
  await ben.keyboard.type("ben@callbox.example");
  await ben.keyboard.press("Tab");
  await ben.keyboard.type(DEMONSTRATION_PASSWORD);
  await ben.keyboard.press("Enter");
  const refused: string[] = [];
  ben.on("response", (response) => {
    if (response.status() === 403) refused.push(response.url());
  });
  await expect(ben.getByRole("heading", { name: "Set up a second factor to go on" })).toBeVisible();
  await expectAccessible(ben, { targets: true });
  for (const closed of ["/", "/admin", "/account", "/directory"]) {
    await ben.goto(closed);
    await ben.waitForURL("/account/second-factor");
  }
  // Longer than the frame of a page waits before it asks again what is open.
  await ben.waitForTimeout(4000);
  expect(refused).toEqual([]);
  expect((await ben.request.get("/api/log.csv")).status()).toBe(403);

  await ben.getByRole("button", { name: "Set up an authenticator app" }).focus();
  await ben.keyboard.press("Enter");
  await expect(ben.getByRole("img", { name: "QR code for the app" })).toBeVisible();
  await picture(ben, "app-320");
  await expectAccessible(ben, { targets: true });
  await ben.goto("/account/second-factor");
  await setUpApp(ben, "ben");
  await expect(ben.getByText("10 of 10 left. Each works once.")).toBeVisible();

  await ben.getByLabel("Name of the passkey").fill("laptop");
  await ben.keyboard.press("Enter");
  await expect(ben.getByText("laptop", { exact: true })).toBeVisible();
  await expectAccessible(ben, { targets: true });
  await picture(ben, "factors-320");

  await ben.goto("/account");
  await expectAccessible(ben, { targets: true });
  await ben.getByRole("button", { name: "Menu" }).click();
  await ben.getByRole("button", { name: "Sign out", exact: true }).click();
  await ben.waitForURL(/sign-in/);
  await ben.goto("/admin/agencies");
  await ben.getByRole("button", { name: "Use a passkey" }).click();
  await ben.waitForURL("/admin/agencies");

  // The same browser, by password: the second step stands between.
  await ben.context().clearCookies();
  await ben.goto("/sign-in");
  await ben.getByLabel("Work email").fill("ben@callbox.example");
  await ben.getByLabel("Password", { exact: true }).fill(DEMONSTRATION_PASSWORD);
  await ben.keyboard.press("Enter");
  await expect(ben.getByRole("heading", { name: "Enter your one-time code" })).toBeVisible();
  await expectAccessible(ben, { targets: true });
  await picture(ben, "second-step-320");
  expect((await ben.request.get("/api/session")).status()).toBe(401);
  await ben.getByLabel("One-time code").fill("000000");
  await ben.keyboard.press("Enter");
  await expect(ben.getByText("The code is not right, or it was used before.").first()).toBeVisible();
  await ben.getByRole("button", { name: "Use a passkey" }).click();
  await ben.waitForURL("/");
  expect(pageErrors).toEqual([]);
});

test("a new approver is granted by two, and not by one", { tag: "@night" }, async ({ browser }) => {
  const { realUrl: url } = consoleUnderTest();
  const [ada, ben] = [await signIn(browser, "ada", { url }), await signIn(browser, "ben", { url })];
  await ada.goto("/admin");
  await ada.getByLabel("Name").fill("Cora New");
  await ada.getByLabel("Work email").fill("cora@callbox.example");
  await ada.locator("#roles").getByText("approver").click();
  await ada.getByRole("button", { name: "Create one-time link" }).click();
  await expect(ada.getByText("Another administrator must confirm for Cora New: approver.")).toBeVisible();
  const link = await ada.locator(".box .mono").textContent();
  await ada.goto("/admin/requests");
  await expect(ada.getByRole("button", { name: "Take it back" })).toBeVisible();
  await expect(ada.getByRole("button", { name: "Confirm it" })).toHaveCount(0);

  const cora = await openPage(browser, { url });
  await cora.goto(link!);
  await cora.getByLabel("New password").fill("copper lantern uphill 42 sparrow");
  await cora.getByRole("button", { name: "Set password" }).click();
  await cora.getByRole("link", { name: /^Sign in as/ }).click();
  await cora.getByLabel("Work email").fill("cora@callbox.example");
  await cora.getByLabel("Password", { exact: true }).fill("copper lantern uphill 42 sparrow");
  await cora.keyboard.press("Enter");
  await cora.waitForURL("/");
  await cora.goto("/alerts");
  await expect(cora.getByRole("heading", { name: "Your role can’t open this page" })).toBeVisible();

  await ben.goto("/");
  await ben.getByRole("link", { name: "Open the requests" }).click();
  await expect(
    ben.getByRole("heading", { name: "Make Cora New an approver of Rhode Island Emergency Office" }),
  ).toBeVisible();
  await expectAccessible(ben);
  await picture(ben, "request");
  await expect(ben.getByRole("button", { name: "Confirm it" })).toBeDisabled();
  await ben.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
  await ben.getByLabel("One-time code").fill("000000");
  await ben.getByRole("button", { name: "Confirm it" }).click();
  await expect(ben.getByText("The code is not right, or it was used before.").first()).toBeVisible();
  await ben.getByLabel("One-time code").fill(readKept().get("ben")!.codes.at(-1)!);
  await ben.getByRole("button", { name: "Confirm it" }).click();
  await expect(ben.getByText("Nothing waits for a second administrator.")).toBeVisible();

  // Ada made the first link and could have used it: so what was set up with it ended, and Ben is shown another one.
  const another = await ben.locator(".box .mono").textContent();
  expect(another).not.toBe(link);
  await picture(ben, "request-confirmed");
  await cora.goto("/alerts");
  await cora.waitForURL(/\/sign-in/);
  await cora.goto(another!);
  await cora.getByLabel("New password").fill("an orchard of 42 quiet kettles");
  await cora.getByRole("button", { name: "Set password" }).click();
  await cora.getByRole("link", { name: /^Sign in as/ }).click();
  await cora.getByLabel("Work email").fill("cora@callbox.example");
  await cora.getByLabel("Password", { exact: true }).fill("an orchard of 42 quiet kettles");
  await cora.keyboard.press("Enter");
  // With the role comes the second factor that it takes.
  await cora.waitForURL("/account/second-factor");
  await cora.goto("/alerts");
  await expect(cora.getByRole("heading", { name: "Set up a second factor to go on" })).toBeVisible();

  await ada.goto("/admin/access-review");
  await expectAccessible(ada);
  await picture(ada, "access-review");
  await ada.getByRole("button", { name: "I read all of it, and it is right" }).click();
  await expect(ada.getByText("Recorded in the activity log.")).toBeVisible();
  await ada.goto("/admin");
  await ada.getByRole("link", { name: "Cora New", exact: true }).click();
  // The title comes after the page.
  await expect(ada).toHaveTitle(/\S/);
  await expectAccessible(ada);
  await ada.getByRole("button", { name: "Cora New leaves…" }).click();
  await expect(ada.getByText("the role approver in Rhode Island Emergency Office")).toBeVisible();
  await expectAccessible(ada);
  await picture(ada, "leaving");
  await ada.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
  await ada.getByLabel("One-time code").fill(readKept().get("ada")!.codes.at(-1)!);
  await ada.getByRole("button", { name: "End all of it" }).click();
  await expect(ada.getByText("Cora New has no access of any kind.")).toBeVisible();
  await cora.goto("/");
  await cora.waitForURL(/sign-in/);
  expect(pageErrors).toEqual([]);
});

test(
  "a session warns before it ends, and signing in over the page returns to the same field",
  { tag: "@night" },
  async ({ browser }) => {
    test.setTimeout(300_000);
    const { realUrl: url } = consoleUnderTest();
    const ada = await signIn(browser, "ada", { url });
    await ada.goto("/incidents/new");
    const field = ada.getByLabel("How do you know");
    await field.fill("Calls to twelve dispatch centers");
    const ago = (minutes: number) =>
      query(
        `update "Session" set "lastSeenAt" = now() - make_interval(secs => $1) where "revokedAt" is null
       and "personId" = (select id from "Person" where email = 'ada@callbox.example')`,
        [minutes * 60],
      );
    await ago(28.5);
    await expect(ada.getByRole("heading", { name: "You will be signed out soon" })).toBeVisible({ timeout: 60_000 });
    await expectAccessible(ada);
    await picture(ada, "session-warning");
    await ada.getByRole("button", { name: "Stay signed in" }).click();
    await expect(ada.getByRole("heading", { name: "You will be signed out soon" })).toBeHidden();
    await field.focus();
    await ago(31);
    await expect(ada.getByRole("heading", { name: /^You were signed out at/ })).toBeVisible({ timeout: 60_000 });
    const again = ada.getByRole("dialog");
    await again.getByLabel("Password").fill(DEMONSTRATION_PASSWORD);
    await ada.keyboard.press("Enter");
    await expect(again.getByLabel("One-time code")).toBeFocused();
    await expectAccessible(ada);
    await picture(ada, "session-ended");
    await again.getByLabel("One-time code").fill(readKept().get("ada")!.codes.at(-2)!);
    await ada.keyboard.press("Enter");
    await expect(again).toBeHidden();
    await expect(field).toBeFocused();
    await expect(field).toHaveValue("Calls to twelve dispatch centers");
    expect(pageErrors).toEqual([]);
  },
);

test(
  "in a demonstration a second factor can be tried: the code stands beside the field",
  { tag: "@night" },
  async ({ browser }) => {
    const [dana, luis] = [await signIn(browser, "dana"), await signIn(browser, "luis")];
    await luis.goto("/account");
    await picture(luis, "account");
    await luis.getByRole("link", { name: "Set one up" }).click();
    // The account asks for the password as well.
    await luis.waitForURL("/account/second-factor");
    await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await luis.getByRole("button", { name: "Continue" }).click();
    await setUpApp(luis, "luis of the demonstration");
    await expect(luis.getByText("10 of 10 left. Each works once.")).toBeVisible();
    const kept = readKept().get("luis of the demonstration")!;
    // Signing in asks for the code, which is beside the field here.
    await luis.getByRole("button", { name: "Sign out", exact: true }).click();
    await luis.waitForURL(/sign-in/);
    await picture(luis, "sign-in");
    await luis.getByRole("button", { name: "Sign in as Luis Ferreira" }).click();
    await expect(luis.getByRole("heading", { name: "Enter your one-time code" })).toBeVisible();
    await expectAccessible(luis);
    await picture(luis, "second-step");
    await luis.getByLabel("One-time code").fill(kept.codes[0]!);
    await luis.getByRole("button", { name: "Continue" }).click();
    await luis.waitForURL("/");

    const id = await prepare(dana, ["Sunderland"]);
    await send(dana);
    await luis.goto(`/alerts/${id}/review`);
    await tickAll(luis);
    const publish = luis.getByRole("button", { name: "Publish to 1 place" });
    await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await expect(publish).toBeDisabled();
    await luis.getByLabel("One-time code").fill("000000");
    await publish.click();
    await expect(luis.getByText("The code is not right, or it was used before.").first()).toBeVisible();
    await picture(luis, "approve-with-code");
    await expectAccessible(luis);
    await luis.reload();
    await tickAll(luis);
    await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await luis.getByRole("button", { name: "Use it" }).click();
    await publish.click();
    await luis.waitForURL(`/alerts/${id}`);

    // The factor is removed again, so that other journeys find Luis as he was.
    await luis.goto("/account/second-factor");
    await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await luis.getByLabel("One-time code").fill(kept.codes[1]!);
    await luis.getByRole("button", { name: "Continue" }).click();
    await luis.getByRole("button", { name: "Remove the app" }).click();
    await luis.getByRole("button", { name: "Remove the app" }).click();
    await expect(luis.getByRole("button", { name: "Set up an authenticator app" })).toBeVisible();
    expect(pageErrors).toEqual([]);
  },
);
