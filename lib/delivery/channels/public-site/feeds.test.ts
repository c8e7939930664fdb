import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DOMParser } from "@xmldom/xmldom";
import { parseAtomFeed, parseRssFeed } from "feedsmith";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { SignedXml } from "xml-crypto";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../../../alerts/story-for-tests";
import { readFeed } from "../../../standards/feeds/feed";
import { FEED_RULES } from "../../../standards/feeds/rules";
import { applyRules } from "../../../standards/rule";
import { have, makeKey, run } from "../../../standards/signature/keys-for-tests";
import { verifySignature } from "../../../standards/signature/verify";
import { servePublicSite, type SiteServer } from "../../public-server/serve";
import { writePack } from "./commands/write-pack";
import { loadBytes, loadSiteFacts } from "./data";
import { listFiles } from "./files";

/**
 * The feeds as others read them: feedsmith, Python's feedparser where it is at hand
 * (Debian: python3-feedparser), and our own reader with every rule; then each message they link to,
 * from the public server, byte for byte and signature by signature.
 */

const key = makeKey("feeds", "rsa");
/** Debian's own Python has Debian's packages; another one may stand before it in the path. */
const python = ["/usr/bin/python3", "python3"].find(
  (command) => run(command, ["-c", "import feedparser"]).status === 0,
);

let story: Story;
let folder: string;
let server: SiteServer;
let url: string;
let messages: { identifier: string; xml: Buffer; sha256: string; sent: string }[];

beforeAll(async () => {
  vi.stubEnv("CALLBOX_SIGNING_KEY", key.keyFile);
  vi.stubEnv("CALLBOX_SIGNING_CERTIFICATE", key.certificateFile);
  story = await openStory(inject("databases"));
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-feeds-"));
  server = await servePublicSite(folder, { host: "127.0.0.1", port: 0 });
  const address = server.server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  const draft = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst", "Hadley"));
  await submit(story, dana, draft.id);
  await approve(story, luis, draft.id);
  const now = new Date();
  const facts = await loadSiteFacts(story.client, url, now);
  // A title with all that XML and HTML take for their own.
  const name = `${facts.name} <b>& “more”</b>`;
  await writePack(folder, listFiles({ ...facts, name }), (ids) => loadBytes(story.client, ids), now.getTime());
  const rows = await story.client.message.findMany({
    where: { alertId: draft.id },
    select: { identifier: true, xml: true, sha256: true, sent: true },
  });
  messages = rows.map(({ identifier, xml, sha256, sent }) => ({
    identifier,
    xml: Buffer.from(xml!),
    sha256: sha256!,
    sent: sent!,
  }));
  await vi.waitFor(async () => expect((await fetch(`${url}/feed.atom`)).status).toBe(200), { timeout: 5000 });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  fs.rmSync(folder, { recursive: true });
  await story.client.$disconnect();
});

/** What a reader makes of a feed. */
interface Read {
  id: string;
  link: string;
  title: string;
  at: number;
}

const instant = (text: string | undefined) => Date.parse(text ?? "");
const READERS: [string, (xml: string, kind: "atom" | "rss") => Read[]][] = [
  [
    "feedsmith",
    (xml, kind) =>
      kind === "atom"
        ? (parseAtomFeed(xml).entries ?? []).map(({ id, links, title, updated }) => ({
            id: id ?? "",
            link: links?.find(({ type }) => type === "application/cap+xml")?.href ?? "",
            title: typeof title === "string" ? title : (title?.value ?? ""),
            at: instant(updated),
          }))
        : (parseRssFeed(xml).items ?? []).map(({ guid, link, title, pubDate }) => ({
            id: guid?.value ?? "",
            link: link ?? "",
            title: title ?? "",
            at: instant(pubDate),
          })),
  ],
  [
    "our own reader",
    (xml) => {
      const { feed } = readFeed(xml);
      return feed!.entries.map(({ id, links, title, updated }) => ({
        id,
        link: links.at(-1)?.href ?? "",
        title,
        at: instant(updated),
      }));
    },
  ],
  [
    "feedparser",
    (xml) => {
      const file = path.join(folder, "read.xml");
      fs.writeFileSync(file, xml);
      const program =
        "import feedparser, json, sys, calendar\nd = feedparser.parse(sys.argv[1])\n" +
        "assert not d.bozo, d.bozo_exception\n" +
        "print(json.dumps([dict(id=e.id, link=e.link, title=e.title, at=calendar.timegm(e.get('updated_parsed') or e.published_parsed) * 1000) for e in d.entries]))";
      const { status, output } = run(python!, ["-c", program, file]);
      fs.rmSync(file);
      if (status !== 0) throw new Error(output);
      return JSON.parse(output) as Read[];
    },
  ],
];

const FEEDS = ["feed", "feeds/archive", "feeds/state/ma", "feeds/agency/ma911", "feeds/place/ma/granby"].flatMap((at) =>
  (["atom", "rss"] as const).map((kind) => [`${at}.${kind}`, kind] as const),
);

describe.each(READERS.filter(([name]) => name !== "feedparser" || python))("%s", (_, readWith) => {
  test.each(FEEDS)("reads %s: every message, its address, its title and its moment", async (at, kind) => {
    const xml = await (await fetch(`${url}/${at}`)).text();
    const entries = readWith(xml, kind);
    const wanted = at.includes("granby") ? messages.filter(({ xml: bytes }) => bytes.includes("Granby")) : messages;
    expect(wanted.length).toBeGreaterThan(0);
    expect(entries.map(({ link }) => link).sort()).toEqual(
      wanted.map(({ identifier }) => `${url}/cap/${identifier}.xml`).sort(),
    );
    for (const { identifier, sent, xml: bytes } of wanted) {
      const entry = entries.find(({ link }) => link.includes(`/${identifier}.xml`))!;
      expect(entry.id).toBe(kind === "atom" ? entry.link : identifier);
      expect(entry.title).toBe(/<headline>([^<]+)<\/headline>/.exec(bytes.toString("utf8"))![1]);
      expect(entry.at).toBe(Date.parse(sent));
    }
  });

  test.each(["atom", "rss"] as const)("reads an empty feed (%s)", async (kind) => {
    const xml = await (await fetch(`${url}/feeds/place/ma/boston.${kind}`)).text();
    expect(readWith(xml, kind)).toEqual([]);
    // It has not changed since the site was set up, and not since 1970.
    expect(xml).not.toMatch(/1970/);
  });
});

test.each(FEEDS)("%s keeps every rule of feeds, and carries no message", async (at) => {
  const answer = await fetch(`${url}/${at}`);
  const xml = await answer.text();
  const { feed, findings } = readFeed(xml);
  expect(findings).toEqual([]);
  expect(applyRules(FEED_RULES, feed!, undefined)).toEqual([]);
  expect(xml).not.toContain("<alert");
  expect(answer.headers.get("content-type")).toBe(`application/${at.split(".").pop()}+xml; charset=utf-8`);
});

describe("every message that a feed links to", () => {
  const linked = async () => {
    const { feed } = readFeed(await (await fetch(`${url}/feed.atom`)).text());
    const links = feed!.entries.flatMap(({ links }) => links.filter(({ type }) => type === "application/cap+xml"));
    expect(links).toHaveLength(messages.length);
    return Promise.all(
      links.map(async ({ href }) => ({ href, bytes: Buffer.from(await (await fetch(href)).arrayBuffer()) })),
    );
  };

  test("is byte for byte the stored one", async () => {
    for (const { href, bytes } of await linked()) {
      const stored = messages.find(({ identifier }) => href.endsWith(`/cap/${identifier}.xml`))!;
      expect(bytes.equals(stored.xml), href).toBe(true);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(stored.sha256);
    }
  });

  test("is signed, as we and xml-crypto find; one altered byte is found as well", async () => {
    for (const { bytes } of await linked()) {
      expect(verifySignature(bytes, [key.certificate])).toMatchObject({ verdict: "valid-trusted" });
      const verify = (text: string) => {
        const [signature] = Array.from(
          new DOMParser()
            .parseFromString(text, "text/xml")
            .getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature"),
        );
        const verifier = new SignedXml({ publicCert: key.certificate.toString() });
        verifier.loadSignature(signature as never);
        try {
          return verifier.checkSignature(text);
        } catch {
          return false;
        }
      };
      const text = bytes.toString("utf8");
      expect(verify(text)).toBe(true);
      const altered = text.replace("is not working", "is now working");
      expect(altered).not.toBe(text);
      expect(verify(altered)).toBe(false);
      expect(verifySignature(Buffer.from(altered), [key.certificate]).verdict).toBe("invalid");
    }
  });

  test.runIf(have("xmlsec1"))("is signed, as xmlsec1 finds", async () => {
    for (const { href, bytes } of await linked()) {
      const file = path.join(folder, path.basename(href));
      fs.writeFileSync(file, bytes);
      const verify = () =>
        run("xmlsec1", ["--verify", "--enabled-key-data", "x509", "--trusted-pem", key.certificateFile, file]).status;
      expect(verify(), href).toBe(0);
      fs.writeFileSync(file, bytes.toString("utf8").replace("is not working", "is now working"));
      expect(verify(), href).not.toBe(0);
      fs.rmSync(file);
    }
  });
});
