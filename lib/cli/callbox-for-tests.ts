import { spawn } from "node:child_process";

/** A command of the command line as it ended. */
export interface Ran {
  code: number | null;
  /** What it wrote to its standard output, and to its standard error. */
  out: string;
  said: string;
}

/** The database a command works on, as tests open it. */
interface OpenDatabase {
  appUrl: string;
  ownerUrl: string;
}

/**
 * Runs a command to its end, in a process of its own.
 * @param on.env stands before the environment of the test; undefined takes a variable away
 * @param on.input what it reads from its standard input
 */
export function runCallbox(
  args: readonly string[],
  {
    database,
    env = {},
    input,
  }: { database?: OpenDatabase; env?: Readonly<Record<string, string | undefined>>; input?: Buffer } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", "lib/cli/main.ts", ...args],
      {
        env: {
          ...process.env,
          ...(database ? { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl } : {}),
          ...env,
        },
      },
    );
    let [out, said] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, said }));
    child.stdin.end(input);
  });
}
