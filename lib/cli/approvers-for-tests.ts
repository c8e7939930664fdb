import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { approval, type Story } from "../alerts/story-for-tests";
import { freePort } from "../platform/embedded-postgres";
import { ConsoleClient } from "./console-client-for-tests";

/** Something that approves in a process of its own, which may be killed at any moment and comes back. */
export interface Approver {
  /** @returns null when it was approved, or why not @throws when nobody answered */
  approve: (id: string) => Promise<string | null>;
  kill: () => void;
  stop: () => void;
}

/** The name under which its connections stand in the list of the database. */
export const APPROVER = "approver";

/** Keeps one process running until it is told to stop. */
function keep(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  begun: (child: ChildProcess) => void,
): Omit<Approver, "approve"> {
  let stopping = false;
  let child: ChildProcess;
  const start = () => {
    child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe", "ipc"], env });
    child.stderr?.resume();
    child.once("exit", () => {
      if (!stopping) setTimeout(() => !stopping && start(), 50);
    });
    begun(child);
  };
  start();
  return {
    kill: () => child.kill("SIGKILL"),
    stop: () => {
      stopping = true;
      child.kill("SIGKILL");
    },
  };
}

const named = (databaseUrl: string) =>
  `${databaseUrl}${databaseUrl.includes("?") ? "&" : "?"}application_name=${APPROVER}`;

/** The console's functions in a small process. */
export function smallApprover(env: NodeJS.ProcessEnv): Approver {
  let current: ChildProcess;
  const args = ["--conditions=react-server", "--import", "tsx", path.join("lib", "cli", "approver-for-tests.ts")];
  const kept = keep(args, { ...env, DATABASE_URL: named(env.DATABASE_URL!) }, (child) => (current = child));
  const approve = (id: string) =>
    new Promise<string | null>((resolve, reject) => {
      const child = current;
      const listen = (message: { id: string; answer: string | null }) => {
        if (message.id !== id) return;
        child.off("message", listen);
        resolve(message.answer);
      };
      child.on("message", listen);
      child.once("exit", () => reject(new Error("The approver ended.")));
      if (!child.connected) reject(new Error("The approver is not there."));
      else child.send({ id }, (error) => error && reject(error));
    });
  return { ...kept, approve };
}

/** The console itself, as it is built; whoever approves speaks with it over HTTP. */
export async function consoleApprover(env: NodeJS.ProcessEnv, story: Story): Promise<Approver> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const more = { NODE_ENV: "production" as const, NEXTAUTH_URL: url, HOST: "127.0.0.1", PORT: String(port) };
  const args = ["--import", "tsx", path.join("lib", "cli", "console.ts")];
  const kept = keep(args, { ...env, ...more, DATABASE_URL: named(env.DATABASE_URL!) }, () => undefined);
  const luis = new ConsoleClient(url);
  let signedIn = false;
  return {
    ...kept,
    approve: async (id) => {
      signedIn ||= await luis.signIn("luis@callbox.example");
      if (!signedIn) throw new Error("Nobody could sign in.");
      const result = await luis.act(`/alerts/${id}/review`, "decideAlertAction", await approval(story, id));
      return result.ok ? null : result.message;
    },
  };
}
