import { defineConfig } from "@playwright/test";
import { consoleUnderTest } from "./e2e/console";

const { url, chromium } = consoleUnderTest();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // One console, one record: journeys take turns.
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [["line"]],
  use: {
    baseURL: url,
    viewport: { width: 1280, height: 900 },
    // A trace makes a journey half as long again: it is for the one who writes or mends it.
    trace: process.env.CALLBOX_E2E_TRACE === "yes" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    timezoneId: "Pacific/Chatham",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
