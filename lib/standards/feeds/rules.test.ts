import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { applyRules } from "../rule";
import { readFeed } from "./feed";
import { FEED_RULES } from "./rules";

const cap = fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml", "utf8").replace(/<\?xml.*\?>/, "");
const found = (xml: string) => {
  const { feed } = readFeed(xml);
  return feed ? applyRules(FEED_RULES, feed, undefined) : undefined;
};
const broken = (xml: string) => [...new Set(found(xml)?.map(({ rule }) => rule))];

const atom = (entries: string, head = "<id>urn:f</id><title>F</title><updated>2024-06-18T17:27:26Z</updated>") =>
  `<feed xmlns="http://www.w3.org/2005/Atom">${head}${entries}</feed>`;
const entry = (
  inside: string,
  head = `<id>urn:e</id><title>911 is not working in Granby, Massachusetts.</title><updated>2024-06-18T13:27:26-04:00</updated>`,
) => `<entry>${head}${inside}</entry>`;
const carried = (xml = cap) => entry(`<content type="text/xml">${xml}</content>`);
const rss = (item: string) => `<rss version="2.0"><channel><title>F</title>${item}</channel></rss>`;
const edxl = (object: string) =>
  `<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><contentObject>${object}</contentObject></EDXLDistribution>`;

const EXAMPLES: Record<string, { keeps: string[]; breaks: string[] }> = {
  "FEED-001": {
    keeps: [atom(""), atom(carried())],
    breaks: [
      atom("", "<title>F</title><updated>2024-06-18T17:27:26Z</updated>"),
      atom("", "<id>urn:f</id><title>F</title><updated>yesterday</updated>"),
      atom(carried() + carried()),
      atom(entry(`<content>${cap}</content>`, "<id>urn:e</id><updated>2024-06-18T17:27:26Z</updated>")),
      atom("<foo/>"),
    ],
  },
  "FEED-002": {
    keeps: [atom(entry('<link type="application/cap+xml" href="https://a.example/1"/>')), atom(carried())],
    breaks: [atom(entry("")), atom(entry('<link href="https://a.example/1"/>')), atom(cap)],
  },
  "FEED-003": {
    keeps: [atom(carried())],
    breaks: [
      atom(carried(cap.replace("T13:27:26", "T13:27:27"))),
      atom(carried().replace("<title>911", "<title>Nine")),
    ],
  },
  "FEED-004": {
    keeps: [
      rss(
        "<item><title>a</title><link>https://a.example</link><guid>g</guid><pubDate>Tue, 18 Jun 2024 17:27:26 +0000</pubDate></item>",
      ),
    ],
    breaks: [rss("<item/>"), rss("<item><title>a</title></item>"), "<rss><channel/></rss>"],
  },
  "FEED-006": { keeps: [atom("")], breaks: [atom(`<!--${"a".repeat(900_001)}-->`)] },
  "FEED-007": {
    keeps: [atom(carried())],
    breaks: [
      atom(carried(cap.replace(/<web>.*<\/web>/, ""))),
      atom(carried(cap.replace(/<expires>.*<\/expires>/, ""))),
      atom(carried(cap.replace(/<area>[\s\S]*<\/area>/, ""))),
      atom(carried(cap.replace("<msgType>Alert", "<msgType>Update"))),
      atom(
        carried(cap.replace("</info>", `</info>${/<info>[\s\S]*<\/info>/.exec(cap)![0].replace("Infra", "Other")}`)),
      ),
    ],
  },
  "FEED-008": {
    keeps: [atom(carried())],
    breaks: [atom(carried(cap.replace("</info>", `</info>${/<info>[\s\S]*<\/info>/.exec(cap)![0]}`)))],
  },
  "FEED-012": {
    keeps: [
      edxl(`<xmlContent><embeddedXMLContent>${cap}</embeddedXMLContent></xmlContent>`),
      edxl("<nonXMLContent><mimeType>application/cap+xml</mimeType><uri>https://a.example/1</uri></nonXMLContent>"),
    ],
    breaks: [edxl("")],
  },
};

describe("rules of feeds", () => {
  test("each has both examples", () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(FEED_RULES.map(({ id }) => id).sort());
  });
  test.each(Object.entries(EXAMPLES))("%s", (id, { keeps, breaks }) => {
    for (const xml of keeps) expect(broken(xml), xml.slice(0, 200)).not.toContain(id);
    for (const xml of breaks) expect(broken(xml), xml.slice(0, 200)).toContain(id);
  });
});
