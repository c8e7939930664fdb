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
    trace: "retain-on-failure",
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
