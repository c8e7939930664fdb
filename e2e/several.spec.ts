import { expect, type Page } from "@playwright/test";
import { DEMONSTRATION_PASSWORD } from "../prisma/seed/demonstration";
import { consoleUnderTest, openPage, prepare, send, signIn, test, tickAll } from "./console";

/** Two consoles and two workers on one database: whichever a person comes to, it is one site. */

const { url: first, secondUrl: second } = consoleUnderTest();

/** What a console says to a wrong password. */
async function refusal(page: Page, url: string, email: string): Promise<string> {
  const { csrfToken } = (await (await page.request.get(`${url}/api/auth/csrf`)).json()) as { csrfToken: string };
  const answer = await page.request.post(`${url}/api/auth/callback/credentials`, {
    form: { csrfToken, email, password: "not this one", json: "true" },
    headers: { origin: url },
  });
  return new URL(((await answer.json()) as { url: string }).url).searchParams.get("error") ?? "";
}

test("a session begun at one console is good at the other, and ended there it is over here", async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  const there = await dana.context().newPage();
  await there.goto(`${second}/alerts`);
  await expect(there).toHaveURL(`${second}/alerts`);
  await there.getByRole("button", { name: "Sign out" }).click();
  await there.waitForURL(/sign-in/);
  await dana.goto("/alerts");
  await dana.waitForURL(/sign-in/);
});

test("wrong passwords at both count together", { tag: "@night" }, async ({ browser }) => {
  const page = await openPage(browser);
  const email = `nobody-${Date.now()}@callbox.example`;
  const said: string[] = [];
  for (let attempt = 0; attempt < 7; attempt += 1)
    said.push(await refusal(page, attempt % 2 === 0 ? first : second, email));
  expect(said.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => "The email or password is not right."));
  for (const one of said.slice(5)) expect(one).toMatch(/^Too many attempts/);
});

test(
  "an alert written at one console is approved at the other, seen at both, and delivered once",
  { tag: "@night" },
  async ({ browser }) => {
    const dana = await signIn(browser, "dana");
    const luis = await signIn(browser, "luis", { url: second });
    await luis.goto("/alerts");
    const id = await prepare(dana, ["Granby"]);

    // The same draft, open at both: who saves second is told.
    const there = await dana.context().newPage();
    await there.goto(`${second}/alerts/${id}/edit`);
    await there.locator('[data-ready="yes"]').waitFor({ state: "attached" });
    const title = `Two consoles ${Date.now()}`;
    await dana.getByLabel("Title of the alert").fill(title);
    await expect(dana.getByText(/^Saved /)).toBeVisible();
    await there.getByLabel("Title of the alert").fill("Saved second");
    await expect(there.getByText(/someone else saved first/)).toBeVisible();
    await there.close();

    // Who looks at the other console sees it without a reload.
    await expect(luis.getByText(title).first()).toBeVisible();
    await send(dana);
    await luis.goto(`/alerts/${id}/review`);
    await tickAll(luis);
    await luis.getByLabel("Your password").fill(DEMONSTRATION_PASSWORD);
    await luis.getByRole("button", { name: /^Publish to 1 place/ }).click();
    await luis.waitForURL(/\/alerts\/[^/]+$/);
    // Its author learns of it at the first, within the interval in which pages ask.
    await expect(dana.getByText(/^Luis \S+ (approved|published) it|Published, still valid/).first()).toBeVisible({
      timeout: 15_000,
    });

    const outcomes = async (page: Page, url: string) =>
      (await (await page.request.get(`${url}/api/alerts/${id}/outcomes`)).json()) as {
        attempts: number;
        waiting?: number;
      }[];
    await expect
      .poll(async () => (await outcomes(dana, first)).map(({ attempts }) => attempts), { timeout: 30_000 })
      .toEqual([1]);
    expect(await outcomes(luis, second)).toEqual(await outcomes(dana, first));
  },
);
