import fs from "node:fs";
import { parseCertificates } from "../../standards/signature/certificates";
import { assessCertificate, parseSigningKey, signMessage } from "../../standards/signature/sign";
import { verifySignature } from "../../standards/signature/verify";
import { fromHere, misuse, readInputs, WrongUsage } from "../input-files";
import { oneLine } from "../one-line";

function readText(name: string, what: string): string {
  try {
    return fs.readFileSync(fromHere(name), "utf8");
  } catch {
    throw new WrongUsage(`The ${what} “${oneLine(name)}” cannot be read.`);
  }
}

/** `callbox verify`: whether files are as they were signed, and by whom. Exit 0 when all are. */
export function verifyFiles(options: { json: boolean; trust?: string; files: readonly string[] }): number {
  if (options.files.length === 0) return misuse("Name one or more files or folders, or - for standard input.");
  const trusted = options.trust === undefined ? [] : parseCertificates(readText(options.trust, "certificate"));
  if (!trusted) throw new WrongUsage("The file to trust holds no certificate in PEM.");
  let good = true;
  for (const { file, bytes } of readInputs(options.files)) {
    const { verdict, why, signer } = verifySignature(bytes, trusted);
    good &&= verdict === "valid-trusted" || verdict === "valid-unknown-signer";
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ file, signature: verdict, why, signer: signer?.subject ?? null })}\n`
        : `${oneLine(`${file}: ${verdict}. ${why}${signer ? ` Signer: ${signer.subject}.` : ""}`)}\n`,
    );
  }
  return good ? 0 : 1;
}

/** `callbox sign`: one message with its signature, to standard output or a file. */
export function signFile(
  options: { json: boolean; key?: string; certificate?: string; out?: string; files: readonly string[] },
  now: number,
): number {
  const { key, certificate, out, files } = options;
  if (files.length !== 1 || !key || !certificate) {
    return misuse("Name one file, and give --key KEY.pem and --certificate CERT.pem.");
  }
  const signingKey = parseSigningKey(readText(key, "key"), readText(certificate, "certificate"));
  const [input] = readInputs(files);
  const signed = signMessage(input!.bytes, signingKey, now);
  const state = assessCertificate(signingKey.certificate, now);
  if (state.state !== "good") process.stderr.write(`${state.says}\n`);
  if (out) fs.writeFileSync(fromHere(out), signed);
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ file: input!.file, written: out ?? null, signer: signingKey.certificate.subject, certificate: state.state, ...(out ? {} : { xml: signed }) })}\n`,
    );
  } else if (!out) process.stdout.write(signed);
  else process.stdout.write(`${oneLine(`Signed ${input!.file}, written to ${out}`)}\n`);
  return 0;
}
