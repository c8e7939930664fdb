import "server-only";
import { z } from "zod";
import { Bucket, type BucketKey, type BucketPlace } from "../../bucket/open-bucket";
import { LAST_STEP, listObjects, type SiteObject } from "../objects";
import { Pack } from "../pack";

/**
 * Lays the pack of the public site out in a bucket. Only what changed is put, what
 * others lead to first and the first page last; what is no longer part of the site is
 * removed after that. A file in the bucket says which files are there, and before anything is put,
 * which are about to change: whoever dies in between leaves whole pages, and the next one goes on.
 */

export interface SiteBucket extends BucketPlace {
  /** Where in the bucket, ending in a stroke; empty for its top. */
  prefix: string;
  key: BucketKey;
}

export interface WrittenBucket {
  files: number;
  put: number;
  removed: number;
}

/** Which files are there. Nobody links to it. */
export const LEDGER = ".callbox-site.json";
const MOST_LEDGER = 64 * 1024 * 1024;
/** Files on their way at once. */
const AT_ONCE = 12;
/** After so many files it is written down which of them are there. */
const NOTED_EVERY = 500;
/** One request takes no longer, in milliseconds. */
const PATIENCE_MS = 30_000;

const ledgerSchema = z.object({
  format: z.literal("callbox-bucket-1"),
  /** When the site was made that is there, or is on its way there, in milliseconds since 1970. */
  madeAt: z.number(),
  /** Tags of files that are there, by name. */
  files: z.record(z.string(), z.string()),
  /** Files that may be there, in one state or another. */
  pending: z.array(z.string()),
});

interface Ledger {
  madeAt: number;
  files: Map<string, string>;
  pending: Set<string>;
}

async function readLedger(bucket: Bucket, prefix: string, patienceMs: number): Promise<Ledger> {
  const bytes = await bucket.get(prefix + LEDGER, MOST_LEDGER, AbortSignal.timeout(patienceMs));
  try {
    const { madeAt, files, pending } = ledgerSchema.parse(JSON.parse(bytes?.toString("utf8") ?? ""));
    return { madeAt, files: new Map(Object.entries(files)), pending: new Set(pending) };
  } catch {
    // None yet, or one that is not ours: everything is put, and nothing removed that we do not know.
    return { madeAt: 0, files: new Map(), pending: new Set() };
  }
}

/** Runs all, some at once. After a failure none is begun. @throws the first failure */
async function runAll<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  let failed = false;
  const lane = async () => {
    for (let item = items[next++]; item !== undefined && !failed; item = items[next++]) {
      try {
        await run(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  const first = results.find((result) => result.status === "rejected");
  if (first) throw first.reason;
}

/**
 * @param folder of the site, where its pack is
 * @throws Refused or another error, in plain words; every page in the bucket is whole then, and the next call goes on
 */
export async function writeBucket(
  folder: string,
  { prefix, key, ...place }: SiteBucket,
  patienceMs = PATIENCE_MS,
): Promise<WrittenBucket> {
  const pack = Pack.open(folder);
  if (!pack) throw new Error("There is no site to lay out yet.");
  let bucket: Bucket | undefined;
  try {
    bucket = await Bucket.open(place, key);
    return await layOut(pack, bucket, prefix, patienceMs);
  } finally {
    bucket?.close();
    pack.close();
  }
}

async function layOut(pack: Pack, bucket: Bucket, prefix: string, patienceMs: number): Promise<WrittenBucket> {
  const objects = listObjects(pack.table);
  const { madeAt, files, pending } = await readLedger(bucket, prefix, patienceMs);
  if (madeAt > pack.table.madeAt) {
    // A worker on another machine has its own pack; an older one takes nothing back.
    throw new Error("The bucket holds a newer site than this machine has. It was left as it is.");
  }
  const toPut = [...objects.values()].filter(({ name, tag }) => pending.has(name) || files.get(name) !== tag);
  const toRemove = [...new Set([...files.keys(), ...pending])].filter((name) => !objects.has(name));
  const done = { files: objects.size, put: toPut.length, removed: toRemove.length };
  if (toPut.length + toRemove.length === 0) return done;

  const note = async () => {
    const text = JSON.stringify({
      format: "callbox-bucket-1",
      madeAt: pack.table.madeAt,
      files: Object.fromEntries(files),
      pending: [...pending],
    });
    const headers = { type: "application/json; charset=utf-8", cache: "no-store" };
    await bucket.put(prefix + LEDGER, Buffer.from(text), headers, { signal: AbortSignal.timeout(patienceMs) });
  };
  for (const name of [...toPut.map(({ name }) => name), ...toRemove]) {
    files.delete(name);
    pending.add(name);
  }
  await note();
  let since = 0;
  const put = async ({ name, entry, form, type, cache, tag }: SiteObject) => {
    const headers = { type, cache, ...(form === "gzip" ? { encoding: "gzip" } : {}) };
    const bytes = pack.read(entry[form] ?? entry.raw);
    await bucket.put(prefix + name, bytes, headers, { signal: AbortSignal.timeout(patienceMs) });
    files.set(name, tag);
    pending.delete(name);
    since += 1;
  };
  for (let step = 0; step <= LAST_STEP; step += 1) {
    const all = toPut.filter((object) => object.step === step);
    for (let from = 0; from < all.length; from += NOTED_EVERY) {
      await runAll(all.slice(from, from + NOTED_EVERY), put);
      if (since >= NOTED_EVERY) {
        await note();
        since = 0;
      }
    }
  }
  await runAll(toRemove, async (name) => {
    await bucket.remove(prefix + name, AbortSignal.timeout(patienceMs));
    pending.delete(name);
  });
  await note();
  return done;
}
