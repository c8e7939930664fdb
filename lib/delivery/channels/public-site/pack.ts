import fs from "node:fs";
import path from "node:path";

/**
 * The public site as one file: the bytes of every page one after the other, then
 * a table of where each of them is. One rename replaces it, so that whoever reads
 * has the old site or the new one, whole; and thousands of pages cost no more
 * than their bytes, where a file system takes longer to make a file than we to
 * write a page.
 */

const MAGIC = Buffer.from("callbox-site-2\n");
const FOOT = MAGIC.length + 8;
export const PACK = "site.pack";
/** Bytes that are read ahead where many are asked for. */
const AHEAD = 1024 * 1024;

/** Where the bytes are: from, and how many. */
export type Span = readonly [at: number, length: number];
export type Encoding = "br" | "gzip";

export interface SiteEntry {
  key: string;
  /** Tells these bytes from others at the same address. */
  etag: string;
  raw: Span;
  br?: Span;
  gzip?: Span;
  until?: { at: number; instead: string };
}

export interface SiteTable {
  /** When it was made, in milliseconds since 1970. */
  madeAt: number;
  /** The Content-Security-Policy of its pages. */
  policy: string;
  files: Record<string, SiteEntry>;
}

/** The table and what tells where it begins, as they stand at the end of a pack. */
export function foot(table: SiteTable, at: number): Buffer {
  const written = Buffer.from(JSON.stringify(table));
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(at));
  return Buffer.concat([written, place, MAGIC]);
}

/** A pack as it is read. It goes on to be read when another one has taken its name. */
export class Pack {
  private constructor(
    private readonly descriptor: number,
    /** What tells this one from the next under the same name. */
    readonly mark: string,
    readonly table: SiteTable,
  ) {}

  /** @returns null where there is none, or none that is whole */
  static open(folder: string): Pack | null {
    let descriptor: number;
    try {
      descriptor = fs.openSync(path.join(folder, PACK), "r");
    } catch {
      return null;
    }
    try {
      const { size, ino, mtimeMs } = fs.fstatSync(descriptor);
      const end = readAt(descriptor, [Math.max(0, size - FOOT), FOOT]);
      if (size < FOOT || !end.subarray(8).equals(MAGIC)) throw new Error("This is no pack.");
      const at = Number(end.readBigUInt64BE(0));
      const table = JSON.parse(readAt(descriptor, [at, size - FOOT - at]).toString("utf8")) as SiteTable;
      return new Pack(descriptor, `${ino} ${mtimeMs} ${size}`, table);
    } catch {
      fs.closeSync(descriptor);
      return null;
    }
  }

  /** What tells the pack of a folder now; empty where there is none. */
  static markOf(folder: string): string {
    try {
      const { size, ino, mtimeMs } = fs.statSync(path.join(folder, PACK));
      return `${ino} ${mtimeMs} ${size}`;
    } catch {
      return "";
    }
  }

  find(name: string): SiteEntry | undefined {
    return Object.hasOwn(this.table.files, name) ? this.table.files[name] : undefined;
  }

  read(span: Span): Buffer {
    return readAt(this.descriptor, span);
  }

  /**
   * Reads many spans in the order they stand in, a megabyte at a time, where asking for each alone takes longer than
   * all the rest of taking them over.
   */
  reader(): (span: Span) => Buffer {
    let window: Buffer = Buffer.alloc(0);
    let from = 0;
    const { size } = fs.fstatSync(this.descriptor);
    return ([at, length]) => {
      if (at < from || at + length > from + window.length) {
        from = at;
        // A new window each time, since what was read of the last one is still to be written.
        window = readAt(this.descriptor, [at, Math.max(length, Math.min(AHEAD, size - at))]);
      }
      return window.subarray(at - from, at - from + length);
    };
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }
}

function readAt(descriptor: number, [at, length]: Span): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const got = fs.readSync(descriptor, bytes, done, length - done, at + done);
    if (got === 0) throw new Error("The site ends in the middle.");
    done += got;
  }
  return bytes;
}
