import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { launcherEnv } from "../../platform/env";
import { binOf, childEnv, runScript, say } from "../steps";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const runs = (program: string) => spawnSync(program, ["--version"], { timeout: 20_000 }).status === 0;

/**
 * A Chromium for the journeys: what CHROMIUM_PATH names, one on the machine, or
 * Playwright's own, installed when it can be.
 * @returns its path, or undefined for Playwright's own
 * @throws with what to install when none can be had
 */
export async function findBrowser(): Promise<string | undefined> {
  const { chromiumPath } = launcherEnv();
  if (chromiumPath) {
    if (fs.existsSync(chromiumPath)) return chromiumPath;
    throw new Error(`CHROMIUM_PATH names ${chromiumPath}, and nothing is there.`);
  }
  const found = KNOWN.find((program) => fs.existsSync(program) && runs(program));
  if (found) return found;
  const { chromium } = await import("@playwright/test");
  if (fs.existsSync(chromium.executablePath())) return undefined;
  say("Installing a browser for the journeys");
  const { code } = await runScript(binOf("@playwright/test", "playwright"), ["install", "chromium"], {
    env: childEnv(),
  });
  if (code === 0 && fs.existsSync(chromium.executablePath())) return undefined;
  throw new Error(
    "No Chromium was found and Playwright's could not be downloaded. Install one and run again: on Debian or Ubuntu " +
      "“apt-get install chromium”, elsewhere Google Chrome; or name one in CHROMIUM_PATH.",
  );
}
