import { spawnSync } from "node:child_process";
import { childEnv, say } from "../steps";

/** Programs of Debian that only the night needs: which package has each, and where it is when it is not on the path. */
const PROGRAMS: readonly { program: string; package: string }[] = [
  { program: "/usr/lib/postgresql/15/bin/pg_rewind", package: "postgresql" },
  { program: "patroni", package: "patroni" },
  { program: "etcd", package: "etcd-server" },
  { program: "haproxy", package: "haproxy" },
  { program: "psql", package: "postgresql-client" },
  { program: "w3m", package: "w3m" },
  { program: "xmlsec1", package: "xmlsec1" },
  { program: "nginx", package: "nginx-light" },
];

const isThere = (program: string) =>
  spawnSync("sh", ["-c", 'command -v "$1"', "sh", program], { stdio: "ignore" }).status === 0;

/** Packages whose programs are missing on this machine. */
function listMissingPackages(): string[] {
  return PROGRAMS.filter(({ program }) => !isThere(program)).map((one) => one.package);
}

/**
 * Installs what is missing for the night, where this is root on Debian.
 * @throws with what to install when it can't be had
 */
export function installPackages(): void {
  const missing = listMissingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && isThere("apt-get")) {
    say(`Installing ${missing.join(", ")} for the nightly tests`);
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], {
      stdio: "ignore",
      // No server starts by itself, and nobody is asked anything.
      env: childEnv({ DEBIAN_FRONTEND: "noninteractive" }),
    });
  }
  const left = listMissingPackages();
  if (left.length === 0) return;
  throw new Error(
    `The nightly tests need ${left.join(", ")}, which could not be installed. On Debian 12: “apt-get install ${left.join(" ")}”.`,
  );
}
