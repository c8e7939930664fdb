import "server-only";
import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import forge from "node-forge";

/** A key with which the console proves itself to a provider (private_key_jwt), and its certificate, to be registered there. */

const YEARS = 10;

/** @param name what the certificate is made out to, such as the console's host name */
export async function makeClientKey(name: string, now: Date): Promise<{ key: string; certificate: string }> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const key = String(privateKey.export({ format: "pem", type: "pkcs8" }));
  const publicPem = String(createPublicKey(privateKey).export({ format: "pem", type: "spki" }));
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicPem);
  // Positive, as RFC 5280 wants it.
  certificate.serialNumber = `01${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = now;
  certificate.validity.notAfter = new Date(now);
  certificate.validity.notAfter.setUTCFullYear(now.getUTCFullYear() + YEARS);
  const names = [{ name: "commonName", value: name.slice(0, 64) }];
  certificate.setSubject(names);
  certificate.setIssuer(names);
  certificate.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  return { key, certificate: forge.pki.certificateToPem(certificate).replaceAll("\r", "") };
}

/** The key as the library of the sign-in takes it. */
export const keyAsJwk = (pem: string): Record<string, unknown> => ({
  ...createPrivateKey(pem).export({ format: "jwk" }),
  alg: "RS256",
  use: "sig",
});
