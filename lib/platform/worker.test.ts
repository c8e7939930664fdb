import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { z } from "zod";
import { connect, inTransaction, type PrismaClient } from "./db";
import { addJob, SITE_QUEUE, type TaskName, TASKS } from "./jobs";
import { copyDatabase } from "./test-database";
import { startWorker, type Task, task } from "./worker";

/** The worker as a process runs it, on a real database. */

let client: PrismaClient;
let appUrl: string;

beforeAll(async () => {
  ({ appUrl } = await copyDatabase(inject("databases")));
  client = connect(appUrl);
});
afterAll(() => client.$disconnect());

test("channels that never answer hold up neither the public site nor a notice", async () => {
  let release: () => void = () => undefined;
  const never = new Promise<void>((resolve) => (release = resolve));
  const [hanging, done]: [string[], string[]] = [[], []];
  const quick = (name: string) =>
    task(z.unknown(), async () => {
      done.push(name);
    });
  const tasks = Object.fromEntries(TASKS.map((name) => [name, quick(name)])) as Record<TaskName, Task>;
  tasks.deliver = task(z.object({ id: z.string() }), async ({ id }) => {
    hanging.push(id);
    await never;
  });
  const [concurrency, channels] = [4, 12];
  await inTransaction(client, async (transaction) => {
    for (let at = 0; at < channels; at += 1)
      await addJob(transaction, "deliver", { id: `${at}` }, { queue: `channel-${at}:0` });
  });
  const worker = await startWorker(appUrl, tasks, { concurrency, ahead: 1 });
  try {
    // All it does at once is done with waiting.
    await vi.waitFor(() => expect(hanging).toHaveLength(concurrency), { timeout: 20_000 });
    await inTransaction(client, async (transaction) => {
      await addJob(transaction, "deliver", { id: "site" }, { queue: SITE_QUEUE });
      await addJob(transaction, "write-site", {}, { queue: SITE_QUEUE });
      await addJob(transaction, "send-notice", { id: "notice" });
    });
    await vi.waitFor(() => expect(new Set(done)).toEqual(new Set(["deliver-site", "write-site", "send-notice"])), {
      timeout: 20_000,
    });
    expect(hanging).toHaveLength(concurrency);
  } finally {
    release();
    await worker.stop();
  }
});
