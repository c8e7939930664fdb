import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readRouteNames } from "./route-names";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-routes-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
fs.writeFileSync(
  path.join(folder, "routes-manifest.json"),
  JSON.stringify({
    version: 3,
    staticRoutes: [
      { page: "/", regex: "^/(?:/)?$" },
      { page: "/api/health", regex: "^/api/health(?:/)?$" },
    ],
    dynamicRoutes: [{ page: "/alerts/[id]", regex: "^/alerts/([^/]+?)(?:/)?$", routeKeys: {} }],
  }),
);

test.each([
  ["/", "/"],
  ["/?next=/alerts", "/"],
  ["/api/health", "/api/health"],
  ["/alerts/0198c0de?tab=texts", "/alerts/[id]"],
  ["/_next/static/chunks/a.js", "static"],
  ["/wp-admin.php", "other"],
  [`/alerts/${"x".repeat(600)}`, "other"],
  ["*", "other"],
])("%s is %s", (target, name) => expect(readRouteNames(folder)(target)).toBe(name));
