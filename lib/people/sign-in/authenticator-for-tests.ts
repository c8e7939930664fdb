import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { NewPasskey, PasskeyAnswer } from "./schema";

/** A security key in software: P-256, a counter, and lies on demand. */

type Value = number | string | Uint8Array | Map<Value, Value>;

/** CBOR (RFC 8949), as much of it as an authenticator writes. */
function encode(value: Value): Buffer {
  const head = (major: number, size: number) =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map) {
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [encode(key), encode(item)])]);
  }
  return Buffer.concat([head(2, value.length), value]);
}

const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest();
const UP = 0x01;
const UV = 0x04;
const AT = 0x40;

export interface Lies {
  origin?: string;
  challenge?: string;
  counter?: number;
  unverified?: boolean;
}

export class SoftwareKey {
  readonly id = randomBytes(32);
  counter = 0;
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;

  constructor(private readonly url: string) {
    ({ privateKey: this.privateKey, publicKey: this.publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" }));
  }

  private authData(flags: number, counter: number, rest: Uint8Array = new Uint8Array()): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(new URL(this.url).hostname), Buffer.from([flags]), count, rest]);
  }

  private clientData(type: string, challenge: string, lies: Lies): Buffer {
    const origin = lies.origin ?? new URL(this.url).origin;
    return Buffer.from(JSON.stringify({ type, challenge: lies.challenge ?? challenge, origin, crossOrigin: false }));
  }

  register({ challenge }: { challenge: string }, lies: Lies = {}): NewPasskey {
    const jwk = this.publicKey.export({ format: "jwk" });
    const cose = new Map<Value, Value>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(jwk.x!, "base64url")],
      [-3, Buffer.from(jwk.y!, "base64url")],
    ]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, encode(cose)]);
    const authData = this.authData(UP | AT | (lies.unverified ? 0 : UV), this.counter, attested);
    const attestation = new Map<Value, Value>([
      ["fmt", "none"],
      ["attStmt", new Map<Value, Value>()],
      ["authData", authData],
    ]);
    const id = this.id.toString("base64url");
    return {
      id,
      rawId: id,
      type: "public-key",
      response: {
        clientDataJSON: this.clientData("webauthn.create", challenge, lies).toString("base64url"),
        attestationObject: encode(attestation).toString("base64url"),
        transports: ["usb"],
      },
      clientExtensionResults: {},
    };
  }

  answer({ challenge }: { challenge: string }, lies: Lies = {}): PasskeyAnswer {
    this.counter = lies.counter ?? this.counter + 1;
    const authData = this.authData(UP | (lies.unverified ? 0 : UV), this.counter);
    const clientData = this.clientData("webauthn.get", challenge, lies);
    const signature = sign("sha256", Buffer.concat([authData, sha256(clientData)]), this.privateKey);
    const id = this.id.toString("base64url");
    return {
      id,
      rawId: id,
      type: "public-key",
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: signature.toString("base64url"),
      },
      clientExtensionResults: {},
    };
  }
}
