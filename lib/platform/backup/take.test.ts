import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { copyDatabase } from "../test-database";
import { readBackup, takeBackup } from "./take";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-take-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const make = (name: string, text: string) => {
  const at = path.join(folder, name);
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.writeFileSync(at, text);
  return at;
};
const site = {
  secret: "a secret of thirty-two characters",
  signing: { pkcs12: make("keys/own.p12", "a key"), passphrase: "never in a backup" },
  publicFolder: path.dirname(make("public/site.pack", "pages")),
  checkpoints: path.dirname(make("checkpoints/0000000001.txt", "signed")),
};
make("public/.site.pack.abc", "half written");
const whole = path.join(folder, "whole");
let app = "";
beforeAll(async () => {
  app = (await copyDatabase(inject("databases"))).appUrl;
  await takeBackup(app, site, whole);
});

describe("a whole one", () => {
  test("holds keys, pages and checkpoints beside the tables; no passphrase, nothing half written; for its owner only", async () => {
    const { files, tables } = await readBackup(whole);
    expect(files.map((file) => file.path).filter((name) => !name.startsWith("database/"))).toEqual([
      "keys/session-secret",
      "keys/signing.p12",
      "public/site.pack",
      "checkpoints/0000000001.txt",
    ]);
    expect(tables.find(({ name }) => name === "Person")?.rows).toBe(9);
    const all = fs.readdirSync(whole, { recursive: true, encoding: "utf8" }).map((name) => path.join(whole, name));
    const loose = all.filter((at) => (fs.statSync(at).mode & 0o077) !== 0);
    expect(loose).toEqual([]);
    const texts = all.filter((at) => fs.statSync(at).isFile()).map((at) => fs.readFileSync(at, "latin1"));
    expect(texts.some((text) => text.includes(site.signing.passphrase))).toBe(false);
  });

  test("is never written over", async () => {
    await expect(takeBackup(app, site, whole)).rejects.toThrow("is there already");
    expect((await readBackup(whole)).format).toBe("callbox-backup-1");
  });
});

describe("what is not whole is never taken for it", () => {
  const copy = (name: string) => {
    const at = path.join(folder, name);
    fs.cpSync(whole, at, { recursive: true });
    return at;
  };
  test.each<[string, (at: string) => void, RegExp]>([
    ["without its manifest", (at) => fs.rmSync(path.join(at, "manifest.json")), /is no backup/],
    ["with half a manifest", (at) => fs.truncateSync(path.join(at, "manifest.json"), 100), /is damaged/],
    ["with a table missing", (at) => fs.rmSync(path.join(at, "database/public.Alert.copy.gz")), /Alert.*is missing/],
    ["cut", (at) => fs.truncateSync(path.join(at, "database/public.Place.copy.gz"), 100), /Place.*is not what/],
    ["with one bit turned", (at) => turnBit(path.join(at, "keys/session-secret")), /session-secret is not what/],
    [
      "with a path that leads out",
      (at) => {
        const file = path.join(at, "manifest.json");
        fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("public/site.pack", "public/../../site.pack"));
      },
      /is damaged/,
    ],
  ])("%s", async (name, spoil, says) => {
    const at = copy(name);
    spoil(at);
    await expect(readBackup(at)).rejects.toThrow(says);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      "a key that cannot be read",
      () => takeBackup(app, { ...site, signing: { pkcs12: "/nowhere.p12" } }, path.join(folder, "failed")),
    ],
    [
      "a database that does not answer",
      () => takeBackup("postgresql://127.0.0.1:1/none", site, path.join(folder, "failed")),
    ],
  ])("%s leaves nothing behind", async (_, run) => {
    await expect(run()).rejects.toThrow();
    expect(fs.readdirSync(folder).filter((name) => name.startsWith("failed"))).toEqual([]);
  });
});

function turnBit(at: string): void {
  const bytes = fs.readFileSync(at);
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  fs.writeFileSync(at, bytes);
}
