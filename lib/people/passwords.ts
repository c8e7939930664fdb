import { hash, verify } from "@node-rs/argon2";

/** argon2id with the parameters of the OWASP list: 19 MiB, two passes, one lane. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

/** A hash of nobody's password, so that an unknown person takes as long as a known one. */
let nobody: Promise<string> | undefined;

/** Checks a password in the same time whether or not the person exists. */
export async function checkPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword("nobody has this password");
  const matches = await verify(stored ?? (await nobody), password);
  return matches && typeof stored === "string";
}
