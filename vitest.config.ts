import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      // Next replaces this marker itself; elsewhere it would refuse to load.
      "server-only": path.join(import.meta.dirname, "node_modules/server-only/empty.js"),
    },
  },
  test: {
    include: ["lib/**/*.test.ts", "components/**/*.test.ts"],
    globalSetup: ["lib/platform/test-database.ts"],
    // An odd zone, so that a forgotten time zone fails here and not in Boston.
    env: { TZ: "Pacific/Chatham" },
    testTimeout: Number(process.env.CALLBOX_TEST_TIMEOUT ?? 120_000),
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
