import "server-only";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import zlib from "node:zlib";
import { fingerprint } from "../../../../record/chain";
import type { SiteFile } from "../files";
import { POLICY } from "../layout";
import { foot, Pack, PACK, type SiteEntry, type SiteTable, type Span } from "../pack";

/**
 * Writes the public site as one file, aside, and puts it in place with one
 * rename. A page whose key is that of the pack before is taken over with its
 * compressed forms, not made again.
 */

/** A page is read a thousand times and written once, but a state waits for it: beyond 4 it takes twice as long for 3 %. */
const QUALITY = 4;
/** Smaller files are sent as they are: they fit one packet anyway. */
const LEAST_COMPRESSED = 1400;
/** Files after which other jobs of the process have a turn. */
const TURN = 50;
/** Bytes that are gathered before they are written. */
const CHUNK = 4 * 1024 * 1024;

export interface WrittenSite {
  files: number;
  made: number;
  /** Taken over from the pack before. */
  kept: number;
  /** Left as they were, or left out, until the next time. */
  later: number;
}

/** Stored bytes of published messages, by identifier. */
export type LoadMessages = (identifiers: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;

/** The bytes of a file in every form they are sent in. */
function formsOf(
  file: Pick<SiteFile, "path">,
  body: Uint8Array,
): { raw: Uint8Array; br?: Uint8Array; gzip?: Uint8Array } {
  if (body.length < LEAST_COMPRESSED || file.path.endsWith(".ended.html")) return { raw: body };
  // In this thread: another one makes a window of some megabytes for a page of seven kilobytes, and takes three times as long.
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: QUALITY, [zlib.constants.BROTLI_PARAM_LGWIN]: 18 };
  return { raw: body, br: zlib.brotliCompressSync(body, { params }), gzip: zlib.gzipSync(body, { level: 6 }) };
}

/** What is written one after the other, some megabytes at a time. */
class Appender {
  private waiting: Uint8Array[] = [];
  private size = 0;
  at = 0;

  constructor(private readonly descriptor: number) {}

  add(bytes: Uint8Array): Span {
    const span: Span = [this.at, bytes.length];
    this.waiting.push(bytes);
    this.at += bytes.length;
    this.size += bytes.length;
    if (this.size >= CHUNK) this.flush();
    return span;
  }

  flush(): void {
    // A disk that is nearly full takes a part and says no more than how much: then the rest is asked for, and refused.
    let left = Buffer.concat(this.waiting);
    while (left.length > 0) left = left.subarray(fs.writeSync(this.descriptor, left));
    this.waiting = [];
    this.size = 0;
  }
}

/**
 * @param folder of the site
 * @param options.translationsLater pages of languages that no alert is written in stay as they are until the next
 *   time, since those of an alert's own languages are waited for
 * @throws when it cannot be written; what is read stays as it was then
 */
export async function writePack(
  folder: string,
  files: Iterable<SiteFile>,
  loadMessages: LoadMessages,
  now: number,
  options: { translationsLater?: boolean } = {},
): Promise<WrittenSite> {
  fs.mkdirSync(folder, { recursive: true });
  const aside = path.join(folder, `.${PACK}.${randomBytes(6).toString("hex")}`);
  const before = Pack.open(folder);
  const descriptor = fs.openSync(aside, "wx", 0o644);
  try {
    const out = new Appender(descriptor);
    const table: SiteTable = { madeAt: now, policy: POLICY, files: {} };
    const [toKeep, toMake]: [[SiteFile, SiteEntry][], SiteFile[]] = [[], []];
    let later = 0;
    for (const file of files) {
      const known = before?.find(file.path);
      if (known?.key === file.key) toKeep.push([file, known]);
      else if (options.translationsLater && file.isTranslation) {
        later += 1;
        // Under its own key, so that it is made the next time.
        if (known) toKeep.push([{ ...file, key: known.key, until: known.until }, known]);
      } else toMake.push(file);
    }
    const until = (file: SiteFile) => (file.until ? { until: file.until } : {});
    for (const [index, [file, known]] of toKeep.entries()) {
      const take = (span: Span | undefined) => span && before && out.add(before.read(span));
      const [raw, br, gzip] = [take(known.raw), take(known.br), take(known.gzip)];
      if (!raw) throw new Error(`${file.path} is not in the pack before.`);
      table.files[file.path] = {
        key: file.key,
        etag: known.etag,
        raw,
        ...(br ? { br } : {}),
        ...(gzip ? { gzip } : {}),
        ...until(file),
      };
      if (index % (TURN * 10) === 0) await setImmediate();
    }
    const messages = await loadMessages(toMake.flatMap(({ message }) => (message === undefined ? [] : [message])));
    for (const [index, file] of toMake.entries()) {
      const body = file.message === undefined ? Buffer.from(file.make(), "utf8") : messages.get(file.message);
      if (!body) throw new Error(`The bytes of ${file.path} are not stored.`);
      const { raw, br, gzip } = formsOf(file, body);
      table.files[file.path] = {
        key: file.key,
        etag: fingerprint(body).slice(0, 32),
        raw: out.add(raw),
        ...(br ? { br: out.add(br) } : {}),
        ...(gzip ? { gzip: out.add(gzip) } : {}),
        ...until(file),
      };
      if (index % TURN === 0) await setImmediate();
    }
    const { at } = out;
    out.add(foot(table, at));
    out.flush();
    fs.fsyncSync(descriptor);
    fs.renameSync(aside, path.join(folder, PACK));
    sweep(folder);
    return { files: toKeep.length + toMake.length, made: toMake.length, kept: toKeep.length, later };
  } catch (error) {
    fs.rmSync(aside, { force: true });
    throw error;
  } finally {
    fs.closeSync(descriptor);
    before?.close();
  }
}

/** Removes what a process that died while it wrote left behind. */
function sweep(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith(`.${PACK}.`)) fs.rmSync(path.join(folder, name), { force: true });
  }
}
