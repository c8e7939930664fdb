import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { X509Certificate } from "node:crypto";
import { parseSigningKey, type SigningKey } from "./sign";

/** Keys made for one test run by openssl, which every machine with Node's test tools has. */

export const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-keys-"));
// Other tests of the same process make keys in it too.
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);

export function run(command: string, args: readonly string[]): { status: number; output: string } {
  try {
    return { status: 0, output: execFileSync(command, args, { encoding: "utf8", stdio: "pipe" }) };
  } catch (error) {
    const failed = error as { status?: number; stderr?: string; stdout?: string };
    return { status: failed.status ?? 127, output: `${failed.stdout ?? ""}${failed.stderr ?? ""}` };
  }
}

export const have = (command: string) => run("sh", ["-c", `command -v ${command}`]).status === 0;

export function makeKey(
  name: string,
  kind: "rsa" | "ec",
  subject = "/CN=IPAWSOPEN_200001",
): SigningKey & { certificateFile: string; keyFile: string } {
  const algorithm =
    kind === "rsa" ? ["-newkey", "rsa:2048"] : ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const made = run("openssl", [
    "req",
    "-x509",
    ...algorithm,
    "-nodes",
    "-keyout",
    at(`${name}.key`),
    "-out",
    at(`${name}.crt`),
    "-days",
    "60",
    "-subj",
    subject,
  ]);
  if (made.status !== 0) throw new Error(made.output);
  const key = parseSigningKey(fs.readFileSync(at(`${name}.key`), "utf8"), fs.readFileSync(at(`${name}.crt`), "utf8"));
  return { ...key, certificateFile: at(`${name}.crt`), keyFile: at(`${name}.key`) };
}

/** A certificate that another one issued. */
export function issue(name: string, issuer: string): { certificate: X509Certificate; key: SigningKey } {
  run("openssl", [
    "req",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    at(`${name}.key`),
    "-out",
    at(`${name}.csr`),
    "-subj",
    `/CN=${name}`,
  ]);
  run("openssl", [
    "x509",
    "-req",
    "-in",
    at(`${name}.csr`),
    "-CA",
    at(`${issuer}.crt`),
    "-CAkey",
    at(`${issuer}.key`),
    "-CAcreateserial",
    "-days",
    "60",
    "-out",
    at(`${name}.crt`),
  ]);
  const key = parseSigningKey(fs.readFileSync(at(`${name}.key`), "utf8"), fs.readFileSync(at(`${name}.crt`), "utf8"));
  return { certificate: key.certificate, key };
}
