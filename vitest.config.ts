import fs from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";

const FOLDERS = ["lib", "components"];

/**
 * What a test leaves behind for the next of its process: its environment, its clock, what it hangs on the process
 * itself, and the engine that migrates databases, which is good for one file.
 */
const LEAVES_TRACES =
  /process\.env(?:\.\w+|\[[^\]]+\]) (?:\?\?)?= |Object\.assign\(process\.env|useFakeTimers|globalThis|applyMigrations|restoreFixture|bare: true|callbox_database_connections/;

const tests = FOLDERS.flatMap((folder) =>
  fs
    .readdirSync(path.join(import.meta.dirname, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/"))),
);
const leavesTraces = (file: string) =>
  LEAVES_TRACES.test(fs.readFileSync(path.join(import.meta.dirname, file), "utf8"));

const common = {
  // An odd zone, so that a forgotten time zone fails here and not in Boston.
  env: { TZ: "Pacific/Chatham" },
  testTimeout: Number(process.env.CALLBOX_TEST_TIMEOUT ?? 120_000),
  hookTimeout: 120_000,
};
const resolve = {
  alias: {
    // Next replaces this marker itself; elsewhere it would refuse to load.
    "server-only": path.join(import.meta.dirname, "node_modules/server-only/empty.js"),
  },
};

export default defineConfig({
  resolve,
  test: {
    globalSetup: ["lib/platform/test-database.ts"],
    maxWorkers: 2,
    projects: [
      // Most files share a process, which loads what they are made of once. It takes a minute less.
      {
        resolve,
        test: { ...common, name: "shared", include: tests.filter((file) => !leavesTraces(file)), isolate: false },
      },
      { resolve, test: { ...common, name: "apart", include: tests.filter(leavesTraces) } },
    ],
  },
});
