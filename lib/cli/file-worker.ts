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

interface ImportPayload {
  importId: string;
  agencyId: string;
  sessionId: string;
  bytes: Uint8Array;
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
    "import",
    async ({ importId, agencyId, sessionId, bytes }: ImportPayload) => {
      const { connect } = await import("../platform/db");
      const { mintActor } = await import("../access/mint");
      const { failImport } = await import("../exchange/commands/begin");
      const { readImport } = await import("../exchange/commands/read");
      const client = connect(env().DATABASE_URL, { connections: 3 });
      try {
        const actor = await mintActor(client, sessionId, new Date(), false);
        if (actor) await readImport(client, { actor, agencyId }, importId, bytes);
        else
          await failImport(
            client,
            importId,
            "You were signed out before the file was read. Sign in and give it again.",
          );
      } finally {
        await client.$disconnect();
      }
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
