import "server-only";
import { post } from "../../../platform/outbound/post";
import {
  type Discovery,
  documentAddress,
  type Finding,
  findWrongAddress,
  judgeDocument,
  judgeKeys,
  namesWithin,
  type Reach,
} from "../discovery";
import type { ClientAuth } from "../schema";

/** Reads what a provider says of itself, through the guard of webhooks: no inner address, no redirect, no endless answer. */

const PATIENCE_MS = 10_000;
/** How long what was read is good, and how long a failure is: long enough that nobody makes us ask all the time. */
const KEPT_MS = 10 * 60_000;
const FAILED_MS = 15_000;
const MOST_KEPT = 50;

/** What is asked: an issuer, as which kind of client, and what may be reached. */
export interface Asked extends Reach {
  issuer: string;
  clientAuth: ClientAuth;
}

interface Read {
  found: Discovery | null;
  findings: Finding[];
}

const kept = new Map<string, { until: number; read: Promise<Read> }>();

/** What a provider says of itself, read at most every ten minutes. Null where it can't be used now. */
export async function discover(asked: Asked, now: Date): Promise<Discovery | null> {
  const key = JSON.stringify([asked.issuer, asked.clientAuth, asked.allowed, asked.demonstration]);
  const before = kept.get(key);
  if (before && before.until > now.getTime()) return (await before.read).found;
  if (kept.size >= MOST_KEPT) kept.clear();
  const entry = { until: now.getTime() + KEPT_MS, read: readDocument(asked) };
  kept.set(key, entry);
  const { found } = await entry.read;
  if (!found) entry.until = now.getTime() + FAILED_MS;
  return found;
}

/** Asks a provider now, and says what is right and what is wrong. Nothing is kept of it. */
export async function tryProvider(asked: Asked): Promise<Finding[]> {
  const { found, findings } = await readDocument(asked);
  if (!found) return findings;
  const keys = await readJson(found.jwksUri, asked);
  return [...findings, "says" in keys ? { good: false, says: `Its keys: ${keys.says}` } : judgeKeys(keys.json)];
}

async function readDocument(asked: Asked): Promise<Read> {
  const answer = await readJson(documentAddress(asked.issuer), asked);
  if ("says" in answer) return { found: null, findings: [{ good: false, says: answer.says }] };
  const { found, findings } = judgeDocument(asked.issuer, answer.json, asked.clientAuth, asked);
  return { found, findings: [{ good: true, says: "Its discovery document can be read." }, ...findings] };
}

/** @returns the JSON, or a sentence about what went wrong */
async function readJson(address: string, reach: Reach): Promise<{ json: unknown } | { says: string }> {
  const wrong = findWrongAddress(address, reach);
  if (wrong) return { says: `${address} ${wrong}.` };
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { status, body } = await post(address, "", {}, { allowed: namesWithin(reach), signal, method: "GET" });
    if (status !== 200) {
      const why = status === 404 ? " Is this the issuer’s address?" : "";
      return {
        says: `${address} answered with ${status}${status >= 300 && status < 400 ? ", a redirect, which is not followed" : ""}.${why}`,
      };
    }
    return { json: JSON.parse(body) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { says: `What ${address} answered is no JSON.` };
    if (!(error instanceof Error)) throw error;
    const why = error.name === "TimeoutError" ? "no answer in ten seconds." : error.message;
    return { says: `${address} could not be reached: ${why}` };
  }
}
