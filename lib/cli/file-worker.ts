import type { LeftImport } from "../exchange/commands/take-up";
import type { DrillPayload } from "./nightly-drill";
import { env } from "../platform/env";
import type { JobResult } from "../platform/file-worker";
import { log } from "../platform/log";

/** The process that reads what people give: see lib/platform/file-worker.ts. One message in is one job, one out its result. */

interface Message {
  id: number;
  job: string;
  payload: unknown;
}

interface CheckPayload {
  bytes: Uint8Array;
  trust?: string;
}

interface OutlinePayload {
  bytes: Uint8Array;
  /** Ids of the places that the person's agency can alert. */
  allowed: string[];
}

const JOBS: ReadonlyMap<string, (payload: never) => Promise<unknown>> = new Map<
  string,
  (payload: never) => Promise<unknown>
>([
  [
    "check",
    async ({ bytes, trust }: CheckPayload) => {
      const { checkFile } = await import("../standards/check");
      const { describeCheck } = await import("../standards/describe-check");
      const { parseCertificates } = await import("../standards/signature/certificates");
      const trusted = trust ? parseCertificates(trust) : [];
      return trusted ? describeCheck(checkFile(bytes, { trusted })) : null;
    },
  ],
  [
    "outline",
    async ({ bytes, allowed }: OutlinePayload) => {
      const { connect } = await import("../platform/db");
      const { findInOutline } = await import("../exchange/commands/find-in-outline");
      const client = connect(env().DATABASE_URL, { connections: 2 });
      try {
        return await findInOutline(client, bytes, new Set(allowed));
      } finally {
        await client.$disconnect();
      }
    },
  ],
  [
    "import",
    async (left: LeftImport) => {
      const { connect } = await import("../platform/db");
      const { readWaiting } = await import("../exchange/commands/take-up");
      const client = connect(env().DATABASE_URL, { connections: 3 });
      try {
        await readWaiting(client, left);
      } finally {
        await client.$disconnect();
      }
    },
  ],
  [
    "drill",
    async ({ folder, site, scratch }: DrillPayload) => {
      const { compareBackup } = await import("./commands/drill");
      return compareBackup(folder, site, scratch);
    },
  ],
]);

process.on("message", ({ id, job, payload }: Message) => {
  const run = JOBS.get(job);
  const work = run ? run(payload as never) : Promise.reject(new Error(`There is no job ${job}.`));
  const answer = (result: JobResult<unknown>) => process.send?.({ id, result });
  work.then(
    (value) => answer({ ok: true, value }),
    (error: unknown) => {
      log.error({ event: "job failed", job, error });
      answer({ ok: false, why: "failed" });
    },
  );
});
// The console ended: nobody waits for what this does.
process.on("disconnect", () => process.exit(0));
