import "server-only";
import fs from "node:fs/promises";
import forge from "node-forge";
import type { SigningSettings } from "../../platform/env";
import { assessCertificate, type KeyState, parseSigningKey, type SigningKey } from "../../standards/signature/sign";

/** The key that signs what is published: PEM files or one PKCS #12 file, named by the environment. */

export interface Signer {
  key: SigningKey;
  state: KeyState;
}

/** Why a configured key cannot sign, in plain words for an official. */
export class UnusableKey extends Error {}

/** Key and certificate out of a PKCS #12 file, as PEM. @throws when the passphrase is not right or one is missing */
function openPkcs12(bytes: Uint8Array, passphrase: string): { key: string; certificate: string } {
  const { asn1, pkcs12, pki, util } = forge;
  const store = pkcs12.pkcs12FromAsn1(
    asn1.fromDer(util.createBuffer(Buffer.from(bytes).toString("binary"))),
    passphrase,
  );
  const bags = (type: string) => store.getBags({ bagType: type })[type] ?? [];
  const { certBag, pkcs8ShroudedKeyBag, keyBag } = pki.oids;
  const key = [...bags(pkcs8ShroudedKeyBag ?? ""), ...bags(keyBag ?? "")].find((bag) => bag.key ?? bag.asn1);
  if (!key) throw new Error("It holds no key.");
  // The certificate of the key carries the same local id; the others are those of issuers.
  const id = (bag: forge.pkcs12.Bag) => JSON.stringify(bag.attributes?.localKeyId ?? null);
  const certificates = bags(certBag ?? "");
  const own = certificates.find((bag) => id(bag) === id(key)) ?? certificates[0];
  if (!own?.cert) throw new Error("It holds no certificate.");
  return {
    key: key.key ? pki.privateKeyToPem(key.key) : pki.privateKeyInfoToPem(key.asn1),
    certificate: pki.certificateToPem(own.cert),
  };
}

async function readKey(settings: SigningSettings): Promise<SigningKey | null> {
  const { pkcs12, key, certificate, passphrase = "" } = settings;
  const read = async (file: string) =>
    fs.readFile(file).catch(() => {
      throw new UnusableKey(`The signing key cannot be read: there is no file ${file}, or Callbox may not open it.`);
    });
  const open = <Value>(what: string, make: () => Value): Value => {
    try {
      return make();
    } catch (error) {
      throw new UnusableKey(`${what} cannot be used: ${error instanceof Error ? error.message : "unknown form"}`);
    }
  };
  if (pkcs12) {
    const bytes = await read(pkcs12);
    return open("The signing key", () => {
      const { key: keyPem, certificate: certificatePem } = openPkcs12(bytes, passphrase);
      return parseSigningKey(keyPem, certificatePem);
    });
  }
  if (key === undefined && certificate === undefined) return null;
  if (key === undefined || certificate === undefined) {
    throw new UnusableKey("The signing key is half set: name both the key and the certificate.");
  }
  const [keyPem, certificatePem] = [await read(key), await read(certificate)];
  return open("The signing key", () =>
    parseSigningKey(keyPem.toString("utf8"), certificatePem.toString("utf8"), passphrase || undefined),
  );
}

/**
 * The key that signs at this moment.
 * @returns null where none is configured
 * @throws UnusableKey when one is, and cannot sign: nothing may go out then
 */
export async function loadSigner(settings: SigningSettings, now: Date): Promise<Signer | null> {
  const key = await readKey(settings);
  if (!key) return null;
  const state = assessCertificate(key.certificate, now.getTime());
  if (state.state === "expired" || state.state === "not-yet-valid") throw new UnusableKey(state.says);
  return { key, state };
}

/** What an official should know of the signing key, as a sentence; null when there is nothing to say. */
export async function describeSigner(settings: SigningSettings, now: Date): Promise<string | null> {
  try {
    const signer = await loadSigner(settings, now);
    return signer?.state.state === "ends-soon" ? signer.state.says : null;
  } catch (error) {
    if (error instanceof UnusableKey) return `${error.message} Nothing can be published until it is renewed.`;
    throw error;
  }
}
