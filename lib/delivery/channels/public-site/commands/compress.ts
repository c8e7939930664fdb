import "server-only";
import { Worker } from "node:worker_threads";
import type { Encoding } from "../pack";

/**
 * Compresses pages in threads beside the one that writes them: it takes longer
 * than all the rest, and a state waits for the last page.
 */

/** So many threads: the one that writes waits for them most of the time, so that a machine with two cores runs both. */
const THREADS = 2;

/** The forms of a body that were asked for, sent to those who take them. */
export type Compressed = Partial<Record<Encoding, Uint8Array>>;

interface Answer {
  id: number;
  bytes: Uint8Array;
  lengths: number[];
}

interface Waiting {
  kinds: readonly Encoding[];
  resolve: (forms: Compressed[]) => void;
  reject: (error: Error) => void;
}

/** One thread of this process, made when it is first needed. It keeps no process from ending. */
class Compressor {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  /** What it was given and has not answered. */
  get load(): number {
    return this.waiting.size;
  }

  /** @returns of each body its forms, in the same order @throws when the thread ended before it was through */
  compress(bodies: readonly Uint8Array[], kinds: readonly Encoding[]): Promise<Compressed[]> {
    const worker = (this.worker ??= this.start());
    const id = (this.last += 1);
    // One buffer that is handed over whole, where each page alone would be copied.
    const bytes = new Uint8Array(bodies.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const body of bodies) {
      bytes.set(body, at);
      at += body.length;
    }
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { kinds, resolve, reject });
      worker.ref();
      worker.postMessage({ id, bytes, lengths: bodies.map(({ length }) => length), kinds }, [bytes.buffer]);
    });
  }

  private start(): Worker {
    // Plain JavaScript, without the loader of this process, which takes a quarter of a second to begin.
    const worker = new Worker(new URL("./compress-thread.mjs", import.meta.url), { execArgv: [] });
    worker.on("message", ({ id, bytes, lengths }: Answer) => {
      let at = 0;
      const forms = lengths.map((length) => bytes.subarray(at, (at += length)));
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (this.waiting.size === 0) worker.unref();
      const kinds = waiting?.kinds ?? [];
      waiting?.resolve(
        Array.from({ length: forms.length / kinds.length }, (_, index) =>
          Object.fromEntries(kinds.map((kind, turn) => [kind, forms[index * kinds.length + turn]!])),
        ),
      );
    });
    let problem = new Error("The thread that compresses pages ended.");
    worker.on("error", (error) => (problem = error));
    worker.on("exit", () => {
      if (this.worker === worker) this.worker = null;
      for (const { reject } of this.waiting.values()) reject(problem);
      this.waiting.clear();
    });
    return worker;
  }
}

const holder = globalThis as { callboxCompressors?: Compressor[] };

/** @returns of each body these forms, in the same order @throws when they could not be made */
export function compress(bodies: readonly Uint8Array[], kinds: readonly Encoding[]): Promise<Compressed[]> {
  const all = (holder.callboxCompressors ??= Array.from({ length: THREADS }, () => new Compressor()));
  return all.reduce((free, one) => (one.load < free.load ? one : free)).compress(bodies, kinds);
}
