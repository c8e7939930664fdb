import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { approve, draftFor, openStory, placesNamed, submit, toStory } from "../../alerts/story-for-tests";
import { loadAlert, parseBundle } from "../../alerts/data";
import { PACK, Pack } from "../../delivery/channels/public-site/pack";
import { parseCheckpoint, verifyRecord } from "../../evidence/verify";
import { connect } from "../../platform/db";
import { freePort } from "../../platform/embedded-postgres";
import type { Health } from "../../platform/health";
import { listMigrations } from "../../platform/migration-list";
import { isNightly } from "../../platform/nightly-for-tests";
import { restoreFixture } from "../../platform/test-database";

import { runCallbox } from "../callbox-for-tests";
import { ConsoleClient } from "../console-client-for-tests";
import { preparePublicFolder, serveConsole, servePublic, type ServeOptions, serveWorker } from "../site";
import { buildConsole } from "../steps";
import { dumpLanding, fillAsPeopleDo } from "./landing-for-tests";
import { FIRST_SITE, layFirstSite, listLandings, readWithoutPause } from "./upgrade";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-upgrade-"));
fs.chmodSync(folder, 0o755);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Pages that every version of the public site has. */
const PAGES = ["/", "/ma/granby", "/alerts/", "/feed.atom", "/feeds/archive.atom", "/numbers.txt"];
/** Where an alert is read that is not published. */
const SCREENS: Readonly<Record<string, string>> = { draft: "/edit", submitted: "/review" };
const SECRET = "a secret of at least thirty-two characters";

test("a database of every landing is kept, in the order of their migrations", () => {
  expect(listLandings()).toEqual([
    "e90ba44",
    "6ae06ce",
    "dc236c8",
    "b223965",
    "164b0c5",
    "940ec36",
    "868fc08",
    "238f7a9",
    "a5e8fc5",
    "1145957",
    "189cb15",
    "e1825f7",
  ]);
});

test("a page that is not there is counted", async () => {
  const server = http.createServer((request, answer) => {
    answer.writeHead(request.url === "/there" ? 200 : 404).end("x");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = server.address();
  const url = `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}`;
  const stop = readWithoutPause(url, ["/there", "/gone"]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { answers, failures } = await stop();
  expect(answers).toBeGreaterThan(0);
  expect(failures.some((one) => one === "/gone answered 404 with 1 bytes")).toBe(true);
  expect(failures.some((one) => one.includes("fetch failed"))).toBe(true);
});

const commit = process.env.CALLBOX_LANDING;
test.runIf(isNightly || commit !== undefined)(
  "this version leaves such a database for those that come after",
  async () => {
    const story = await openStory(inject("databases"));
    await fillAsPeopleDo(story);
    const fixture = await dumpLanding(story, commit ?? "this one");
    await story.client.$disconnect();
    expect(fixture.through).toBe(listMigrations("prisma").at(-1));
    expect(fixture.tables.Message?.length).toBeGreaterThan(10);
    expect(fixture.jobs?.map(({ task }) => task)).toContain("deliver-site");
    if (commit !== undefined)
      fs.writeFileSync(path.join("prisma", "fixtures", `${commit}.json.gz`), gzipSync(JSON.stringify(fixture)));
  },
);

describe.runIf(isNightly)("an upgrade from what was landed, while people read the public site", () => {
  // An older build would meet a newer database.
  beforeAll(buildConsole, 300_000);

  test.each(listLandings())(
    "%s: every page is there all the while; then the record verifies, old alerts open, and all goes on",
    async (commit) => {
      const database = await restoreFixture(inject("databases"), commit, { unmigrated: true });
      const home = path.join(folder, commit);
      const site = path.join(home, "public");
      fs.mkdirSync(home, { mode: 0o755 });
      preparePublicFolder(site);
      layFirstSite(path.join(site, PACK));
      const [port, publicPort] = [await freePort(), await freePort()];
      const options: ServeOptions = {
        databaseUrl: database.appUrl,
        secret: SECRET,
        host: "127.0.0.1",
        port,
        url: `http://localhost:${port}`,
        home,
        show: false,
        public: { folder: site, host: "127.0.0.1", port: publicPort, url: `http://127.0.0.1:${publicPort}` },
      };
      const closing: (() => Promise<unknown>)[] = [];
      try {
        const server = await servePublic(options);
        closing.push(() => server.stop());
        const stop = readWithoutPause(options.public.url, PAGES);

        // As the operator does it, with nothing else running.
        const began = performance.now();
        const migrated = await runCallbox(["migrate"], {
          database,
          env: { CALLBOX_DATA: home, NEXTAUTH_SECRET: SECRET },
        });
        const migratedIn = performance.now() - began;
        const added = listMigrations("prisma").filter((name) => name > database.fixture.through).length;
        // The last landing may have had them all.
        const said = added === 0 ? "Every migration was applied before" : `Applied ${added} migration`;
        expect([migrated.code, migrated.said]).toEqual([0, expect.stringContaining(said)]);

        const worker = await serveWorker(options);
        closing.push(() => worker.stop());
        const served = await serveConsole(options);
        closing.push(() => served.stop());
        const servedIn = performance.now() - began;
        const health = (await (await fetch(`${options.url}/api/health`)).json()) as Health;
        expect(health).toMatchObject({ ok: true, database: "answers", migrations: "current" });

        const client = connect(database.appUrl);
        closing.push(() => client.$disconnect());
        // Nothing of the record is lost, and what that version wrote last is in it.
        const last = (database.fixture.tables.AuditEvent as { seq: number }[]).reduce(
          (most, { seq }) => Math.max(most, seq),
          0,
        );
        const { head } = database.fixture;
        const found = await verifyRecord(client, new Date(), { expect: parseCheckpoint(`${last}:${head}`)! });
        expect(found.problems).toEqual([]);

        // Old alerts open on the console, and every message leaves it as it was published.
        const dana = new ConsoleClient(options.url);
        expect(await dana.signIn("dana@callbox.example")).toBe(true);
        const alerts = await client.alert.findMany({ select: { id: true, state: true, bundle: true } });
        expect(alerts.length).toBeGreaterThan(5);
        for (const { id, state, bundle } of alerts) {
          expect(await loadAlert(client, id)).not.toBeNull();
          if (bundle) expect(parseBundle(bundle)!.messages.length).toBeGreaterThan(0);
          const page = await dana.get(`/alerts/${id}${SCREENS[state] ?? ""}`);
          expect([id, state, page.status, page.text.includes("</main>")]).toEqual([id, state, 200, true]);
        }
        const then = (database.fixture.tables.Message as { id: string; xml: string | null }[]).filter(
          ({ xml }) => xml !== null,
        );
        let exported = 0;
        // Of a statewide alert a few, which are read from the same table as all.
        for (const { id, xml } of then.filter((_, index) => index % Math.ceil(then.length / 40) === 0)) {
          const { status, text } = await dana.get(`/api/messages/${id}`);
          expect([status, `\\x${Buffer.from(text, "utf8").toString("hex")}`]).toEqual([200, xml]);
          exported += 1;
        }
        for (const { id, xml } of await client.message.findMany({ where: { xml: { not: null } } }))
          expect(`\\x${Buffer.from(xml!).toString("hex")}`).toBe(then.find((one) => one.id === id)?.xml);

        // What it had still to deliver is delivered, and the next alert goes out.
        const story = toStory(client, database);
        const draft = await draftFor(story, await story.actor("dana"), await placesNamed(client, "Granby"));
        await submit(story, await story.actor("dana"), draft.id);
        expect(await approve(story, await story.actor("luis"), draft.id)).toMatchObject({ ok: true });
        const open = () => client.delivery.count({ where: { state: { in: ["stored", "handed-over"] } } });
        await vi.waitFor(async () => expect(await open()).toBe(0), { timeout: 120_000, interval: 200 });
        const { identifier } = await client.message.findFirstOrThrow({
          where: { alertId: draft.id, audience: "phones" },
        });
        // Feeds follow the pages in a job of their own.
        const feed = async () => (await fetch(`${options.public.url}/feed.atom`)).text();
        await vi.waitFor(async () => expect(await feed()).toContain(identifier), { timeout: 60_000, interval: 200 });
        // Who kept the address of a message or of an alert still reads it there.
        if (commit === FIRST_SITE) await expectKept(options.public.url, path.join(home, "first"));

        const read = await stop();
        expect(read.failures).toEqual([]);
        expect(read.answers).toBeGreaterThan(50);
        expect((await verifyRecord(client, new Date())).problems).toEqual([]);
        process.stderr.write(
          `${commit}: ${added} migrations in ${(migratedIn / 1000).toFixed(1)} s, console and worker after ` +
            `${(servedIn / 1000).toFixed(1)} s; ${found.entries} entries verify, ${alerts.length} alerts open, ` +
            `${exported} of ${then.length} messages exported; ${read.answers} pages read meanwhile, ` +
            `${read.failures.length} failed, the slowest in ${read.slowestMs.toFixed(0)} ms\n`,
        );
      } finally {
        for (const close of closing.reverse()) await close();
      }
    },
    300_000,
  );
});

/** Everything of the first public site that names a message or an alert answers as it did. */
async function expectKept(url: string, scratch: string): Promise<void> {
  fs.mkdirSync(scratch);
  layFirstSite(path.join(scratch, PACK));
  const pack = Pack.open(scratch)!;
  try {
    const names = Object.keys(pack.table.files);
    const messages = names.filter((name) => name.startsWith("cap/"));
    expect(messages.length).toBeGreaterThan(5);
    for (const name of messages) {
      const answer = await fetch(`${url}/${name}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect([name, answer.status, bytes.equals(pack.read(pack.find(name)!.raw))]).toEqual([name, 200, true]);
    }
    for (const name of names.filter((one) => /^(?:es\/)?alerts\/.+\.html$/.test(one))) {
      const answer = await fetch(`${url}/${name.replace(/\.html$/, "")}`);
      expect([name, answer.status]).toEqual([name, 200]);
    }
  } finally {
    pack.close();
  }
}
