/** Trouble with a disk or folder in words for people. */

const SAID: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOSPC: "The disk is full. What was there before is still served. Make room; it is tried again by itself.",
    EDQUOT: "The disk's quota is used up. What was there before is still served. It is tried again by itself.",
    EFBIG: "The file would be larger than this account may write. What was there before is still served.",
    EROFS: "The disk can only be read. What was there before is still served. It is tried again by itself.",
    EACCES: "The account that Callbox runs under may not write there. What was there before is still served.",
    EPERM: "The account that Callbox runs under may not write there. What was there before is still served.",
    ENOENT: "The folder is not there.",
    ENOTDIR: "A part of the path is a file, not a folder.",
    EIO: "The disk reports a fault. Tell whoever runs this machine.",
  }),
);

/**
 * @param error as the file system throws it
 * @returns a sentence and the path it is about; null for any other error
 */
export function describeFileTrouble(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  const said = SAID.get(String(error.code));
  if (!said) return null;
  return "path" in error && typeof error.path === "string" ? `${said} (${error.path})` : said;
}
