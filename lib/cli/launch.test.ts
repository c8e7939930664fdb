import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";

/**
 * `npm start` in a container or under systemd: whatever ends npm ends what it
 * started. The launcher and npm are the real ones; the program they run stands in
 * for the console, and says when it is told to end.
 */

const STAND_IN = `
import fs from "node:fs";
process.on("SIGTERM", () => { fs.writeFileSync("ended", "in order"); process.exit(0); });
process.on("SIGINT", () => { fs.writeFileSync("ended", "in order"); process.exit(0); });
setInterval(() => undefined, 1000);
fs.writeFileSync("pid", String(process.pid));
`;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

function makeCheckout(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-launch-"));
  folders.push(folder);
  fs.mkdirSync(path.join(folder, "lib", "cli"), { recursive: true });
  fs.copyFileSync("lib/cli/launch.mjs", path.join(folder, "lib", "cli", "launch.mjs"));
  fs.writeFileSync(path.join(folder, "lib", "cli", "main.ts"), STAND_IN);
  fs.mkdirSync(path.join(folder, "node_modules"));
  for (const name of ["tsx", "esbuild", "@esbuild", "get-tsconfig", "resolve-pkg-maps"])
    if (fs.existsSync(path.join("node_modules", name)))
      fs.symlinkSync(path.resolve("node_modules", name), path.join(folder, "node_modules", name));
  const { scripts } = JSON.parse(fs.readFileSync("package.json", "utf8")) as { scripts: { start: string } };
  fs.writeFileSync(
    path.join(folder, "package.json"),
    JSON.stringify({ name: "a", type: "module", scripts: { start: scripts.start } }),
  );
  fs.writeFileSync(path.join(folder, "package-lock.json"), "{}");
  fs.writeFileSync(
    path.join(folder, "node_modules", ".callbox-installed"),
    createHash("sha256").update("{}").digest("hex"),
  );
  return folder;
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test.skipIf(process.platform !== "linux").each([
  ["SIGTERM", "npm alone"],
  ["SIGHUP", "npm alone"],
  ["SIGKILL", "npm alone"],
  ["SIGINT", "all of them, as Ctrl-C does"],
] as const)("%s to %s ends what npm started, in order", async (signal, whom) => {
  const folder = makeCheckout();
  const npm = spawn("npm", ["start"], { cwd: folder, stdio: "ignore", detached: true });
  const file = path.join(folder, "pid");
  await vi.waitFor(() => expect(fs.readFileSync(file, "utf8")).not.toBe(""), { timeout: 30_000, interval: 50 });
  const pid = Number(fs.readFileSync(file, "utf8"));
  try {
    expect(isAlive(pid)).toBe(true);
    process.kill(whom === "npm alone" ? npm.pid! : -npm.pid!, signal);
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000, interval: 50 });
    expect(fs.readFileSync(path.join(folder, "ended"), "utf8")).toBe("in order");
  } finally {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  }
});
