import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { agenciesFor } from "../../access/actor";
import { verifyRecord } from "../../evidence/verify";
import { connect } from "../../platform/db";
import { isNightly } from "../../platform/nightly-for-tests";
import { copyDatabase } from "../../platform/test-database";
import { writeNumbers } from "../data";
import { manyRows } from "../many-rows-for-tests";
import { applyImport } from "./apply";
import { beginImport, claimImport, dropImport } from "./begin";
import { type Importer } from "./importer";
import { readImport } from "./read";

let story: Story;
let steward: Importer;
let administrator: Importer;
const LINE: Importer = { actor: null, agencyId: "state-911" };

beforeAll(async () => {
  story = await openStory(inject("databases"));
  const [karen, sam] = [await story.actor("karen"), await story.actor("sam")];
  steward = { actor: karen, agencyId: agenciesFor(karen, "directory:edit")[0]! };
  administrator = { actor: sam, agencyId: agenciesFor(sam, "place:import")[0]! };
});
afterAll(() => story.client.$disconnect());

async function read(importer: Importer, file: string | Buffer, options: object = {}) {
  const { client } = story;
  const begun = { kind: "numbers" as const, fileName: "test.csv", ...options };
  const id = await beginImport(client, importer, begun, new Date());
  await readImport(client, importer, id, Buffer.from(file));
  const row = await client.directoryImport.findUniqueOrThrow({ where: { id } });
  const rows = await client.importRow.findMany({ where: { importId: id }, orderBy: { position: "asc" } });
  return { id, row, rows, results: rows.map(({ result }) => result) };
}

const apply = (importer: Importer, id: string) => applyImport(story.client, importer, id, new Date());
const count = () => story.client.directNumber.count({ where: { retiredAt: null } });

async function exported(client = story.client): Promise<string> {
  const parts: string[] = [];
  for await (const part of writeNumbers(client)) parts.push(part);
  return parts.join("");
}

describe("numbers", () => {
  test("what was exported is the same on import, and makes the same directory elsewhere", async () => {
    const file = await exported();
    const { row, id } = await read(LINE, file);
    expect(row.counts).toEqual({ unchanged: await count() });
    await dropImport(story.client, id);

    const other = await copyDatabase(inject("databases"));
    const client = connect(other.appUrl);
    const now = new Date();
    await client.directNumber.updateMany({ data: { retiredAt: now, retiredBy: "test", retiredWhy: "emptied" } });
    const again = await beginImport(client, LINE, { kind: "numbers", fileName: "all.csv" }, now);
    await readImport(client, LINE, again, Buffer.from(file));
    expect(await applyImport(client, LINE, again, now)).toMatchObject({ ok: true });
    const state = (text: string) =>
      text
        .split("\r\n")
        .map((line) => line.split(",").slice(0, -3).join(","))
        .sort();
    expect(state(await exported(client))).toEqual(state(file));
    await client.$disconnect();
  });

  test("nothing is written before the person says so; then all of it, with a history", async () => {
    const before = await count();
    const file =
      "town,service,number,desk,lines\nGranby,fire,413-555-0145,Granby fire desk,2\nGranby,dispatch,413-555-0142,Granby desk,5\nGranby,police,413-555-0911,x,1\nBoston,police,617-555-0101,x,1\n";
    const { id, rows, results } = await read(steward, file);
    expect(results).toEqual(["new", "changed", "rejected", "rejected"]);
    expect(rows[2]!.why).toMatch(/invented numbers/);
    expect(rows[3]!.why).toBe("Boston is not in your agency's area.");
    expect(await count()).toBe(before);
    expect(await apply(steward, id)).toEqual({ ok: true, value: { written: 2 } });
    expect(await count()).toBe(before + 1);
    const added = await story.client.directNumber.findFirstOrThrow({
      where: { e164: "+14135550145", placeId: "2501526535" },
      include: { changes: true, testCalls: true },
    });
    expect(added).toMatchObject({
      desk: "Granby fire desk",
      ownerId: "granby",
      verifiedUntil: null,
      isDemonstration: true,
    });
    expect(added.changes).toMatchObject([{ action: "added", before: null, by: "Karen Boucher", importId: id }]);
    expect(added.testCalls).toEqual([]);
    const changed = await story.client.numberChange.findFirstOrThrow({ where: { importId: id, action: "changed" } });
    expect(changed).toMatchObject({
      before: { desk: "Granby dispatch center" },
      after: { desk: "Granby desk", lines: 5 },
    });
    const entry = await story.client.auditEvent.findFirstOrThrow({ where: { action: "directory.imported" } });
    expect(entry.data).toMatchObject({ counts: { new: 1, changed: 1, rejected: 2 } });
    expect(await apply(steward, id)).toMatchObject({ ok: false, code: "gone" });
  });

  test("a directory that changed since the preview is not written over", async () => {
    const { id } = await read(steward, "town,number,desk\nGranby,413-555-0142,Other desk\n");
    await story.client.directNumber.updateMany({
      where: { e164: "+14135550142", placeId: "2501526535" },
      data: { version: { increment: 1 } },
    });
    expect(await apply(steward, id)).toMatchObject({ ok: false, code: "stale" });
    const [first, second] = [
      await read(steward, "town,service,number\nGranby,police,413-555-0146\n"),
      await read(steward, "town,service,number\nGranby,police,413-555-0146\n"),
    ];
    expect(await apply(steward, first.id)).toMatchObject({ ok: true });
    expect(await apply(steward, second.id)).toMatchObject({ ok: false, code: "stale" });
  });

  describe("a number that was corrected in an exported file", () => {
    /** Amherst's dispatch number as an export has it: head, then its line. */
    const exportedLine = async () => {
      const [head = "", ...lines] = (await exported()).replace(/^\uFEFF/, "").split("\r\n");
      const line = lines.find((one) => one.startsWith("Amherst,") && one.includes(",dispatch,")) ?? "";
      const digits = line.split(",")[5] ?? "";
      return { head, line, digits };
    };
    const numberNow = (digits: string) =>
      story.client.directNumber.findFirst({
        where: { place: { name: "Amherst" }, e164: `+1${digits.replaceAll("-", "")}`, retiredAt: null },
      });

    test("with its entry: replaces the old one, which stays in the history", async () => {
      const { head, line, digits } = await exportedLine();
      const { id, rows } = await read(LINE, [head, line.replace(digits, "413-555-0188")].join("\r\n"));
      expect([rows[0]!.result, rows[0]!.why]).toEqual([
        "new",
        expect.stringContaining(`Replaces ${digits}, which is taken out of use.`),
      ]);
      expect(await apply(LINE, id)).toEqual({ ok: true, value: { written: 1 } });
      expect(await numberNow(digits)).toBeNull();
      expect(await numberNow("413-555-0188")).toMatchObject({ verifiedUntil: null });
      const old = await story.client.numberChange.findMany({ where: { importId: id }, orderBy: { position: "asc" } });
      expect(old.map(({ action }) => action).sort()).toEqual(["added", "retired"]);
      expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
    });

    test("without it: what the file does not list is named", async () => {
      const { head, line, digits } = await exportedLine();
      const cells = line.replace(digits, "413-555-0187").split(",");
      cells[head.split(",").indexOf("entry")] = "";
      const { rows } = await read(LINE, [head, cells.join(",")].join("\r\n"));
      expect(rows[0]!.why).toContain(`The directory has ${digits} for it, which this file does not list`);
    });

    test("the entry of another place replaces nothing", async () => {
      const { head, line, digits } = await exportedLine();
      const boston = await story.client.directNumber.findFirstOrThrow({
        where: { place: { name: "Boston" }, retiredAt: null },
      });
      const cells = line.replace(digits, "413-555-0186").split(",");
      cells[head.split(",").indexOf("entry")] = boston.id;
      const { rows } = await read(LINE, [head, cells.join(",")].join("\r\n"));
      expect(rows[0]!.why).not.toContain("Replaces");
    });

    test("is taken out of use by its state, and only once", async () => {
      const { head, line, digits } = await exportedLine();
      const cells = line.split(",");
      cells[head.split(",").indexOf("status")] = "retired";
      const file = [head, cells.join(",")].join("\r\n");
      const [first, second] = [await read(LINE, file), await read(LINE, file)];
      expect([first.rows[0]!.result, first.rows[0]!.why]).toEqual([
        "changed",
        expect.stringMatching(/^City in Hampshire County, MA \(2501501370\)\. Takes it out of use\.$/),
      ]);
      expect(await apply(LINE, first.id)).toEqual({ ok: true, value: { written: 1 } });
      expect(await numberNow(digits)).toBeNull();
      expect(await apply(LINE, second.id)).toMatchObject({ ok: false, code: "stale" });
      const third = await read(LINE, file);
      expect(third.rows[0]!.why).toBe("It is to be taken out of use, and is not in the directory.");
    });
  });

  test("a person who lost the place meanwhile writes nothing, whatever the preview holds", async () => {
    const { id } = await read(LINE, "geoid,service,number\n2502507000,police,617-555-0171\n");
    expect(await apply(steward, id)).toMatchObject({
      ok: false,
      message: expect.stringContaining("no longer in your agency's area"),
    });
  });

  test("a file that cannot be read leaves nothing but the reason", async () => {
    const { row, rows } = await read(steward, 'town,number\n"Granby,413-555-0142\n');
    expect([row.state, row.problem, rows.length]).toEqual(["failed", "A quotation mark opens and never closes.", 0]);
    expect((await read(steward, "a,b\n1,2\n")).row.problem).toMatch(/No row names the columns/);
  });
});

describe("while a file is read", () => {
  const begin = () => beginImport(story.client, LINE, { kind: "numbers", fileName: "race.csv" }, new Date());
  const stateOf = async (id: string) => (await story.client.directoryImport.findUniqueOrThrow({ where: { id } })).state;
  const rowsOf = (id: string) => story.client.importRow.count({ where: { importId: id } });
  const many = Buffer.from(["place,number", ...Array.from({ length: 12_000 }, () => "Granby,413-555-0147")].join("\n"));

  test("an import that is dropped does not come back", async () => {
    const id = await begin();
    const reading = readImport(story.client, LINE, id, many);
    while ((await rowsOf(id)) === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await dropImport(story.client, id)).toMatchObject({ ok: true });
    await reading;
    expect(await stateOf(id)).toBe("dropped");
    expect(await rowsOf(id)).toBe(0);
    expect(await apply(LINE, id)).toMatchObject({ ok: false, code: "gone" });
  });

  test("a second file does not take the place of the first", async () => {
    const id = await begin();
    const [first, second] = [
      Buffer.from("place,number\nGranby,413-555-0148\n"),
      Buffer.from("place,number\nGranby,413-555-0149\n"),
    ];
    expect(await claimImport(story.client, id, first)).toBe(true);
    expect(await claimImport(story.client, id, second)).toBe(false);
    await readImport(story.client, LINE, id, second);
    expect(await stateOf(id)).toBe("reading");
    await readImport(story.client, LINE, id, first);
    const rows = await story.client.importRow.findMany({ where: { importId: id } });
    expect(rows.map(({ data }) => (data as { e164: string }).e164)).toEqual(["+14135550148"]);
    await dropImport(story.client, id);
  });
});

describe("a file that is made to be slow", () => {
  test("of separators alone is refused before it becomes cells", async () => {
    const { row, rows } = await read(LINE, `place,number\n${",".repeat(60_000)}\n`.repeat(300));
    expect([row.state, row.problem, rows.length]).toEqual(["failed", "A row has more than 500 columns.", 0]);
  });

  test("of unknown names gets suggestions for some, and no more", async () => {
    const names = Array.from({ length: 3000 }, (_, index) => `Granbi ${index.toString(36)},413-555-0150`);
    const { rows, id } = await read(LINE, ["place,number", "Grandby,413-555-0150", ...names].join("\n"));
    expect(rows[0]!.why).toContain("Did you mean Granby?");
    expect(rows.every(({ result, why }) => result === "rejected" && why.startsWith("There is no place called"))).toBe(
      true,
    );
    await dropImport(story.client, id);
  });

  test("of thousands of numbers for one town is refused past what a place may have", async () => {
    const lines = Array.from({ length: 260 }, (_, index) => `Granby,fire,413-555-0151,${index}`);
    const { row, id } = await read(LINE, ["place,service,number,extension", ...lines].join("\n"));
    expect((row.counts as { new: number; rejected: number }).new).toBeLessThanOrEqual(200);
    expect((row.counts as { rejected: number }).rejected).toBeGreaterThanOrEqual(60);
    await dropImport(story.client, id);
  });
});

describe.runIf(isNightly)("50,000 rows", () => {
  test("are killed in the middle of writing, and nothing is half-written; the second time they are all there", async () => {
    const { appUrl, ownerUrl } = await copyDatabase(inject("databases"));
    const client = connect(appUrl);
    const places = await client.place.findMany({ where: { kind: "municipality" }, select: { id: true } });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-import-"));
    const file = path.join(folder, "many.csv");
    fs.writeFileSync(
      file,
      manyRows(
        places.map(({ id }) => id),
        50_000,
      ),
    );
    const before = await client.directNumber.count();
    const run = () =>
      spawn(
        process.execPath,
        ["--conditions=react-server", "--import", "tsx", "lib/cli/main.ts", "import-numbers", file],
        {
          env: { ...process.env, DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl },
          stdio: ["ignore", "pipe", "pipe"],
        },
      );
    // As soon as the writing transaction writes numbers, the process is killed.
    const child = run();
    let ended = false;
    const over = new Promise<void>((resolve) =>
      child.on("exit", () => {
        ended = true;
        resolve();
      }),
    );
    let caught = false;
    while (!ended && !caught) {
      const [{ held } = { held: 0n }] = await client.$queryRaw<{ held: bigint }[]>`
        select count(*) as held from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()
          and state = 'active' and (query ilike '%insert into "DirectNumber"%' or query ilike '%insert into "NumberChange"%')`;
      if (held > 0n) {
        child.kill("SIGKILL");
        caught = true;
      }
    }
    await over;
    expect(caught).toBe(true);
    // The server notices that its client is gone, and undoes what was begun.
    for (;;) {
      const [{ open } = { open: 0n }] = await client.$queryRaw<{ open: bigint }[]>`
        select count(*) as open from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()
          and xact_start is not null`;
      if (open === 0n) break;
    }
    expect(await client.directNumber.count()).toBe(before);
    expect(await client.numberChange.count()).toBe(0);
    expect(await client.auditEvent.count({ where: { action: "directory.imported" } })).toBe(0);
    const states = await client.directoryImport.findMany({ select: { state: true } });
    expect(states).toEqual([{ state: "read" }]);

    const second = run();
    let output = "";
    second.stdout!.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise((resolve) => second.on("exit", resolve));
    expect([code, output.trim()]).toEqual([0, "many.csv: 50000 new; 50000 written."]);
    expect(await client.directNumber.count()).toBe(before + 50_000);
    expect(await client.numberChange.count()).toBe(50_000);
    await client.$disconnect();
    fs.rmSync(folder, { recursive: true, force: true });
  });
});

const ring = (x: number, y: number, size = 0.02) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];
const feature = (properties: object, coordinates: unknown, type = "Polygon") => ({
  type: "Feature",
  properties,
  geometry: coordinates === null ? null : { type, coordinates },
});
const collection = (...features: object[]) => JSON.stringify({ type: "FeatureCollection", features });
const MAPPING = { name: "NAME", code: "GEOID" };
const named = (GEOID: string, NAME: string) => ({ GEOID, NAME });

describe("places", () => {
  const FEATURES: [name: string, feature: object, result: string, why: RegExp][] = [
    ["a new town", feature(named("2501599999", "New Town"), [ring(-72.6, 42.3)]), "new", /In Hampshire County/],
    ["a known town, another outline", feature(named("2501526535", "Granby"), [ring(-72.52, 42.25)]), "changed", /outline/],
    ["the same code again", feature(named("2501526535", "Granby"), [ring(-72.52, 42.25)]), "rejected", /Feature 2 has the same code/],
    ["no outline", feature(named("2501599998", "A"), null), "rejected", /no outline/],
    ["a point", feature(named("2501599997", "A"), [-72.6, 42.3], "Point"), "rejected", /a Point, not an outline/],
    ["an open ring", feature(named("2501599996", "A"), [ring(-72.6, 42.3).slice(0, -1)]), "rejected", /does not end where it began/],
    ["too few corners", feature(named("2501599995", "A"), [[[-72.6, 42.3], [-72.5, 42.3], [-72.6, 42.3]]]), "rejected", /fewer than four/],
    ["a crossing", feature(named("2501599994", "A"), [[[-72.6, 42.3], [-72.5, 42.4], [-72.5, 42.3], [-72.6, 42.4], [-72.6, 42.3]]]), "rejected", /crosses itself/],
    ["latitude first", feature(named("2501599993", "A"), [ring(-72.6, 42.3).map(([x, y]) => [y, x])]), "rejected", /swapped/],
    ["meters", feature(named("2501599992", "A"), [ring(115_000, 890_000, 500)]), "rejected", /WGS 84/],
    ["text for numbers", feature(named("2501599991", "A"), [[["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"]]]), "rejected", /not a pair of numbers/],
    ["too many corners", feature(named("2501599990", "A"), [Array.from({ length: 100_001 }, () => [-72.6, 42.3])]), "rejected", /100,001 corners/],
    ["another state", feature(named("0900374190", "Granby"), [ring(-72.83, 41.95)]), "rejected", /Hartford County, CT, is not in your agency's area/],
    ["the sea", feature(named("2501599989", "A"), [ring(-60.5, 40)]), "rejected", /far from Hampshire County|in the sea/],
    ["a county that is not its code's", feature(named("2502599989", "A"), [ring(-73.2, 42.4)]), "rejected", /lies in Berkshire County, its code is of Suffolk/],
    ["no GEOID", feature({ NAME: "A" }, [ring(-72.6, 42.3)]), "rejected", /no Census GEOID/],
    ["no name", feature({ GEOID: "2501599988" }, [ring(-72.6, 42.3)]), "skipped", /water/],
    ["water", feature(named("2501500000", "County subdivisions not defined"), [ring(-72.6, 42.3)]), "skipped", /water/],
  ]; // prettier-ignore

  test("each feature has its result; then all that is good is written, with neighbors", async () => {
    const options = { kind: "places", fileName: "towns.geojson", mapping: MAPPING };
    const { id, rows, row } = await read(administrator, collection(...FEATURES.map(([, one]) => one)), options);
    expect(row.problem).toBeNull();
    expect(rows.map(({ result }, index) => [FEATURES[index]![0], result])).toEqual(
      FEATURES.map(([name, , result]) => [name, result]),
    );
    FEATURES.forEach(([name, , , why], index) => expect(rows[index]!.why, name).toMatch(why));
    expect(await apply(administrator, id)).toEqual({ ok: true, value: { written: 2 } });
    const granby = await story.client.place.findUniqueOrThrow({ where: { id: "2501526535" } });
    expect(granby).toMatchObject({ boundaryApproximate: false, population: 6110, parentId: "25015" });
    const made = await story.client.place.findUniqueOrThrow({ where: { id: "2501599999" } });
    expect(made).toMatchObject({
      kind: "municipality",
      stateCode: "MA",
      sameCode: "025015",
      timeZone: "America/New_York",
    });
  });

  test.each([
    ["no JSON", "{", /not JSON/],
    ["TopoJSON", '{"type":"Topology"}', /TopoJSON/],
    ["one feature", '{"type":"Feature"}', /no GeoJSON FeatureCollection/],
    ["nothing in it", '{"type":"FeatureCollection","features":[]}', /no features/],
  ])("%s is refused whole", async (_, file, why) => {
    const { row } = await read(administrator, file, { kind: "places", fileName: "x.geojson", mapping: MAPPING });
    expect([row.state, row.problem]).toEqual(["failed", expect.stringMatching(why)]);
  });

  const file = path.resolve("../shared/data/ma-municipalities.geojson");
  test.runIf(fs.existsSync(file))("the real outlines of Massachusetts", async () => {
    const options = { kind: "places", fileName: "ma.geojson", mapping: { name: "name", code: "geoid" } };
    const { id, row } = await read(administrator, fs.readFileSync(file), options);
    expect(row.counts).toMatchObject({ changed: 351 });
    expect(await apply(administrator, id)).toEqual({ ok: true, value: { written: 351 } });
    const granby = await story.client.place.findUniqueOrThrow({ where: { id: "2501526535" } });
    const neighbors = await story.client.place.findMany({ where: { id: { in: granby.neighborIds } } });
    expect(neighbors.map(({ name }) => name).sort()).toEqual([
      "Amherst",
      "Belchertown",
      "Chicopee",
      "Ludlow",
      "South Hadley",
    ]);
    const again = await read(administrator, fs.readFileSync(file), options);
    expect(again.row.counts).toEqual({ unchanged: 351 });
  });
});
