import "server-only";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { copyFile, type FileHandle, open, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { SiteFile } from "../files";
import { POLICY } from "../layout";
import { type Encoding, foot, Pack, PACK, type SiteEntry, type SiteTable, type Span } from "../pack";
import { isEnded } from "../served";
import { compress, type Compressed } from "./compress";

/**
 * Writes the public site as one file, aside, and puts it in place with one
 * rename. A page whose key is that of the pack before is taken over with its
 * compressed forms, not made again.
 */

/** Smaller files are sent as they are: they fit one packet anyway. */
const LEAST_COMPRESSED = 1400;
/** What is read only where nobody makes it anew is there for each place: the page of a place is sent as it is. */
const LEAST_ENDED_COMPRESSED = 64 * 1024;
/** A frame or its data goes in two or three packets as it is; thousands of them would hold up the pages people read. */
const LEAST_FRAME_COMPRESSED = 4096;
/** Files after which other jobs of the process have a turn. */
const TURN = 50;
/** Bytes that are gathered before they are written. */
const CHUNK = 4 * 1024 * 1024;
/** A unit of UTF-16 takes no more bytes than this in UTF-8. */
const MOST_BYTES_A_UNIT = 3;
/** So many of these may wait for the disk. */
const MOST_CHUNKS = 4;

export interface WrittenSite {
  files: number;
  made: number;
  /** Taken over from the pack before. */
  kept: number;
  /** Left as they were, left out, or without their Brotli, until the next time. */
  later: number;
  /** Of those taken over: given their Brotli now. */
  pressed: number;
}

/** Stored bytes of published messages, by identifier. */
export type LoadMessages = (identifiers: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;

/** Bodies that go to be compressed together, in bytes. */
const BATCH = 512 * 1024;
/** Batches on their way at once: enough that no thread ever waits, and few enough that memory holds them. */
const MOST_BATCHES = 8;

/**
 * What pages that people wait for are compressed as: Brotli takes twice the time of gzip and saves a tenth of the
 * bytes, so it comes the next time, and until then gzip is sent to everyone.
 */
const AT_ONCE: readonly Encoding[] = ["gzip"];
const WHAT_FOLLOWS: readonly Encoding[] = ["br"];
const IN_ALL: readonly Encoding[] = ["br", "gzip"];

const isCompressed = ({ path: at }: SiteFile, body: Uint8Array) =>
  body.length >=
  (isEnded(at) ? LEAST_ENDED_COMPRESSED : at.startsWith("embed/") ? LEAST_FRAME_COMPRESSED : LEAST_COMPRESSED);

/**
 * Sends bodies to be compressed, many at a time, and puts their forms behind the
 * rest: at the same places whenever the same is written, however fast the threads are.
 */
class Compressing {
  private batch: { entry: SiteEntry; body: Uint8Array }[] = [];
  private size = 0;
  private kinds = IN_ALL;
  private readonly open: { entries: SiteEntry[]; forms: Promise<Compressed[]> }[] = [];

  constructor(private readonly out: Appender) {}

  async add(entry: SiteEntry, body: Uint8Array, kinds: readonly Encoding[]): Promise<void> {
    if (kinds !== this.kinds && this.batch.length > 0) this.send();
    this.kinds = kinds;
    this.batch.push({ entry, body });
    this.size += body.length;
    if (this.size >= BATCH) this.send();
    if (this.open.length > MOST_BATCHES) await this.takeOldest();
  }

  private send(): void {
    const forms = compress(
      this.batch.map(({ body }) => body),
      this.kinds,
    );
    // What fails is heard when it is waited for.
    forms.catch(() => undefined);
    this.open.push({ entries: this.batch.map(({ entry }) => entry), forms });
    [this.batch, this.size] = [[], 0];
  }

  private async takeOldest(): Promise<void> {
    const { entries, forms } = this.open.shift()!;
    for (const [index, { br, gzip }] of (await forms).entries()) {
      const entry = entries[index]!;
      if (br) entry.br = this.out.add(br);
      if (gzip) entry.gzip = this.out.add(gzip);
    }
  }

  async end(): Promise<void> {
    if (this.batch.length > 0) this.send();
    while (this.open.length > 0) await this.takeOldest();
  }
}

/** What is written one after the other, some megabytes at a time, while the next ones are made. */
class Appender {
  /** Gathered, and not yet on its way to the disk. */
  private chunk = Buffer.allocUnsafeSlow(CHUNK);
  private size = 0;
  private onItsWay = 0;
  private written: Promise<void> = Promise.resolve();

  /** @param at where the next bytes go, which is the end of the file */
  constructor(
    private readonly file: FileHandle,
    public at: number,
  ) {}

  add(bytes: Uint8Array): Span {
    this.makeRoom(bytes.length);
    this.chunk.set(bytes, this.size);
    return this.take(bytes.length);
  }

  /** Writes a text as UTF-8 where it goes, so that it is copied nowhere. @returns its bytes, too */
  addText(text: string): { span: Span; bytes: Uint8Array } {
    this.makeRoom(text.length * MOST_BYTES_A_UNIT);
    const from = this.size;
    const span = this.take(this.chunk.write(text, from, "utf8"));
    return { span, bytes: this.chunk.subarray(from, this.size) };
  }

  private makeRoom(most: number): void {
    if (this.size + most <= this.chunk.length) return;
    this.flush();
    // What is on its way is still read, by those who compress it, too.
    this.chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK, most));
  }

  private take(length: number): Span {
    const span: Span = [this.at, length];
    this.at += length;
    this.size += length;
    return span;
  }

  private flush(): void {
    if (this.size === 0) return;
    const bytes = this.chunk.subarray(0, this.size);
    this.chunk = Buffer.alloc(0);
    this.size = 0;
    this.onItsWay += 1;
    this.written = this.written.then(async () => {
      await this.write(bytes);
      this.onItsWay -= 1;
    });
    // What fails is heard when it is waited for.
    this.written.catch(() => undefined);
  }

  private async write(bytes: Buffer): Promise<void> {
    // A disk that is nearly full takes a part and says no more than how much: then the rest is asked for, and refused.
    let left = bytes;
    while (left.length > 0) left = left.subarray((await this.file.write(left)).bytesWritten);
  }

  /** Gives other jobs of the process a turn; a disk that is slower than we are is waited for. */
  async turn(): Promise<void> {
    await (this.onItsWay > MOST_CHUNKS ? this.written : setImmediate());
  }

  /** @throws when not all of it could be written */
  async end(): Promise<void> {
    this.flush();
    await this.written;
    await this.file.sync();
  }
}

/**
 * @param folder of the site
 * @param options.pagesFirst what follows (`SiteFile.follows`) stays as it is until the next time, and so does Brotli,
 *   since the pages of an alert's own languages are waited for
 * @throws when it cannot be written; what is read stays as it was then
 */
export async function writePack(
  folder: string,
  all: Iterable<SiteFile>,
  loadMessages: LoadMessages,
  now: number,
  options: { pagesFirst?: boolean } = {},
): Promise<WrittenSite> {
  fs.mkdirSync(folder, { recursive: true });
  const aside = path.join(folder, `.${PACK}.${randomBytes(6).toString("hex")}`);
  const before = Pack.open(folder);
  let descriptor: FileHandle | undefined;
  try {
    // What is written in haste goes behind a copy of the site before, made without reading it; the next time puts it in order.
    const copied = options.pagesFirst && before ? await copyPack(before, folder, aside) : null;
    descriptor = await open(aside, copied === null ? "wx" : "a", 0o644);
    const out = new Appender(descriptor, copied ?? 0);
    const compressing = new Compressing(out);
    const table: SiteTable = { madeAt: now, policy: POLICY, files: {} };
    const [toKeep, toMake]: [[SiteFile, SiteEntry][], SiteFile[]] = [[], []];
    let later = 0;
    const listed = new Set<string>();
    for (const file of all) {
      listed.add(file.path);
      const known = before?.find(file.path);
      if (options.pagesFirst && file.follows) {
        later += 1;
        // Under the key it has, so that the next time sees whether it is still the same.
        if (known) toKeep.push([leave(file, known), known]);
      } else if (known?.key === file.key) toKeep.push([file, known]);
      else toMake.push(file);
    }
    // What stays as it was goes on to lead to what is read once it has ended, though the site has that no longer.
    for (const [{ until }] of toKeep) {
      const then = until && !listed.has(until.instead) ? before?.find(until.instead) : undefined;
      if (!until || !then) continue;
      listed.add(until.instead);
      toKeep.push([leave({ path: until.instead }, then), then]);
    }
    const until = (file: SiteFile) => (file.until ? { until: file.until } : {});
    const kept: { entry: SiteEntry; form: "raw" | Encoding; span: Span }[] = [];
    /** Written in haste the last time. */
    const unpressed = new Set<SiteEntry>();
    for (const [file, { etag, raw, br, gzip }] of toKeep) {
      const forms = copied === null ? {} : { ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) };
      const entry: SiteEntry = { key: file.key, etag, raw, ...forms, ...until(file) };
      table.files[file.path] = entry;
      if (copied !== null) continue;
      kept.push({ entry, form: "raw", span: raw });
      if (br) kept.push({ entry, form: "br", span: br });
      if (gzip) kept.push({ entry, form: "gzip", span: gzip });
      if (gzip && !br && !options.pagesFirst) unpressed.add(entry);
    }
    // In the order they stand in, so that they are read a megabyte at a time.
    kept.sort((left, right) => left.span[0] - right.span[0]);
    const read = before?.reader();
    for (const [index, { entry, form, span }] of kept.entries()) {
      if (read) {
        const bytes = read(span);
        entry[form] = out.add(bytes);
        if (form === "raw" && unpressed.has(entry)) await compressing.add(entry, bytes, WHAT_FOLLOWS);
      }
      if (index % (TURN * 10) === 0) await out.turn();
    }
    const messages = await loadMessages(toMake.flatMap(({ message }) => (message === undefined ? [] : [message])));
    for (const [index, file] of toMake.entries()) {
      const stored = file.message === undefined ? undefined : messages.get(file.message);
      if (file.message !== undefined && !stored) throw new Error(`The bytes of ${file.path} are not stored.`);
      const { span: raw, bytes: body } = stored ? { span: out.add(stored), bytes: stored } : out.addText(file.make());
      // The same key, the same bytes: so the key tells whether a reader has them already.
      const entry = { key: file.key, etag: file.key.slice(0, 32), raw, ...until(file) };
      table.files[file.path] = entry;
      if (isCompressed(file, body)) {
        await compressing.add(entry, body, options.pagesFirst ? AT_ONCE : IN_ALL);
        if (options.pagesFirst) later += 1;
      }
      if (index % TURN === 0) await out.turn();
    }
    await compressing.end();
    const { at } = out;
    out.add(foot(table, at));
    await out.end();
    fs.renameSync(aside, path.join(folder, PACK));
    sweep(folder);
    const files = toKeep.length + toMake.length;
    return { files, made: toMake.length, kept: toKeep.length, later, pressed: unpressed.size };
  } catch (error) {
    fs.rmSync(aside, { force: true });
    throw error;
  } finally {
    await descriptor?.close();
    before?.close();
  }
}

/** A file that stays as it was. */
const leave = ({ path: at }: Pick<SiteFile, "path">, { key, until }: SiteEntry): SiteFile => ({
  path: at,
  key,
  until,
  make: () => "",
});

/** @returns the length of the copy in bytes; null where another site has taken the place of the one that was opened */
async function copyPack(before: Pack, folder: string, to: string): Promise<number | null> {
  await copyFile(path.join(folder, PACK), to);
  if (Pack.markOf(folder) === before.mark) return (await stat(to)).size;
  await rm(to);
  return null;
}

/** Removes what a process that died while it wrote left behind. */
function sweep(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith(`.${PACK}.`)) fs.rmSync(path.join(folder, name), { force: true });
  }
}
