import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, type Page } from "@playwright/test";
import { layerOf, pack } from "../lib/exchange/shapefile-for-tests";
import { consoleUnderTest, expectAccessible, pageErrors, signIn, test } from "./console";

const GRANBY = "/directory/2501526535";

test("without a connection the round goes on, opens again, and is sent later", async ({ browser }) => {
  const karen = await signIn(browser, "karen", { width: 375 });
  await karen.goto("/directory/call-round");
  await expect(karen.getByRole("heading", { level: 2 })).toBeVisible();
  // The page is kept once the worker is there and has seen it.
  await karen.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await karen.reload();
  await expect(karen.getByRole("heading", { level: 2 })).toHaveText("Granby");
  await karen.context().setOffline(true);
  await karen.reload();
  await expect(karen.getByRole("heading", { level: 2 })).toHaveText("Granby");
  await expect(karen.getByText(/No connection. Go on calling/)).toBeVisible();
  await karen.getByRole("radio", { name: "Wrong desk answered" }).check();
  await karen.getByLabel("Who answered").fill("town clerk's voicemail");
  await karen.getByRole("button", { name: "Save: the wrong desk answered" }).click();
  await expect(karen.getByText(/1 saved on this device/)).toBeVisible();
  await karen.reload();
  await expect(karen.getByText(/1 saved on this device/)).toBeVisible();
  await karen.context().setOffline(false);
  await expect(karen.getByText(/0 saved on this device/)).toBeVisible();
  await karen.goto(GRANBY);
  await expect(karen.getByText("town clerk's voicemail")).toBeVisible();
});

test(
  "a call round by keyboard alone: call, outcome, save, skip, and it goes on where it stopped",
  { tag: "@night" },
  async ({ browser }) => {
    const tess = await signIn(browser, "tess");
    await tess.goto("/directory/call-round");
    const heading = tess.getByRole("heading", { level: 2 });
    await expect(heading).toBeVisible();
    await expectAccessible(tess);
    const first = (await heading.textContent())!;
    const press = async (...keys: string[]) => {
      for (const key of keys) await tess.keyboard.press(key);
    };
    // The round begins at the call button; nothing else stands between it and the outcomes.
    const call = tess.getByRole("button", { name: /^Call \d{3}-555-01\d\d/ });
    await call.focus();
    await press("Enter");
    await expect(tess.getByRole("dialog")).toContainText("nothing is dialed");
    await press("Enter");
    await expect(tess.getByRole("dialog")).toHaveCount(0);
    await press("Tab", "Space");
    await expect(tess.getByRole("radio", { name: "Right desk, at all hours" })).toBeChecked();
    await press("ArrowDown");
    await expect(tess.getByRole("radio", { name: "Right desk, but not at all hours" })).toBeChecked();
    await expect(tess.getByRole("button", { name: /^Save: good until/ })).toBeVisible();
    await press("Tab");
    await expect(tess.getByLabel("Who answered")).toBeFocused();
    await tess.keyboard.type(" at the front desk");
    await press("Enter");
    await expect(heading).not.toHaveText(first);
    await expect(heading).toBeFocused();
    await expect(tess.getByText(/^1 saved, 0 saved on this device/)).toBeVisible();

    // An outcome is required; what was typed stays.
    const second = (await heading.textContent())!;
    await press("Tab", "Tab", "Tab");
    await tess.getByLabel("Who answered").focus();
    await tess.keyboard.type("nobody");
    await press("Enter");
    await expect(tess.getByText("Choose the result of the call.").first()).toBeVisible();
    await expect(tess.getByLabel("Who answered")).toHaveValue("nobody");
    await tess.getByRole("radio", { name: "Right desk, at all hours" }).focus();
    await press("ArrowDown", "ArrowDown", "ArrowDown");
    await expect(tess.getByRole("button", { name: "Save: try again after 15 minutes" })).toBeVisible();
    await tess.getByLabel("Who answered").focus();
    await press("Enter");
    await expect(heading).not.toHaveText(second);

    // Skipped numbers come back at the end; a reload goes on.
    const third = (await heading.textContent())!;
    await tess.getByRole("button", { name: `Skip ${third} for now` }).focus();
    await press("Enter");
    await expect(heading).not.toHaveText(third);
    await expect(tess.getByText(/^2 saved, 0 saved on this device, 1 skipped/)).toBeVisible();
    const fourth = (await heading.textContent())!;
    await tess.reload();
    await expect(heading).toHaveText(fourth);
    expect(await tess.getByText(/dial 911|call 911 now/i).count()).toBe(0);
    expect(pageErrors).toEqual([]);
  },
);

async function give(page: Page, text: string, name = "numbers.csv"): Promise<void> {
  await page.goto("/directory/import");
  await page.getByLabel("CSV file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Read the file and preview" }).click();
  await page.waitForURL(/\/directory\/import\/.+/);
}

test("an import with errors is corrected, given again, and written whole", { tag: "@night" }, async ({ browser }) => {
  const karen = await signIn(browser, "karen");
  await karen.goto("/directory/import");
  await karen.getByRole("button", { name: "Read the file and preview" }).click();
  await expect(karen.getByText("Choose a file.").first()).toBeVisible();
  await give(karen, "PK\u0003\u0004", "numbers.xlsx");
  await expect(karen.getByText(/It is an Excel workbook/)).toBeVisible();

  const wrong =
    "Town;Service;Number;Desk\r\nGranbi;Police;413-555-0151;Granby desk\r\nGranby;Fire;413-555-0911;Granby fire\r\nGranby;EMS;(413) 555-0152;Granby ambulance\r\nBoston;Police;617-555-0101;Boston\r\n";
  await give(karen, wrong);
  await expect(karen.getByRole("heading", { name: "numbers.csv would write 1 number" })).toBeVisible();
  await expect(karen.getByText("There is no place called “Granbi” here. Did you mean Granby?")).toBeVisible();
  await expect(karen.getByText("Boston is not in your agency's area.")).toBeVisible();
  await expectAccessible(karen);
  await karen.goto(GRANBY);
  await expect(karen.getByText("413-555-0152")).toHaveCount(0);

  await give(
    karen,
    wrong
      .replace("Granbi", "Granby")
      .replace("413-555-0911", "413-555-0153")
      .replace(/Boston.*\r\n/, ""),
  );
  await expect(karen.getByRole("heading", { name: "numbers.csv would write 3 numbers" })).toBeVisible();
  await karen.getByRole("button", { name: "Save 3 numbers" }).click();
  await expect(karen.getByRole("heading", { name: "3 numbers written from numbers.csv" })).toBeVisible();
  await karen.goto(GRANBY);
  for (const number of ["413-555-0151", "413-555-0152", "413-555-0153"]) {
    await expect(karen.getByRole("heading", { name: number })).toBeVisible();
  }
  // The same file again finds the same.
  await give(
    karen,
    wrong
      .replace("Granbi", "Granby")
      .replace("413-555-0911", "413-555-0153")
      .replace(/Boston.*\r\n/, ""),
  );
  await expect(karen.getByRole("link", { name: "3 unchanged" })).toBeVisible();
  const id = karen.url().split("/").at(-1)!;

  // Another agency's import does not exist for others, nor does the page for a role without the right.
  const tess = await signIn(browser, "tess");
  expect((await tess.request.get(`/api/directory/imports/${id}`)).status()).toBe(404);
  const gil = await signIn(browser, "gil");
  expect((await gil.request.get(`/api/directory/imports/${id}`)).status()).toBe(403);
  await gil.goto("/directory/import");
  await expect(gil.getByRole("heading", { name: "Your role can’t open this page" })).toBeVisible();
});

test(
  "outlines are mapped, shown before anything is written, and refused by name",
  { tag: "@night" },
  async ({ browser }) => {
    const sam = await signIn(browser, "sam");
    await sam.goto("/directory/import?kind=places");
    const square = (x: number, y: number) => [
      [
        [x, y],
        [x + 0.05, y],
        [x + 0.05, y + 0.05],
        [x, y + 0.05],
        [x, y],
      ],
    ];
    const feature = (GEOID: string, MUNI: string, coordinates: unknown) => ({
      type: "Feature",
      properties: { GEOID, MUNI, OTHER: 1 },
      geometry: { type: "Polygon", coordinates },
    });
    const file = {
      type: "FeatureCollection",
      features: [
        feature("2501501325", "Amherst", square(-72.55, 42.35)),
        feature("2501599999", "New Place", square(-72.7, 42.3)),
        feature(
          "2501599998",
          "Swapped",
          square(-72.7, 42.3).map((ring) => ring.map(([x, y]) => [y, x])),
        ),
      ],
    };
    await sam.getByLabel("File of places").setInputFiles({
      name: "towns.geojson",
      mimeType: "application/geo+json",
      buffer: Buffer.from(JSON.stringify(file)),
    });
    await expect(sam.getByLabel("Property with the Census GEOID")).toHaveValue("GEOID");
    await sam.getByRole("button", { name: "Read the file and preview" }).click();
    await expect(sam.getByText("Choose the property that holds the name.").first()).toBeVisible();
    await sam.getByLabel("Property with the name").selectOption("MUNI");
    await sam.getByRole("button", { name: "Read the file and preview" }).click();
    await sam.waitForURL(/\/directory\/import\/.+/);
    await expect(sam.getByRole("heading", { name: "towns.geojson would write 2 places" })).toBeVisible();
    await expect(sam.getByRole("row", { name: /Swapped Latitude and longitude are swapped/ })).toBeVisible();
    await expect(sam.getByRole("group", { name: /Map of the outlines/ })).toBeVisible();
    await expectAccessible(sam);
    await sam.getByRole("button", { name: "Discard import" }).click();
    await sam.waitForURL(/\/directory\/import$/);
    await expect(sam.getByRole("row", { name: /towns.geojson .* dropped/ })).toBeVisible();

    // A zipped shapefile and a table are read in the browser too, and a file that is none says so.
    await sam.goto("/directory/import?kind=places");
    const choose = (name: string, buffer: Buffer) =>
      sam.getByLabel("File of places").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    const ring = [[-72.55, 42.35], [-72.55, 42.4], [-72.5, 42.4], [-72.5, 42.35], [-72.55, 42.35]] as [number, number][]; // prettier-ignore
    const rows = [{ cells: { GEOID: "2501501325", NAME: "Amherst" }, rings: [ring] }];
    await choose("towns.zip", pack("cb_25_cousub", layerOf(rows, "")));
    await expect(sam.getByLabel("Property with the name")).toHaveValue("NAME");
    await choose("letter.txt", Buffer.from("Dear Sam,\n"));
    await expect(sam.getByText(/It is none of these: GeoJSON/).first()).toBeVisible();
    await choose(
      "people.csv",
      Buffer.from("GEO_ID,NAME,P1_001N\n0600000US2501501370,Amherst,39265\n0500000US25015,Hampshire,1\n"),
    );
    await expect(sam.getByText("changes how many people live in places that are here")).toBeVisible();
    await sam.getByRole("button", { name: "Read the file and preview" }).click();
    await sam.waitForURL(/\/directory\/import\/.+/);
    await expect(sam.getByRole("row", { name: /Amherst 39,265 people; was/ })).toBeVisible();
    await sam.getByRole("link", { name: "1 skipped" }).click();
    await expect(sam.getByRole("row", { name: /Hampshire It is a county or a state/ })).toBeVisible();
    await expectAccessible(sam);
    await sam.getByRole("button", { name: "Discard import" }).click();
    await sam.waitForURL(/\/directory\/import$/);
  },
);

test("readiness by map and by table gives the same answer, for every place", { tag: "@night" }, async ({ browser }) => {
  const tess = await signIn(browser, "tess");
  await tess.goto("/directory?readiness=all&sort=name");
  await expectAccessible(tess);
  const map = await tess
    .locator(".place-map .town title")
    .evaluateAll((titles) => titles.map((title) => title.textContent!));
  expect(map).toHaveLength(351);
  const WORDS: [RegExp, string][] = [
    [/^verified until/, "verified"],
    [/^expires /, "expires soon"],
    [/^(expired|never answered)/, "expired or never answered"],
    [/^failing/, "failing or out of service"],
    [/^no number/, "no number"],
  ];
  const table: string[] = [];
  for (let number = 1; number <= 8; number += 1) {
    await tess.goto(`/directory?readiness=all&sort=name&page=${number}`);
    const rows = await tess
      .locator("table.stacks tbody tr")
      .evaluateAll((all) =>
        all.map((row) => [row.querySelector("th")!.textContent!, row.querySelector(".state")!.textContent!] as const),
      );
    for (const [name, state] of rows) table.push(`${name}, ${WORDS.find(([pattern]) => pattern.test(state))![1]}`);
  }
  expect(table.sort()).toEqual(map.sort());

  // The map by keyboard: one place is in the tab order, arrows move on, Enter opens it.
  await tess.goto("/directory?county=25015&readiness=all");
  await tess.locator('.place-map [tabindex="0"]').focus();
  await tess.keyboard.press("ArrowRight");
  const focused = await tess.evaluate(() => document.activeElement!.getAttribute("aria-label")!);
  await tess.keyboard.press("Enter");
  await tess.waitForURL(/\/directory\/25015\d+$/);
  await expect(tess.getByRole("heading", { level: 1 })).toContainText(focused.split(",")[0]!);

  const csv = await (await tess.request.get("/api/readiness.csv")).text();
  expect(csv.split("\r\n").filter((line) => line.includes(",dispatch,missing,"))).toHaveLength(4);
  const geojson = (await (await tess.request.get("/api/directory.geojson")).json()) as { features: unknown[] };
  expect(geojson.features.length).toBeGreaterThan(351);
});

test(
  "the kit opens from disk, without a server, and says whether it is whole",
  { tag: "@night" },
  async ({ browser }) => {
    const karen = await signIn(browser, "karen");
    await karen.goto("/directory/kit");
    await expectAccessible(karen);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-kit-"));
    const save = async (name: RegExp, file: string) => {
      const download = karen.waitForEvent("download");
      await karen.getByRole("link", { name }).first().click();
      await (await download).saveAs(path.join(folder, file));
    };
    await save(/^Offline file, Granby/, "kit.html");
    await save(/^PDF, Granby/, "kit.pdf");
    expect(fs.readFileSync(path.join(folder, "kit.pdf")).subarray(0, 5).toString()).toBe("%PDF-");

    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    await page.goto(pathToFileURL(path.join(folder, "kit.html")).href);
    await expect(page.getByRole("heading", { name: "If 911 fails and Callbox cannot be reached" })).toBeVisible();
    await expect(page.getByText("413-555-0142").first()).toBeVisible();
    await page.getByLabel("Find a place").fill("nowhere");
    await expect(page.getByText("0 shown")).toBeVisible();
    await page.getByLabel("Find a place").fill("granby");
    await expect(page.getByText("1 shown")).toBeVisible();
    await page.getByRole("button", { name: "Check for damage" }).click();
    await expect(page.getByText("Nothing that this page shows was damaged.")).toBeVisible();
    // What is read counts as much as what is kept beside it: numbers everywhere, only the visible ones, a date.
    const file = path.join(folder, "kit.html");
    const whole = fs.readFileSync(file, "utf8");
    const [visible, data] = [whole.slice(0, whole.indexOf('id="kit"')), whole.slice(whole.indexOf('id="kit"'))];
    for (const altered of [
      whole.replaceAll("413-555-0142", "413-555-0199"),
      visible.replaceAll("413-555-0142", "413-555-0199") + data,
      visible.replace(/(data-until="\d+">)\w+ \d+, \d+/, "$1January 1, 2036") + data,
      visible.replace("never call 911 to test it", "call 911 to test it") + data,
      visible.replace(/data-until="\d+"/, 'data-until="4102444800000"') + data,
    ]) {
      expect(altered).not.toBe(whole);
      fs.writeFileSync(file, altered);
      await page.reload();
      await page.getByRole("button", { name: "Check for damage" }).click();
      await expect(page.getByText("This file WAS ALTERED. Do not use it.")).toBeVisible();
    }
    await context.close();
    fs.rmSync(folder, { recursive: true, force: true });
  },
);

test(
  "a steward adds, changes, reports and retires a number, and settles a conflict; bad input keeps what was typed",
  { tag: "@night" },
  async ({ browser }) => {
    const karen = await signIn(browser, "karen");
    await karen.goto("/directory/conflicts");
    await expectAccessible(karen);
    const settle = karen.getByRole("form", { name: /^Settle: Granby, dispatch/ });
    await settle.getByRole("button", { name: "Settle conflict" }).click();
    await expect(karen.getByText("Choose one.").first()).toBeVisible();
    await settle.getByRole("radio", { name: /^Keep what Granby, Massachusetts, Police Department gives/ }).check();
    await settle.getByLabel("Why?").fill("short");
    await settle.getByRole("button", { name: "Settle conflict" }).click();
    await expect(karen.getByText(/Give a reason of at least 10 characters/).first()).toBeVisible();
    await settle.getByLabel("Why?").fill("The list of 2023 is out of date, said the State 911 desk.");
    await settle.getByRole("button", { name: "Settle conflict" }).click();
    await expect(karen.getByText(/one was kept. The list of 2023/)).toBeVisible();

    await karen.goto(GRANBY);
    await karen.getByText("Add a number", { exact: true }).click();
    const add = karen.getByRole("form", { name: "Add a number to Granby" });
    await add.getByRole("textbox", { name: "Number", exact: true }).fill("413-911-0142");
    await add.getByLabel("Who answers", { exact: true }).fill("Granby records desk");
    await add.getByRole("button", { name: "Add the number to Granby" }).click();
    await expect(add.getByText("911 is a service code, not an exchange.").first()).toBeVisible();
    await expect(add.getByLabel("Who answers", { exact: true })).toHaveValue("Granby records desk");
    await add.getByRole("textbox", { name: "Number", exact: true }).fill("(413) 555-0149 x7");
    await add.getByLabel("For", { exact: true }).selectOption("non-emergency");
    await add.getByRole("button", { name: "Add the number to Granby" }).click();
    await expect(add.getByText("It can’t be given out until a test call verifies it.")).toBeVisible();
    await expect(karen.getByRole("heading", { name: "413-555-0149 ext. 7" })).toBeVisible();
    await expectAccessible(karen);

    const entry = karen.locator("section.number-entry", {
      has: karen.getByRole("heading", { name: "413-555-0149 ext. 7" }),
    });
    await entry.getByRole("button", { name: "It is out of service" }).click();
    await expect(entry.getByText("it is out of service").last()).toBeVisible();
    await entry.locator("summary", { hasText: "Retire 413-555-0149 ext. 7" }).click();
    await entry.getByLabel("Why are you retiring 413-555-0149 ext. 7?").fill("The desk was closed for good.");
    await entry.getByRole("button", { name: "Retire 413-555-0149 ext. 7" }).click();
    await expect(karen.getByRole("heading", { name: "413-555-0149 ext. 7" })).toBeHidden();
    await karen.getByText(/numbers? no longer in use/).click();
    await expect(karen.getByText(/Retired by Karen Boucher/).first()).toBeVisible();

    // Another agency's place shows no way to change it, and the action itself refuses.
    await karen.goto("/directory/2502507000");
    await expect(karen.getByText("Add a number", { exact: true })).toHaveCount(0);
    expect(consoleUnderTest().url).toBeTruthy();
  },
);

test(
  "an administrator makes an area of places, and a misspelt one is told beside the field",
  { tag: "@night" },
  async ({ browser }) => {
    const sam = await signIn(browser, "sam");
    await sam.goto("/directory/areas");
    const form = sam.getByRole("form", { name: "Add a dispatch area" });
    await form.getByLabel("Name", { exact: true }).fill("Quabbin dispatch");
    await form.getByLabel("Places, one per line").fill("Ware\nPelhamm");
    await form.getByRole("button", { name: "Add dispatch area" }).click();
    await expect(form.getByText(/There is no place called “Pelhamm” here. Did you mean Pelham/).first()).toBeVisible();
    await expect(form.getByLabel("Places, one per line")).toHaveValue("Ware\nPelhamm");
    await form.getByLabel("Places, one per line").fill("Ware\nPelham");
    await form.getByRole("button", { name: "Add dispatch area" }).click();
    await expect(sam.getByRole("heading", { name: "Quabbin dispatch" })).toBeVisible();
    await expectAccessible(sam);
    await sam.getByRole("link", { name: "Quabbin dispatch" }).click();
    await expect(sam.getByRole("heading", { level: 1 })).toContainText("Quabbin dispatch: no usable number");
  },
);
