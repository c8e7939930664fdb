#!/usr/bin/env node
// The first step of every command. Plain JavaScript without packages, because
// it is what installs them. Then it hands over to main.ts.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Callbox needs Node 20.19 or later. This is Node ${process.versions.node}.`);
  process.exit(2);
}

/** What runs at the moment, and the signal that told us to end. */
let child;
let told = null;
function tell(signal) {
  told = signal;
  child?.kill(signal);
}
// Ctrl-C in a terminal reaches the child by itself; a signal sent to us alone is passed on. Either way we outlive it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => tell(signal));

/** The parent of a process, where the system tells; undefined where it does not. */
function parentOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ")[1];
  } catch {
    return undefined;
  }
}

/**
 * npm passes a signal on to the shell it runs us in, and no shell passes it on to us. So whoever stops npm, as
 * systemd or a container does, stops us by ending what is above us: the shell, or npm above the shell.
 */
function watchNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const [shell, npm] = [process.ppid, parentOf(process.ppid)];
  setInterval(() => {
    if (told === null && (process.ppid !== shell || parentOf(shell) !== npm)) tell("SIGTERM");
  }, 250).unref();
}
watchNpm();

/** Runs a program to its end, with a sign of life every ten seconds. */
function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    child = spawn(program, args, { cwd: checkout, stdio: ["ignore", "pipe", "pipe"], ...options });
    const began = Date.now();
    const alive = setInterval(() => console.error(`  … ${Math.round((Date.now() - began) / 1000)} s`), 10_000);
    let said = "";
    child.stdout?.on("data", (chunk) => (said += chunk));
    child.stderr?.on("data", (chunk) => (said += chunk));
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(alive);
      if (code === 0) resolve();
      else reject(new Error(said.trim().split("\n").slice(-20).join("\n")));
    });
  });
}

async function installWhatIsMissing() {
  const lock = createHash("sha256")
    .update(fs.readFileSync(path.join(checkout, "package-lock.json")))
    .digest("hex");
  const mark = path.join(checkout, "node_modules", ".callbox-installed");
  if (fs.existsSync(mark) && fs.readFileSync(mark, "utf8") === lock) return;
  console.error("Installing packages from the lock file (the first time takes a minute or two)");
  const windows = process.platform === "win32";
  await run(windows ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--include=dev"], { shell: windows });
  fs.writeFileSync(mark, lock);
}

try {
  await installWhatIsMissing();
} catch (error) {
  if (told === null) console.error(`The packages could not be installed.\n${error.message}`);
  process.exit(1);
}

const tsx = pathToFileURL(path.join(checkout, "node_modules", "tsx", "dist", "loader.mjs")).href;
const asked = process.argv.slice(2);
const started = [];

/** Runs the command. A `start` that something killed is started again; everything else ends as it ended. */
function begin() {
  // Told to stop while it waited to begin again.
  if (told !== null) process.exit(0);
  started.push(performance.now());
  child = spawn(
    process.execPath,
    // Room for what is read and let go at once: verifying a million entries takes a fifth less time with it.
    [
      "--max-semi-space-size=64",
      "--conditions=react-server",
      "--import",
      tsx,
      path.join(checkout, "lib", "cli", "main.ts"),
      ...asked,
    ],
    { stdio: "inherit" },
  );
  child.on("exit", (code, signal) => {
    const killed = signal !== null && told === null && asked[0] === "start";
    if (killed && started.filter((at) => performance.now() - at < 60_000).length <= 8) {
      console.error(`Callbox was ended by ${signal}; starting it again`);
      setTimeout(begin, 200);
    } else process.exit(code ?? (signal === "SIGINT" ? 130 : 1));
  });
}
begin();
