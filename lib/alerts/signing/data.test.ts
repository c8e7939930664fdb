import { execFileSync } from "node:child_process";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { verifyRecord } from "../../evidence/verify";
import { proveAlert } from "../../evidence/proof/data";
import { folder, makeKey } from "../../standards/signature/keys-for-tests";
import { verifySignature } from "../../standards/signature/verify";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../story-for-tests";
import { describeSigner, loadSigner } from "./data";

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const rsa = makeKey("publication", "rsa");
const ec = makeKey("publication-ec", "ec");
const PASSPHRASE = "a passphrase of a test";

/** A PKCS #12 file as openssl writes it now, and as it did before version 3. */
function pack(name: string, more: readonly string[] = []): string {
  const out = path.join(folder, `${name}.p12`);
  execFileSync("openssl", [
    ...["pkcs12", "-export", "-inkey", rsa.keyFile, "-in", rsa.certificateFile, "-out", out],
    ...["-passout", `pass:${PASSPHRASE}`, ...more],
  ]);
  return out;
}
const packed = pack("publication");

afterEach(() => {
  for (const name of ["PKCS12", "KEY", "CERTIFICATE", "PASSPHRASE"]) delete process.env[`CALLBOX_SIGNING_${name}`];
});

describe("the key", () => {
  test.each([
    ["PEM, RSA", () => ({ key: rsa.keyFile, certificate: rsa.certificateFile })],
    ["PEM, P-256", () => ({ key: ec.keyFile, certificate: ec.certificateFile })],
    ["PKCS #12 with its passphrase", () => ({ pkcs12: packed, passphrase: PASSPHRASE })],
    [
      "PKCS #12 of an older tool",
      () => ({
        pkcs12: pack("older", ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"]),
        passphrase: PASSPHRASE,
      }),
    ],
  ])("%s", async (_, settings) => expect((await loadSigner(settings(), new Date()))?.state.state).toBe("good"));

  test("none is configured", async () => expect(await loadSigner({}, new Date())).toBeNull());

  test.each<[string, Parameters<typeof loadSigner>[0], RegExp]>([
    ["a file that is not there", { pkcs12: path.join(folder, "none.p12") }, /there is no file/],
    ["another passphrase", { pkcs12: packed, passphrase: "another" }, /cannot be used/],
    ["half of it", { key: rsa.keyFile }, /half set/],
    ["a certificate of another key", { key: rsa.keyFile, certificate: ec.certificateFile }, /belongs to another key/],
    ["what is no key", { key: rsa.certificateFile, certificate: rsa.certificateFile }, /cannot be used/],
  ])("%s", async (_, settings, says) => {
    await expect(loadSigner(settings, new Date())).rejects.toThrow(says);
    expect(await describeSigner(settings, new Date())).toMatch(/Nothing can be published/);
  });

  // The certificate of a test is made for 60 days.
  test.each([
    [0, null],
    [31, /within 30 days/],
    [54, /within 7 days/],
    [59.5, /within a day/],
    [61, /cannot sign any more.*Nothing can be published/],
    [-2, /cannot sign yet/],
  ])("%s days on", async (days, says) => {
    const said = await describeSigner({ pkcs12: packed, passphrase: PASSPHRASE }, inDays(days));
    if (says === null) expect(said).toBeNull();
    else expect(said).toMatch(says);
  });
});

describe("a publication", () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(inject("databases"));
  });
  afterAll(() => story.client.$disconnect());
  const waiting = async () => {
    const dana = await story.actor("dana");
    const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
    await submit(story, dana, id);
    return id;
  };

  test("is signed, and what is stored are the signed bytes", async () => {
    process.env.CALLBOX_SIGNING_PKCS12 = packed;
    process.env.CALLBOX_SIGNING_PASSPHRASE = PASSPHRASE;
    const id = await waiting();
    expect(await approve(story, await story.actor("luis"), id)).toMatchObject({ ok: true });
    const messages = await story.client.message.findMany({ where: { alertId: id } });
    expect(messages.map(({ xml }) => verifySignature(xml!, [rsa.certificate]).verdict)).toEqual(
      messages.map(() => "valid-trusted"),
    );
    expect((await proveAlert(story.client, id))?.steps.at(4)).toMatchObject({
      ok: true,
      says: "3 signatures are valid",
    });
    expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  });

  test("is refused in plain words when the key cannot sign, and nothing goes out", async () => {
    const id = await waiting();
    process.env.CALLBOX_SIGNING_PKCS12 = path.join(folder, "none.p12");
    const luis = await story.actor("luis");
    expect(await approve(story, luis, id)).toMatchObject({ ok: false, code: "signing-key" });
    expect(await story.client.message.count({ where: { alertId: id } })).toBe(0);
    expect((await story.client.alert.findUniqueOrThrow({ where: { id } })).state).toBe("submitted");
    delete process.env.CALLBOX_SIGNING_PKCS12;
    expect(await approve(story, luis, id)).toMatchObject({ ok: true });
  });
});
