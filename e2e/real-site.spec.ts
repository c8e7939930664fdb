import { expect, type Page } from "@playwright/test";
import { consoleUnderTest, expectAccessible, expectPlain, isNightly, pageErrors, signIn, test } from "./console";

/** A real site as its first administrator finds it: nothing is there, then one place whose people nobody has counted. */

const PAGES = [
  "/", "/setup", "/incidents", "/incidents/new", "/exercises/new", "/alerts", "/templates", "/log", "/check", "/account", "/account/second-factor", "/admin", "/admin/requests", "/admin/access-review",
  "/admin/agencies", "/directory", "/directory?service=fire", "/directory?readiness=ready", "/directory/44", "/directory/44001",
  "/directory/areas", "/directory/conflicts", "/directory/call-round", "/directory/kit", "/directory/import", "/directory/import?kind=places",
]; // prettier-ignore

async function lookThrough(page: Page, pages: readonly string[]): Promise<void> {
  for (const at of pages) {
    const answer = await page.goto(at);
    expect(answer?.status(), at).toBe(200);
    await expectPlain(page);
  }
}

test("an empty real site says on every page what is not there yet, and nothing that is not so", async ({ browser }) => {
  const ada = await signIn(browser, "ada", { url: consoleUnderTest().realUrl });
  // By day every fifth page.
  await lookThrough(
    ada,
    PAGES.filter((_, at) => isNightly || at % 5 === 0),
  );
  await ada.goto("/");
  await expect(ada.getByText(/Every place has a usable number/)).toHaveCount(0);
  expect(pageErrors).toEqual([]);
});

test("one place, its people not known, from the import to an exercise", { tag: "@night" }, async ({ browser }) => {
  const ada = await signIn(browser, "ada", { url: consoleUnderTest().realUrl });
  await ada.goto("/directory/import?kind=places");
  const ring = [[-71.34, 41.71], [-71.27, 41.71], [-71.27, 41.78], [-71.34, 41.78], [-71.34, 41.71]]; // prettier-ignore
  const file = {
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        properties: { GEOID: "4400105140", NAME: "Barrington", NAMELSAD: "Barrington town" },
        geometry: { type: "Polygon", coordinates: [ring] },
      },
    ],
  };
  await ada.getByLabel("File of places").setInputFiles({
    name: "one.geojson",
    mimeType: "application/geo+json",
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await ada.getByRole("button", { name: "Read the file and preview" }).click();
  await expect(ada.getByRole("heading", { name: "one.geojson would write 1 place" })).toBeVisible();
  await expectAccessible(ada);
  await ada.getByRole("button", { name: /^Save/ }).click();
  await expect(ada.getByRole("heading", { name: "1 place written from one.geojson" })).toBeVisible();
  await expectAccessible(ada);
  await lookThrough(ada, [...PAGES, "/directory/4400105140"]);

  await ada.goto("/exercises/new");
  await ada.getByRole("radio", { name: "Every call" }).check();
  await ada.getByText("Fails too").click();
  await ada.getByLabel("How do you know").fill("A drill of the office");
  await ada.getByRole("button", { name: "Cities and towns" }).click();
  await ada.getByRole("checkbox", { name: "Barrington number of people not known" }).check();
  await expectAccessible(ada);
  await ada.getByLabel("Type EXERCISE").fill("EXERCISE");
  await ada.getByRole("button", { name: "Start the exercise for 1 place" }).click();
  await ada.waitForURL(/\/incidents\/0/);
  await expectAccessible(ada);
  await ada.getByRole("button", { name: /^Prepare the alert/ }).click();
  await ada.waitForURL(/\/edit$/);
  await expect(ada.getByRole("heading", { name: "1 place", exact: true })).toBeVisible();
  await expect(ada.locator(".plan-counts")).toHaveText(/^Number of people not known\. 1 message for phones/);
  // There is nobody else to write for.
  await expect(ada.getByRole("group", { name: "You are writing for" }).getByRole("button")).toHaveText(["1 place"]);
  await expectAccessible(ada);
  await lookThrough(ada, ["/", "/incidents", "/alerts", "/log"]);
  expect(pageErrors).toEqual([]);
});
