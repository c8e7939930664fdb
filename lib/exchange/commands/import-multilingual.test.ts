import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { verifyRecord } from "../../evidence/verify";
import { connect, type PrismaClient } from "../../platform/db";
import { copyDatabase } from "../../platform/test-database";
import { MULTILINGUAL_KEY, multilingualBodySchema } from "../../wording/multilingual";
import { readMultilingualFile } from "../multilingual-file";
import { importMultilingual } from "./import-multilingual";

let client: PrismaClient;
beforeAll(async () => {
  client = connect((await copyDatabase(inject("databases"))).appUrl);
});
afterAll(() => client.$disconnect());

const body = (text: string, sha256: string) =>
  readMultilingualFile(
    new TextEncoder().encode(
      JSON.stringify({ source: "An invented document", templates: [{ language: "en-US", text }] }),
    ),
    { name: "texts.json", sha256 },
  );

test("each file is a version of its own, in the record, and the same one changes nothing", async () => {
  const load = (text: string, sha256: string) => importMultilingual(client, body(text, sha256), "Ann", new Date());
  expect(await load("Invented: [agency].", "a".repeat(64))).toEqual({ version: 1, isNew: true });
  expect(await load("Invented: [agency].", "a".repeat(64))).toEqual({ version: 1, isNew: false });
  expect(await load("Invented, again: [agency].", "b".repeat(64))).toEqual({ version: 2, isNew: true });
  const rows = await client.template.findMany({ where: { key: MULTILINGUAL_KEY }, orderBy: { version: "asc" } });
  expect(rows.map((row) => multilingualBodySchema.parse(row.body).texts[0]!.text)).toEqual([
    "Invented: [agency].",
    "Invented, again: [agency].",
  ]);
  expect(rows[0]!.approvedBy).toBe("Ann");
  expect((await verifyRecord(client, new Date())).problems).toEqual([]);
  // Locked: a version is never changed, whoever asks.
  await expect(client.template.update({ where: { id: rows[0]!.id }, data: { name: "Other" } })).rejects.toThrow();
}, 60_000);
