import { type Browser, expect, type Page } from "@playwright/test";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { type RealProvider, startProvider } from "../lib/people/single-sign-on/issuer-for-tests";
import { consoleUnderTest, expectAccessible, pageErrors, signIn, test } from "./console";

/** Single sign-on with a real provider: set up by two administrators, linked by a drafter, who signs in with it. */

const SECRET = "a client secret of the journey";
const { url, pictures } = consoleUnderTest();

let provider: RealProvider;
test.beforeAll(async () => {
  const redirect_uris = [1, 2, 3, 4].map((number) => `${url}/api/auth/callback/sso-${number}`);
  provider = await startProvider([{ client_id: "console", client_secret: SECRET, redirect_uris }]);
});
test.afterAll(() => provider.close());

async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

/** A page that may leave for the provider, which other journeys never do. */
async function openFree(browser: Browser, width = 1280): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => pageErrors.push(`${page.url()}: ${error.message}`));
  return page;
}

async function atProvider(page: Page, sub: string): Promise<void> {
  await page.waitForURL(`${provider.issuer}/**`);
  await page.getByLabel("User name").fill(sub);
  await page.getByRole("button", { name: "Sign in to the State" }).click();
}

test(
  "two administrators turn single sign-on on; a drafter links it, and signs in with it from then on",
  { tag: "@night" },
  async ({ browser }) => {
    const sam = await signIn(browser, "sam");
    await sam.goto("/admin");
    await sam.getByRole("link", { name: "Single sign-on" }).click();
    await sam.getByRole("link", { name: "Set up a provider" }).click();
    await sam.getByLabel("Name on the button").fill("the State");
    await sam.getByLabel("Issuer").fill("https://10.0.0.1");
    await sam.getByLabel("Client ID").fill("console");
    await sam.getByLabel("Client secret").fill(SECRET);
    await sam.getByRole("button", { name: "Try it" }).click();
    await expect(sam.getByText("This does not work yet:")).toBeVisible();
    await expect(sam.getByText(/not on the public internet/)).toBeVisible();
    // What was typed stays, beside what is wrong with it.
    await sam.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await sam.getByRole("button", { name: "Set it up" }).click();
    await expect(sam.getByText("This address is not on the public internet.")).toBeVisible();
    await expect(sam.getByLabel("Client secret")).toHaveValue(SECRET);
    await sam.getByLabel("Issuer").fill(provider.issuer);
    // A person who is signed in there is asked all the same, and can cancel.
    await sam.getByLabel("Ask people to sign in at the provider").selectOption("login");
    await sam.getByLabel("Claim that names groups (optional)").fill("groups");
    await sam.getByLabel("Roles that groups stand for (optional)").fill("duty-officers = approver, MA911");
    await sam.getByRole("button", { name: "Try it" }).click();
    await expect(sam.getByText("Nothing is wrong with it.")).toBeVisible();
    await expect(sam.locator("#redirect-address")).toHaveText(/\/api\/auth\/callback\/sso-\d$/);
    await expectAccessible(sam);
    await picture(sam, "single-sign-on-new");
    await sam.getByRole("button", { name: "Set it up" }).click();
    await sam.waitForURL(/\/admin\/single-sign-on\/sso-\d$/);
    const page = new URL(sam.url()).pathname;
    await sam.getByRole("button", { name: "Ask to turn it on" }).click();
    await expect(sam.getByText("Nora Quinn can confirm it.")).toBeVisible();

    // Whole on a phone too.
    await sam.setViewportSize({ width: 320, height: 900 });
    for (const one of [page, "/admin/single-sign-on", "/admin/single-sign-on/new"]) {
      await sam.goto(one);
      await expectAccessible(sam, { targets: true });
      expect(await sam.evaluate(() => document.documentElement.scrollWidth), one).toBeLessThanOrEqual(320);
      await picture(sam, `${one.slice(1).replaceAll("/", "-")}-320`);
    }
    await sam.setViewportSize({ width: 1280, height: 900 });

    const nora = await signIn(browser, "nora");
    await nora.goto(page);
    await expectAccessible(nora);
    await picture(nora, "single-sign-on-confirm");
    await nora.getByLabel("Your password").first().fill(DEMONSTRATION_PASSWORD);
    await nora.getByRole("button", { name: "Confirm and turn it on" }).click();
    await expect(nora.getByText("Now: on")).toBeVisible();

    // Someone with an account at the provider and none here, though the email is a drafter's.
    const dana = await openFree(browser);
    await dana.goto("/sign-in");
    await picture(dana, "single-sign-on-sign-in");
    await dana.getByRole("button", { name: "Sign in with the State" }).click();
    await atProvider(dana, "dana");
    await dana.waitForURL(/\/sign-in\?error=not-linked/);
    await expect(dana.getByText(/This sign-in is not linked to an account here/)).toBeVisible();
    await expectAccessible(dana);
    await picture(dana, "single-sign-on-refused");
    // Canceled there.
    await dana.getByRole("button", { name: "Sign in with the State" }).click();
    await dana.waitForURL(`${provider.issuer}/**`);
    await dana.getByRole("link", { name: "Cancel" }).click();
    await expect(dana.getByText(/it was canceled there, or refused/)).toBeVisible();

    await dana.getByLabel("Work email").fill("dana@callbox.example");
    await dana.getByLabel("Password", { exact: true }).fill(DEMONSTRATION_PASSWORD);
    await dana.getByRole("button", { name: "Sign in", exact: true }).click();
    await dana.waitForURL("/");
    await dana.goto("/account");
    await dana.locator("#linking-password").fill(DEMONSTRATION_PASSWORD);
    await dana.getByRole("button", { name: "Sign in with the State from now on" }).click();
    await atProvider(dana, "dana");
    await dana.waitForURL(/\/account\?linking=done/);
    await expect(dana.getByText("Linked. You can sign in with it from now on.")).toBeVisible();
    await expectAccessible(dana);
    await picture(dana, "single-sign-on-account");

    const phone = await openFree(browser, 320);
    await phone.goto("/log?find=single");
    await phone.getByRole("button", { name: "Sign in with the State" }).click();
    await atProvider(phone, "dana");
    // A drafter may not read the log, and is told so: the way back was kept.
    await phone.waitForURL(/\/forbidden|\/log/);
    await phone.goto("/account");
    await expect(phone.getByText("Dana Whitcomb, dana@callbox.example.")).toBeVisible();
    await expect(phone.getByRole("row").filter({ hasText: "single sign-on" }).first()).toBeVisible();
    await expectAccessible(phone);
    await picture(phone, "single-sign-on-account-320");

    // Her group is proposed to administrators, and gave her nothing.
    await sam.goto("/admin/requests");
    const proposal = sam.getByRole("row").filter({ hasText: "Dana Whitcomb" });
    await expect(proposal).toContainText("approver, Massachusetts State 911 Department");
    await expectAccessible(sam);
    await picture(sam, "single-sign-on-proposals");
    await proposal.getByRole("link", { name: /^Ask for it/ }).click();
    await expect(sam.getByRole("heading", { level: 1 })).toContainText("Dana Whitcomb");
    await sam.goto("/admin/requests");
    await proposal.getByRole("button", { name: /^Dismiss/ }).click();
    await expect(sam.getByText("Proposed by single sign-on")).toHaveCount(0);
    await sam.goto("/admin/people/demo-dana");
    await expectAccessible(sam);
    await picture(sam, "single-sign-on-person");

    // An invitation, accepted with it in place of a password.
    await sam.goto("/admin");
    await sam.getByLabel("Name").fill("Quinn Abara");
    await sam.getByLabel("Work email").fill("quinn@callbox.example");
    await sam.locator("#roles").getByText("drafter").click();
    await sam.getByRole("button", { name: "Create one-time link" }).click();
    const invitation = await sam.locator(".box .mono").textContent();
    const quinn = await openFree(browser, 320);
    await quinn.goto(invitation ?? "");
    await expectAccessible(quinn);
    await picture(quinn, "single-sign-on-invitation-320");
    await quinn.getByRole("button", { name: "Sign in with the State" }).click();
    await atProvider(quinn, "quinn-at-the-state");
    await quinn.waitForURL("/");
    await quinn.goto("/account");
    await expect(quinn.getByText("Quinn Abara, quinn@callbox.example.")).toBeVisible();
    await expect(quinn.getByText("You have no password here.")).toBeVisible();
    await picture(quinn, "single-sign-on-no-password-320");

    // Unlinked, it opens nothing any more; the session goes on.
    await phone.locator("#linking-password").fill(DEMONSTRATION_PASSWORD);
    await phone.getByRole("button", { name: /^Unlink/ }).click();
    await expect(phone.getByText("Nothing is linked to your account yet.")).toBeVisible();
    const later = await openFree(browser);
    await later.goto("/sign-in");
    await later.getByRole("button", { name: "Sign in with the State" }).click();
    await atProvider(later, "dana");
    await later.waitForURL(/\/sign-in\?error=not-linked/);

    // Off again, by one administrator, so that the journeys after this one find the console as it was.
    await nora.getByRole("button", { name: "Turn it off" }).click();
    await expect(nora.getByText("Now: off")).toBeVisible();
    await later.goto("/sign-in");
    await expect(later.getByRole("button", { name: "Sign in with the State" })).toHaveCount(0);
    await nora.getByRole("button", { name: "Remove" }).click();
    await nora.getByRole("button", { name: "Remove" }).last().click();
    await nora.waitForURL("/admin/single-sign-on");
  },
);
