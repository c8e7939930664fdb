import { expect } from "@playwright/test";
import { expectAccessible, openPage, signIn, test } from "./console";

test("an administrator sees how every part stands, and nobody else does", async ({ browser }) => {
  const sam = await signIn(browser, "sam");
  await sam.goto("/admin");
  await sam.getByRole("link", { name: "Status" }).click();
  await expect(sam.getByRole("heading", { level: 1 })).toHaveText(/Everything is good|parts need attention/);
  for (const part of ["Database", "Worker", "Backups", "Clocks", "Disk: data", "Channel: Public site"]) {
    const row = sam.getByRole("row").filter({ has: sam.getByRole("rowheader", { name: part, exact: false }) });
    await expect(row.first(), part).toContainText(/Good|Needs attention/);
  }
  const row = (part: string) => sam.getByRole("row").filter({ has: sam.getByRole("rowheader", { name: part }) });
  await expect(row("Database")).toContainText(/It answers in \d+ ms/);
  await expect(row("Worker")).toContainText("It does its jobs; none is late.");
  await expectAccessible(sam);

  // The header is one row, even with every item in it and a long name.
  await sam.goto("/admin/status");
  await sam.locator(".who").evaluate((who) => {
    const link = document.createElement("a");
    link.href = "/incidents/new";
    link.textContent = "Declare an outage";
    who.prepend(link);
    who.querySelector("strong")!.textContent = "Maximiliana Featherstonehaugh-Okafor";
  });
  for (const width of [1024, 1100, 1200, 1201, 1280, 1440]) {
    await sam.setViewportSize({ width, height: 800 });
    const header = await sam.getByRole("banner").boundingBox();
    expect(header?.height, `${width} px`).toBeLessThan(72);
    const sideways = await sam.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sideways, `${width} px`).toBeLessThanOrEqual(0);
  }

  const mei = await signIn(browser, "mei");
  await mei.goto("/admin/status");
  await expect(mei.getByRole("heading", { name: "Everything is good" })).toHaveCount(0);
  expect(await mei.content()).not.toContain("It answers in");
});

test("readiness, metrics and the id of a request, as a monitor on this machine reads them", async ({ browser }) => {
  const page = await openPage(browser);
  const ready = await page.request.get("/api/ready");
  expect([ready.status(), await ready.json()]).toEqual([
    200,
    { ok: true, database: "answers", migrations: "current", worker: "alive" },
  ]);
  const id = ready.headers()["x-request-id"];
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  // Only a trusted proxy names a request.
  const named = await page.request.get("/api/ready", { headers: { "x-request-id": "chosen-by-a-stranger" } });
  expect(named.headers()["x-request-id"]).not.toBe("chosen-by-a-stranger");
  await page.goto("/no/such/page-of-a-stranger");
  const answer = await page.request.get("/api/metrics");
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, expect.stringContaining("text/plain")]);
  const text = await answer.text();
  expect(text).toMatch(/^callbox_requests_total\{method="GET",route="\/api\/ready",status="200"\} [1-9]/m);
  expect(text).toMatch(/^callbox_requests_total\{method="GET",route="other",status="404"\} [1-9]/m);
  expect(text).not.toContain("page-of-a-stranger");
  expect(text).toMatch(/^callbox_worker_heartbeat_age_seconds \d/m);
  expect(text).toMatch(/^callbox_database_connections\{state="idle"\} [1-9]/m);
  expect(text).toContain("process_resident_memory_bytes");
  const forwarded = await page.request.get("/api/metrics", { headers: { "x-forwarded-for": "203.0.113.9" } });
  expect(forwarded.status()).toBe(403);
});
