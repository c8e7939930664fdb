import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string) => createHash("sha256").update(text, "utf8").digest();

/** Whether an Authorization header carries exactly this token; the answer takes the same time either way. */
export function isBearer(header: string | null, token: string): boolean {
  const given = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(header ?? "")?.[1];
  return timingSafeEqual(digest(given ?? ""), digest(token)) && given !== undefined;
}
