import { home, sessionSecret } from "../steps";
import { misuse, readInputs } from "../input-files";
import { kitKey, verifyKit } from "../../exchange/kit/sign";

/** `callbox verify-kit`: whether offline files are as this site, or that of a key, made them. Exit 0 when all are. */
export function verifyKits(options: { json: boolean; key?: string; files: readonly string[] }): number {
  if (options.files.length === 0) return misuse("Name one or more offline files of the kit.");
  if (options.key !== undefined && !/^[0-9a-f]{64}$/.test(options.key)) {
    return misuse("--key takes the 64 hex digits that the console shows beside the kit.");
  }
  const key = options.key ?? kitKey(sessionSecret(home()));
  let good = true;
  for (const { file, bytes } of readInputs(options.files)) {
    const whole = verifyKit(bytes.toString("utf8"), key);
    good &&= whole;
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ file, whole, key })}\n`
        : `${file}: ${whole ? "unaltered, as the site of this key made it." : "NOT what the site of this key made. Do not use it."}\n`,
    );
  }
  return good ? 0 : 1;
}
