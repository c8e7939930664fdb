import fs from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { DEMONSTRATION_PASSWORD, PEOPLE } from "../prisma/seed/demonstration";
import { consoleUnderTest, expectAccessible, foreignRequests, openPage, prepare, signIn, test } from "./console";

/** Every page and route there is, from the folders themselves. */
function walk(folder: string, name: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return walk(at, name);
    return entry.name === name ? [`/${path.relative("app", folder).replace(/\([^)]*\)\/?/g, "")}`] : [];
  });
}
const OPEN_PAGES = ["/sign-in", "/welcome/[token]", "/demonstration"];
const pages = walk("app", "page.tsx").filter((page) => !OPEN_PAGES.includes(page));
/** What anybody may ask for: next-auth itself, health, readiness, metrics for this machine, and the script that keeps the page of a call round. */
const OPEN_ROUTES = /^\/(api\/auth\/|api\/(health|ready|metrics)$|call-round-worker\.js$)/;
const routes = walk("app", "route.ts").filter((route) => !OPEN_ROUTES.test(route));
/** Routes that only take something have no answer to a question: they are given nothing instead. */
const takesOnly = (route: string) =>
  !/export const GET\b/.test(fs.readFileSync(path.join("app", route, "route.ts"), "utf8"));
const fill = (route: string, id: string) => route.replace("[id]", id).replace("[file]", "granby.html");

let alertId = "";
test.beforeAll(async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  alertId = await prepare(dana, ["Hatfield"]);
});

test("a signed-out person gets nothing, by page or by route", async ({ browser }) => {
  expect(pages.length).toBeGreaterThan(10);
  const page = await openPage(browser);
  for (const route of pages) {
    await page.goto(fill(route, alertId));
    expect(page.url(), route).toContain("/sign-in");
  }
  for (const route of routes) {
    const answer = takesOnly(route)
      ? await page.request.post(fill(route, alertId), { headers: { origin: new URL(page.url()).origin } })
      : await page.request.get(fill(route, alertId));
    expect([answer.status(), route]).toEqual([401, route]);
  }
});

test("a person of another agency gets nothing of it, by page or by route", async ({ browser }) => {
  const gil = await signIn(browser, "gil");
  for (const route of [
    "/alerts/[id]",
    "/alerts/[id]/edit",
    "/alerts/[id]/review",
    "/alerts/[id]/history",
    "/incidents/[id]",
  ]) {
    await gil.goto(fill(route, alertId));
    await expect(gil.getByRole("heading", { name: "Page not found" }), route).toBeVisible();
  }
  for (const route of ["/api/alerts/[id]", "/api/alerts/[id]/cap.zip", "/api/messages/[id]"]) {
    expect([(await gil.request.get(fill(route, alertId))).status(), route]).toEqual([404, route]);
  }
  // What was published for a place of one's own is seen, and nothing else of another agency.
  const seen = (await (await gil.request.get("/api/alerts")).json()) as {
    id: string;
    publishedAt: number | null;
    mayDraft: boolean;
    mayApprove: boolean;
    submittedBy: string | null;
  }[];
  const foreign = seen.filter(({ submittedBy }) => submittedBy !== "Gil Benoit");
  expect(foreign.filter(({ id, publishedAt }) => id === alertId || publishedAt === null)).toEqual([]);
  expect(foreign.filter(({ mayDraft, mayApprove }) => mayDraft || mayApprove)).toEqual([]);
  for (const route of ["/log", "/admin"]) {
    await gil.goto(route);
    await expect(gil.getByRole("heading", { name: "Your role can’t open this page" })).toBeVisible();
  }
  expect((await gil.request.get("/api/log.csv")).status()).toBe(403);
});

test("a server action called from elsewhere, or signed out, changes nothing", async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  await dana.goto(`/alerts/${alertId}/edit`);
  await dana.locator('[data-ready="yes"]').waitFor({ state: "attached" });
  const call = dana.waitForRequest(
    (request) => request.method() === "POST" && request.headers()["next-action"] !== undefined,
  );
  await dana.getByLabel("Title of the alert").fill("Changed once");
  const request = await call;
  await expect(dana.getByText(/^Saved /)).toBeVisible();
  const headers = { ...request.headers() };
  delete headers["content-length"];
  const body = request.postData() ?? "";
  const own = new URL(consoleUnderTest().url).origin;
  const stranger = await openPage(browser);
  const tries: [string, Page, Record<string, string | undefined>][] = [
    ["another origin", dana, { ...headers, origin: "https://evil.example" }],
    ["origin null", dana, { ...headers, origin: "null" }],
    ["signed out", stranger, { ...headers, origin: own, cookie: undefined }],
  ];
  for (const [name, page, given] of tries) {
    const clean = Object.fromEntries(
      Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const answer = await page.request.post(request.url(), {
      headers: clean,
      data: body.replace("Changed once", "Forged"),
    });
    const text = await answer.text();
    expect([name, answer.status() === 403 || text.includes("signed-out")]).toEqual([name, true]);
  }
  await dana.reload();
  await expect(dana.getByLabel("Title of the alert")).toHaveValue("Changed once");
});

test("every mutating request without our own Origin is refused", async () => {
  const { url } = consoleUnderTest();
  for (const route of [
    ...pages,
    ...routes,
    "/api/auth/signout",
    "/api/auth/callback/credentials",
    "/sign-in",
    "/api/health",
    "/api/ready",
    "/api/metrics",
  ]) {
    const tries = [undefined, "null", "https://evil.example"].flatMap((origin) =>
      ["POST", "PUT", "DELETE", "PATCH"].map((method) => ({ origin, method })),
    );
    await Promise.all(
      tries.map(async ({ origin, method }) => {
        // Without a browser: nothing but these headers is sent.
        const answer = await fetch(new URL(fill(route, alertId), url), {
          method,
          headers: origin ? { origin } : {},
          redirect: "manual",
        });
        await answer.arrayBuffer();
        expect([answer.status, method, route, origin]).toEqual([403, method, route, origin]);
      }),
    );
  }
});

test("every answer carries its headers", async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  for (const route of [...pages, ...routes, "/sign-in", "/api/health", "/api/ready", "/api/metrics", "/no/such/page"]) {
    const asked = fill(route, alertId);
    const answer =
      routes.includes(route) && takesOnly(route)
        ? await dana.request.post(asked, { headers: { origin: new URL(dana.url()).origin }, maxRedirects: 0 })
        : await dana.request.get(asked, { maxRedirects: 0 });
    const headers = answer.headers();
    const policy = headers["content-security-policy"] ?? "";
    expect([route, policy.includes("'unsafe-inline'"), policy.includes("'unsafe-eval'")]).toEqual([
      route,
      false,
      false,
    ]);
    expect(policy, route).toContain("frame-ancestors 'none'");
    // Where nothing is a page, no script may run at all.
    expect(policy, route).toMatch(/script-src 'self' 'nonce-[\w=]+'|^default-src 'none'; frame-ancestors 'none'$/);
    expect(headers["x-content-type-options"], route).toBe("nosniff");
    expect(headers["strict-transport-security"], route).toContain("max-age=");
    expect(headers["cache-control"], route).toContain("no-store");
    expect(headers["referrer-policy"], route).toBe("no-referrer");
    // Another origin reads nothing, and nobody is told what answers.
    expect([route, headers["access-control-allow-origin"], headers["x-powered-by"], headers["sourcemap"]]).toEqual([
      route,
      undefined,
      undefined,
      undefined,
    ]);
    const body = await answer.body();
    if (body.length > 0)
      expect([route, headers["content-type"]]).toEqual([
        route,
        expect.stringMatching(
          /^(?:text\/[\w.-]+|application\/(?:[\w.-]+\+)?(?:xml|json))(?:; [\w.-]+=[\w.-]+)*; ?charset=utf-8$|^application\/(?:(?:[\w.-]+\+)?json|pdf|zip|octet-stream)$|^image\//i,
        ),
      ]);
  }
});

test("no page tells a drafter the email of anybody else, or anything that is secret", async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  const others = PEOPLE.map(({ email }) => email).filter((email) => !email.startsWith("dana@"));
  const found: string[] = [];
  for (const route of pages) {
    const text = await (await dana.request.get(fill(route, alertId), { maxRedirects: 0 })).text();
    const secret = text.match(/\$argon2|passwordHash|tokenHash|"secrets\\?":/g) ?? [];
    for (const one of [...others.filter((email) => text.includes(email)), ...secret]) found.push(`${route}: ${one}`);
  }
  expect(found).toEqual([]);
});

test("no file of the checkout is served, and nothing of a build that is being written", async ({ browser }) => {
  const dana = await signIn(browser, "dana");
  const script = /src="(\/_next\/static\/[^"]+\.js)[^"]*"/.exec(await dana.content())![1]!;
  const code = await dana.request.get(script);
  expect([code.status(), (await code.text()).includes("sourceMappingURL")]).toEqual([200, false]);
  for (const at of [
    `${script}.map`,
    "/.git/HEAD",
    "/.git/config",
    "/%2egit/HEAD",
    "/.env",
    "/package.json",
    "/prisma/schema.prisma",
    "/_next/static/../../../package.json",
    "/_next/static/development/_buildManifest.js",
    "/_next/webpack-hmr",
    "/__nextjs_original-stack-frame",
    "/api/help/..%2f..%2fpackage.json",
  ])
    expect([at, (await dana.request.get(at, { maxRedirects: 0 })).status()]).toEqual([at, 404]);
});

test("health answers for the database and the migrations", async ({ browser }) => {
  const page = await openPage(browser);
  const answer = await page.request.get("/api/health");
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ ok: true, database: "answers", migrations: "current", disk: "has room" });
});

test("a disabled person is out at once; sign-out ends the session on the server", async ({ browser }) => {
  const [karen, sam] = [await signIn(browser, "karen"), await signIn(browser, "sam")];
  await sam.goto("/admin");
  await expectAccessible(sam);
  // Rules are read in one line an agency, and changed where they are unfolded.
  await expect(sam.getByRole("form", { name: /^Clocks, / })).toHaveCount(0);
  await sam.locator("summary", { hasText: "Massachusetts State 911 Department" }).click();
  await expect(sam.getByRole("form", { name: /^Clocks, / })).toHaveCount(1);
  await expectAccessible(sam);
  await sam.getByRole("button", { name: "Disable and sign out Karen Boucher" }).click();
  await sam.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(sam.getByRole("button", { name: /^Enable ?, Karen Boucher$/ })).toBeVisible();
  await karen.goto("/directory");
  expect(karen.url()).toContain("/sign-in");
  await expect(karen.getByText("You are no longer signed in")).toBeVisible();
  await sam.getByRole("button", { name: /^Enable ?, Karen Boucher$/ }).click();
  await expect(sam.getByRole("button", { name: "Disable and sign out Karen Boucher" })).toBeVisible();

  const cookies = await sam.context().cookies();
  await sam.getByRole("button", { name: "Sign out", exact: true }).click();
  await sam.waitForURL(/sign-in/);
  await expect(sam.getByLabel("Work email")).toBeVisible();
  await expect(sam.getByText("You are no longer signed in")).toHaveCount(0);
  await sam.context().addCookies(cookies);
  await sam.goto("/admin");
  expect(sam.url()).toContain("/sign-in");
});

test("an invited person sets a password by a link that works once", async ({ browser }) => {
  const sam = await signIn(browser, "sam");
  await sam.goto("/admin");
  await sam.getByRole("button", { name: "Create one-time link" }).click();
  await expect(sam.getByText("Give the person's name.").first()).toBeVisible();
  await sam.getByLabel("Name").fill("Joan Petrakis");
  await sam.getByLabel("Work email").fill("joan@callbox.example");
  await sam.locator("#roles").getByText("approver").click();
  await sam.getByRole("button", { name: "Create one-time link" }).click();
  const link = await sam.locator(".box .mono").textContent();
  const joan = await openPage(browser);
  await joan.goto(link!);
  await expectAccessible(joan);
  await joan.getByLabel("New password").fill("short");
  await joan.getByRole("button", { name: "Set password" }).click();
  await expect(joan.getByText("Use at least 12 characters").first()).toBeVisible();
  await joan.getByLabel("New password").fill("four plain words here");
  await joan.getByRole("button", { name: "Set password" }).click();
  await expect(joan.getByRole("heading", { name: "Your password is set" })).toBeVisible();
  await joan.goto(link!);
  await expect(joan.getByRole("heading", { name: "This link was used or has expired" })).toBeVisible();
});

test(
  "bad input is answered beside the field, keeps what was typed, and writes nothing",
  { tag: "@night" },
  async ({ browser }) => {
    const page = await openPage(browser);
    await page.goto("/sign-in");
    await expectAccessible(page);
    await page.getByLabel("Work email").fill("dana@callbox.example");
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).first().click();
    await expect(page.getByText("The email or password is not right.")).toBeVisible();
    await expect(page.getByLabel("Work email")).toHaveValue("dana@callbox.example");

    const dana = await signIn(browser, "dana");
    await dana.goto("/incidents/new");
    await dana.getByLabel("How do you know").fill("x");
    await dana.getByRole("button", { name: "Declare an outage", exact: true }).click();
    await expect(dana.getByText("Choose what fails.").first()).toBeVisible();
    await expect(dana.getByText("Choose at least one city or town.").first()).toBeVisible();
    await expect(dana.getByLabel("How do you know")).toHaveValue("x");
    await dana.getByRole("radio", { name: "One carrier" }).check();
    await dana.getByRole("button", { name: "Declare an outage", exact: true }).click();
    await expect(dana.getByText("Name the carrier whose customers cannot reach 911.").first()).toBeVisible();
    expect(dana.url()).toContain("/incidents/new");

    const karen = await signIn(browser, "karen");
    await karen.goto("/directory");
    await karen.getByLabel("Place or number").fill("Granby");
    await karen.getByLabel("State").selectOption("all");
    await karen.getByRole("button", { name: "Show" }).click();
    await karen.getByRole("link", { name: "Granby", exact: true }).click();
    await karen.getByText("Record a test call to 413-555-0142").click();
    const call = karen.getByRole("form", { name: "Record a test call, 413-555-0142" });
    await call.getByRole("button", { name: "Save test call" }).click();
    await expect(call.getByText("Choose the result of the call.").first()).toBeVisible();
    await call.getByRole("radio", { name: "Right desk, at all hours" }).check();
    await call.getByLabel("Who answered").fill("dispatcher on duty");
    await call.getByRole("button", { name: /^Save: good until/ }).click();
    await expect(call.getByText("Test call saved.")).toBeVisible();
    await expectAccessible(karen);
  },
);

test("every page is whole at 320 pixels and has nothing for axe", { tag: "@night" }, async ({ browser }) => {
  // Two tabs: axe keeps one renderer busy at a time.
  const lookAt = async (who: string, routes: string[]) => {
    const first = await signIn(browser, who, { width: 320 });
    const left = [...routes];
    await Promise.all(
      [first, await first.context().newPage()].map(async (tab) => {
        for (let route = left.shift(); route !== undefined; route = left.shift()) {
          await tab.goto(route);
          await expectAccessible(tab, { targets: true });
        }
      }),
    );
  };
  await lookAt("dana", [
    "/directory",
    `/alerts/${alertId}/edit`,
    "/directory/kit",
    "/incidents/new",
    "/exercises/new",
    "/",
    "/incidents",
    "/alerts",
    `/alerts/${alertId}/history`,
    "/directory/2501526535",
    "/directory/25015",
    "/directory/call-round",
    "/directory/conflicts",
    "/directory/areas",
    "/templates",
    "/templates/outage-shipped-7?with=outage-2",
    "/demonstration",
  ]);
  await lookAt("mei", ["/log"]);
  await lookAt("sam", [
    "/admin",
    "/admin/agencies",
    "/admin/requests",
    "/admin/requests/new?kind=role&person=demo-dana&agency=state-911&role=approver",
    "/admin/people/demo-luis",
    "/admin/access-review",
    "/account",
    "/account/second-factor",
    "/setup",
    "/directory/import",
    "/directory/import?kind=places",
    "/directory/areas",
  ]);
});

test("with the keyboard alone: sign in, open the draft, change town, send", async ({ browser }) => {
  const page = await openPage(browser);
  await page.goto("/sign-in");
  await expect(page.getByLabel("Work email")).toBeFocused();
  await page.keyboard.type("dana@callbox.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMONSTRATION_PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/(edit|review|incidents\/.*|alerts\/.*)$/);
  await page.goto(`/alerts/${alertId}/edit`);
  await page.locator('[data-ready="yes"]').waitFor({ state: "attached" });
  await page.getByRole("listbox").focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("listbox").getByRole("option", { selected: true })).toHaveCount(1);
  await page.getByRole("button", { name: /^Send/ }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/review$/);
});

test("no page of the run asked another origin for anything", () => {
  expect(foreignRequests).toEqual([]);
});
