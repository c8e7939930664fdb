import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, submit } from "../alerts/story-for-tests";
import { casesOf, isNightly } from "../platform/nightly-for-tests";
import { copyDatabase, type TestDatabase } from "../platform/test-database";
import { runCallbox } from "./callbox-for-tests";

const callbox = (args: string[], database?: TestDatabase, input?: Buffer) =>
  runCallbox(args, { ...(database ? { database } : {}), ...(input ? { input } : {}) });

describe("usage", () => {
  const cases: [string[], number, string][] = [
    [["--help"], 0, "verify-log"],
    [["verify-log", "--help"], 0, "Verify the log"],
    [[], 2, "Name a command"],
    [["nonsense"], 2, "There is no command “nonsense”"],
    [["verify-log", "--nonsense"], 2, "--nonsense"],
    [["export"], 2, "Name the alert"],
    [["init", "--site", "x"], 2, "--administrator is missing"],
    [["validate"], 2, "Name one or more files"],
    [["validate", "--now", "soon", "-"], 2, "is no time"],
    [["validate", "no-such-file"], 2, "There is no file"],
    [["verify"], 2, "Name one or more files"],
    [["verify", "--trust", "no-such-file", "-"], 2, "cannot be read"],
    [["sign", "a.xml"], 2, "--key"],
    [["pages"], 2, "Name one or more CAP files"],
    [["backup"], 2, "Name the folder to make"],
    [["restore"], 2, "Name the folder of the backup"],
    [["conformance"], 0, "# Conformance"],
    [["import-numbers"], 2, "Name the file"],
    [["agency"], 2, "Name the agency's code"],
    [["import-numbers", "no-such-file.csv"], 2, "cannot be read"],
    [["import-places"], 2, "Name the file"],
    [["export-numbers", "--nonsense"], 2, "--nonsense"],
    [["migration"], 2, "Name the migration"],
  ];
  // By day a good one and a wrong one: each is a process of its own.
  test.each(cases.filter((_, at) => isNightly || at % 12 === 0))("%j exits %i", async (args, code, words) => {
    const ran = await callbox(args);
    expect([ran.code, (ran.out + ran.said).includes(words)]).toEqual([code, true]);
  });
});

describe("the directory, in and out", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-directory-"));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    fs.writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };

  test.runIf(isNightly)(
    "numbers: a dry run says every row's result and writes nothing; then it is written, and comes out again",
    async () => {
      const database = await copyDatabase(inject("databases"));
      const file = write(
        "numbers.csv",
        "town,service,number\nGranby,police,413-555-0151\nGranbi,police,413-555-0152\n",
      );
      const dry = await callbox(["import-numbers", "--dry-run", "--json", file], database);
      expect(dry.code).toBe(1);
      expect(JSON.parse(dry.out)).toMatchObject({
        file: "numbers.csv",
        ok: false,
        counts: { new: 1, rejected: 1 },
        written: 0,
        rows: [
          { line: 2, result: "new" },
          { line: 3, result: "rejected", why: expect.stringContaining("Did you mean Granby?") },
        ],
      });
      const written = await callbox(["import-numbers", "--agency", "magra", file], database);
      expect([written.code, written.out]).toEqual([
        1,
        "line 3: Granbi, 413-555-0152: There is no place called “Granbi” here. Did you mean Granby?\nnumbers.csv: 1 new, 1 rejected; 1 written.\n",
      ]);
      const out = await callbox(["export-numbers"], database);
      expect(out.code).toBe(0);
      expect(out.out).toContain("Granby,2501526535,Hampshire,MA,police,413-555-0151,,Granby dispatch,");
      expect((await callbox(["import-numbers", "--agency", "nobody", file], database)).code).toBe(2);
    },
  );

  test.runIf(isNightly)("places: properties are guessed, a file that is none is refused", async () => {
    const database = await copyDatabase(inject("databases"));
    const ring = [[-72.6, 42.3], [-72.5, 42.3], [-72.5, 42.4], [-72.6, 42.3]]; // prettier-ignore
    const town = {
      type: "Feature",
      properties: { GEOID: "2501501325", NAME: "Amherst" },
      geometry: { type: "Polygon", coordinates: [ring] },
    };
    const file = write("towns.geojson", JSON.stringify({ type: "FeatureCollection", features: [town] }));
    const ran = await callbox(["import-places", "--json", file], database);
    expect([ran.code, JSON.parse(ran.out).written]).toEqual([0, 1]);
    const bad = await callbox(["import-places", write("bad.geojson", "{")], database);
    expect([bad.code, bad.said.includes("It is not JSON")]).toEqual([1, true]);
  });
});

describe("agencies", () => {
  const made = [
    ...["--below", "ma911", "--area", "Hampshire County", "--name", "Hampshire County Dispatch"],
    ...["--short", "Hampshire MA 911", "--name-es", "Despacho del condado de Hampshire"],
    ...["--sender", "alerts@hampshire.example", "--json"],
  ];
  const without = (option: string) => made.filter((_, at) => made[at] !== option && made[at - 1] !== option);

  test.runIf(isNightly)(
    "one is made below another and renamed, in the record as done here; what is wrong is said by its option",
    async () => {
      const database = await copyDatabase(inject("databases"));
      const run = (...args: string[]) => callbox(["agency", ...args], database);
      for (const [args, code, words] of [
        [without("--below"), 2, "--below CODE"],
        [without("--sender"), 2, "--sender: Use an address"],
        [[...without("--area"), "--area", "Atlantis"], 1, "--area: "],
        [[...without("--short"), "--short", "Hampshire 911"], 1, "--short: "],
        [[...without("--below"), "--below", "nobody"], 2, "There is no agency nobody."],
      ] as const) {
        const ran = await run("HAMP911", ...args);
        expect([ran.code, ran.said]).toEqual([code, expect.stringContaining(words)]);
      }
      const ran = await run("hamp911", ...made);
      expect([ran.code, JSON.parse(ran.out)]).toEqual([
        0,
        { code: "HAMP911", name: "Hampshire County Dispatch", area: "25015", made: true },
      ]);
      expect((await run("HAMP911", "--area", "Suffolk County")).said).toContain("its area stay");
      const renamed = await run("HAMP911", "--name", "Hampshire Regional Dispatch");
      expect([renamed.code, renamed.out]).toEqual([
        0,
        expect.stringContaining("Changed the agency Hampshire Regional"),
      ]);

      const reader = new Client({ connectionString: database.ownerUrl });
      await reader.connect();
      const agency = await reader.query(`select "parentId", "shortName" from "Agency" where code = 'HAMP911'`);
      const spanish = await reader.query(`select text from "Translation" where "subjectId" = 'hamp911'`);
      const entries = await reader.query(
        `select action, "actorId", summary from "AuditEvent" where "subjectId" = 'hamp911' order by seq`,
      );
      await reader.end();
      expect(agency.rows).toEqual([{ parentId: "state-911", shortName: "Hampshire MA 911" }]);
      expect(spanish.rows).toEqual([{ text: "Despacho del condado de Hampshire" }]);
      expect(entries.rows).toEqual([
        { action: "agency.added", actorId: null, summary: expect.stringContaining("on the command line") },
        { action: "agency.changed", actorId: null, summary: expect.stringContaining("on the command line") },
      ]);
      expect((await callbox(["verify-log"], database)).code).toBe(0);
    },
  );
});

describe("messages", () => {
  const example = "lib/standards/cap/example-for-tests.cap.xml";
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-messages-"));
  const at = (name: string) => path.join(folder, name);
  const lines = (out: string) =>
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test.runIf(isNightly)("validate: a file, standard input, a folder; one object a line", async () => {
    fs.writeFileSync(at("bad.xml"), fs.readFileSync(example, "utf8").replace("<status>Actual", "<status>Real"));
    fs.writeFileSync(at("notes.txt"), "not looked at");
    fs.mkdirSync(at("deeper"));
    fs.copyFileSync(example, at("deeper/good.cap"));
    const ran = await callbox(["validate", "--json", example, folder]);
    expect(ran.code).toBe(1);
    expect(lines(ran.out).map(({ file, ok, signature }) => [path.basename(file as string), ok, signature])).toEqual([
      ["example-for-tests.cap.xml", true, "absent"],
      ["bad.xml", false, "absent"],
      ["good.cap", true, "absent"],
    ]);
    expect(lines(ran.out)[1]!.findings).toContainEqual(
      expect.objectContaining({
        rule: "CAP-041",
        level: "must",
        path: "status",
        line: 6,
        message: expect.stringContaining("Real"),
      }),
    );
    const piped = await callbox(["validate", "-"], undefined, fs.readFileSync(example));
    expect([piped.code, piped.out]).toEqual([0, "-: ok; signature absent\n"]);
    const late = await callbox(["validate", "--json", "--now", "2024-06-18T14:00:00-04:00", example]);
    expect([late.code, lines(late.out)[0]!.findings]).toEqual([1, [expect.objectContaining({ rule: "IPAWS-003" })]]);
  });

  test.runIf(isNightly)("sign and verify", async () => {
    const made = spawnSync("openssl", [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      at("key.pem"),
      "-out",
      at("cert.pem"),
      "-days",
      "9",
      "-subj",
      "/CN=IPAWSOPEN_1",
    ]);
    expect(made.status).toBe(0);
    const keys = ["--key", at("key.pem"), "--certificate", at("cert.pem")];
    const signed = await callbox(["sign", ...keys, "--out", at("signed.xml"), example]);
    expect([signed.code, signed.said]).toEqual([0, expect.stringContaining("within 30 days")]);
    const files = [at("signed.xml"), example];
    const verified = await callbox(["verify", "--json", "--trust", at("cert.pem"), ...files]);
    expect(verified.code).toBe(1);
    expect(lines(verified.out)).toEqual([
      expect.objectContaining({ file: at("signed.xml"), signature: "valid-trusted", signer: "CN=IPAWSOPEN_1" }),
      { file: example, signature: "absent", why: "The message has no signature.", signer: null },
    ]);
    expect((await callbox(["verify", at("signed.xml")])).out).toContain("valid-unknown-signer");

    // What cannot be signed as it is read is refused, and nothing is written.
    const latin = fs.readFileSync(example, "utf8").replace("UTF-8", "ISO-8859-1").replace("911 is", "911 \u00e9s");
    fs.writeFileSync(at("latin.xml"), Buffer.from(latin, "latin1"));
    fs.writeFileSync(at("inside.xml"), fs.readFileSync(example, "utf8").replace("<headline>", "<headline><b>NOT</b> "));
    for (const [file, why] of [
      ["latin.xml", "not UTF-8"],
      ["inside.xml", "not the form of CAP"],
    ] as const) {
      const refused = await callbox(["sign", ...keys, "--out", at("never.xml"), at(file)]);
      expect([refused.code, refused.said]).toEqual([1, expect.stringContaining(why)]);
    }
    expect(fs.existsSync(at("never.xml"))).toBe(false);
    fs.writeFileSync(
      at("sha1.xml"),
      fs
        .readFileSync(at("signed.xml"), "utf8")
        .replaceAll("xmlenc#sha256", "xmldsig#sha1")
        .replaceAll("2001/04/xmldsig", "2000/09/xmldsig"),
    );
    expect((await callbox(["validate", at("sha1.xml")])).out).toMatch(/signature unsupported: .*SHA-256/);
  });

  test.runIf(isNightly)(
    "a file that is not there is wrong usage; what stands in one never writes a line of ours",
    async () => {
      for (const command of [["validate"], ["verify"], ["pages"], ["pages", "--decode"]]) {
        expect((await callbox([...command, at("nowhere.xml")])).code, command.join(" ")).toBe(2);
      }
      expect((await callbox(["constructor"])).code).toBe(2);
      const forged = fs
        .readFileSync(example, "utf8")
        .replace(/<identifier>[^<]*/, "<identifier>x\ngood.xml: ok; signature valid-trusted\n\u202e");
      fs.writeFileSync(at("forged.xml"), forged);
      const { out } = await callbox(["validate", at("forged.xml")]);
      expect(out.split("\n").filter((line) => line.startsWith("good.xml"))).toEqual([]);
      expect(out).toContain("x\\u000agood.xml: ok");
      expect(out).not.toContain("\u202e");
    },
  );

  test.runIf(isNightly)("one identifier for two messages is told of the second", async () => {
    fs.writeFileSync(at("again.xml"), fs.readFileSync(example, "utf8").replace("911 is", "911 was"));
    const ran = await callbox(["validate", "--json", example, example, at("again.xml")]);
    const said = lines(ran.out).map(({ ok, findings }) => [
      ok,
      (findings as { rule: string }[]).map(({ rule }) => rule),
    ]);
    expect(said).toEqual([
      [true, []],
      [true, []],
      [false, ["CAP-005"]],
    ]);
  });

  test.runIf(isNightly)("a Cancel and what is kept from phones have no pages", async () => {
    const canceled = fs.readFileSync(example, "utf8").replace("<msgType>Alert", "<msgType>Cancel");
    const kept = fs
      .readFileSync(example, "utf8")
      .replace(
        /<parameter>/g,
        "<parameter><valueName>BLOCKCHANNEL</valueName><value>CMAS</value></parameter><parameter>",
      );
    for (const [xml, why] of [
      [canceled, "WEA-017"],
      [kept, "kept from phones"],
    ] as const) {
      const ran = await callbox(["pages", "-"], undefined, Buffer.from(xml));
      expect([ran.code, ran.out, ran.said]).toEqual([1, "", expect.stringContaining(why)]);
    }
  });

  test.runIf(isNightly)("pages there and back", async () => {
    const written = await callbox(["pages", "--json", "--code", "3", example]);
    const [short, long] = lines(written.out);
    expect([written.code, short, long]).toEqual([
      0,
      expect.objectContaining({ text: "CMAMtext", messageIdentifier: 4396, alphabet: "GSM-7" }),
      expect.objectContaining({ text: "CMAMlongtext" }),
    ]);
    const read = await callbox(
      ["pages", "--decode", "-"],
      undefined,
      Buffer.from((long!.pages as string[]).join("\n")),
    );
    expect([read.code, read.out]).toEqual([0, expect.stringContaining("Do not call 911 to test it.")]);
  });
});

describe("on a database", () => {
  let database: TestDatabase;
  let code: string;
  beforeAll(async () => {
    const story = await openStory(inject("databases"));
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
    await submit(story, dana, id);
    await approve(story, luis, id);
    code = (await story.client.alert.findUniqueOrThrow({ where: { id } })).code;
    await story.client.$disconnect();
    database = story;
  });

  test.runIf(isNightly)("export writes the stored bytes, each with its fingerprint", async () => {
    const out = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-export-"));
    const ran = await callbox(["export", "--json", "--out", out, code], database);
    const { messages } = JSON.parse(ran.out) as { messages: { identifier: string; sha256: string }[] };
    expect([ran.code, messages.length]).toEqual([0, 2]);
    const { fingerprint } = await import("../record/chain");
    for (const { identifier, sha256 } of messages) {
      expect(fingerprint(fs.readFileSync(path.join(out, `${identifier}.xml`)))).toBe(sha256);
    }
    fs.rmSync(out, { recursive: true });
    expect((await callbox(["export", "NO-SUCH-ALERT"], database)).code).toBe(1);
  });

  test("verify-log is good, then names the row that was altered with triggers disabled", async () => {
    const good = await callbox(["verify-log", "--json"], database);
    expect([good.code, (JSON.parse(good.out) as { ok: boolean }).ok]).toEqual([0, true]);
    const owner = new Client(database.ownerUrl);
    await owner.connect();
    await owner.query(`alter table "AuditEvent" disable trigger user`);
    await owner.query(`update "AuditEvent" set actor = 'Someone Else' where seq = 4`);
    await owner.end();
    const bad = await callbox(["verify-log"], database);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain("Entry 4 was altered");
  });

  test.runIf(isNightly)(
    "start makes no demonstration in an empty database of one's own, nor where others could reach it",
    async () => {
      const empty = await copyDatabase(inject("databases"), { empty: true });
      const ran = await callbox(["start"], empty);
      expect([ran.code, ran.said.includes("This database is empty. Make a site in it")]).toEqual([1, true]);
      const client = new Client(empty.ownerUrl);
      await client.connect();
      expect((await client.query(`select 1 from "Site"`)).rowCount).toBe(0);
      expect((await client.query(`select 1 from "Person"`)).rowCount).toBe(0);
      await client.end();
    },
  );

  test("init makes a real site in an empty database, once", async () => {
    const empty = await copyDatabase(inject("databases"), { empty: true });
    const args = [
      "init",
      "--json",
      "--site",
      "Callbox",
      "--administrator",
      "Ann Example",
      "--email",
      "ann@agency.example",
    ];
    const agency = [
      "--agency",
      "An Agency",
      "--code",
      "AG911",
      "--short",
      "Agency MA",
      "--sender",
      "a@agency.example",
      "--jurisdiction",
      "25",
    ];
    const made = await callbox([...args, ...agency], empty);
    expect(made.code).toBe(0);
    expect((JSON.parse(made.out) as { link: string }).link).toMatch(/\/welcome\/[\w-]{40,}$/);
    const again = await callbox([...args, ...agency], empty);
    expect([again.code, again.said.includes("already holds a site")]).toEqual([1, true]);
  });

  const AREAS: [string, string, number, string | undefined, number, string][] = [
    ["27", "MN Agency", 0, "America/Chicago", 0, "A short text will read: “MN Agency: 911 is down in …”"],
    ["53033", "WA Agency", 0, "America/Los_Angeles", 0, ""],
    ["25015", "MA Agency", 0, "America/New_York", 351, ""],
    ["27999", "MN Agency", 1, undefined, 0, "There is no state, county or town 27999 here"],
    ["99", "MA Agency", 2, undefined, 0, "no state has the code 99"],
    ["31", "Agency", 2, undefined, 0, "it needs NE: for example “NE Agency”"],
  ];
  test.each(casesOf(AREAS, 0))(
    "init for the jurisdiction %s, %s, exits %i",
    async (jurisdiction, short, code, zone, towns, says) => {
      const empty = await copyDatabase(inject("databases"), { empty: true });
      const ran = await callbox(
        [
          ...["init", "--site", "Callbox", "--administrator", "Ann Example", "--email", "ann@agency.example"],
          ...["--agency", "An Agency", "--code", "AG911", "--short", short, "--sender", "a@agency.example"],
          ...["--jurisdiction", jurisdiction],
        ],
        empty,
      );
      expect(ran.code).toBe(code);
      const owner = new Client(empty.ownerUrl);
      await owner.connect();
      const { rows } = await owner.query<{ zone: string | undefined; towns: string }>(
        `select (select "timeZone" from "Site") as zone, (select count(*) from "Place" where kind = 'municipality') as towns`,
      );
      await owner.end();
      expect([rows[0]!.zone ?? undefined, Number(rows[0]!.towns)]).toEqual([zone, towns]);
      expect(`${ran.said}${ran.out}`).toContain(says);
    },
  );
});
