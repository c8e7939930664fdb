import fs from "node:fs";
import { Client } from "pg";

/**
 * Loaded before a program, this kills its process at one named point: before or
 * after a statement is sent to the database, or a file is put in place. The
 * program knows nothing of it.
 */

export interface Failpoint {
  side: "before" | "after";
  /** A pattern of the statement; "rename" for the file. */
  at: string;
  /** Only once a statement of this pattern was sent. */
  since?: string;
}

const { side, at, since } = JSON.parse(process.env.CALLBOX_FAILPOINT ?? "{}") as Partial<Failpoint>;
let armed = since === undefined;

function reached(where: Failpoint["side"], what: string): void {
  if (armed && where === side && at !== undefined && new RegExp(at).test(what)) process.kill(process.pid, "SIGKILL");
}

type Query = (...given: unknown[]) => unknown;
const holder = Client.prototype as unknown as { query: Query };
const query = holder.query;
holder.query = function (this: Client, ...given) {
  const [first] = given;
  const text = typeof first === "string" ? first : ((first as { text?: string } | undefined)?.text ?? "");
  reached("before", text);
  const answer = query.apply(this, given);
  if (since !== undefined && new RegExp(since).test(text)) armed = true;
  if (!(answer instanceof Promise)) return answer;
  return answer.then((value: unknown) => {
    reached("after", text);
    return value;
  });
};

const rename = fs.renameSync;
fs.renameSync = (from, to) => {
  reached("before", "rename");
  rename(from, to);
  reached("after", "rename");
};
