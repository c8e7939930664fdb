import fc from "fast-check";
import { XmlCData, XmlElement, XmlText } from "libxml2-wasm";
import { describe, expect, test } from "vitest";
import { readCap } from "../cap/read";
import { checkFile } from "../check";
import { locateRootEnd, locateTags } from "./locate";
import { childrenOf, openDocument, positionAt, readXml } from "./read";
import { findPath, type XmlNode } from "./tree";

const CAP = 'xmlns="urn:oasis:names:tc:emergency:cap:1.2"';
const bytes = (text: string) => Buffer.from(text, "utf8");
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

const HOSTILE: [name: string, input: () => Uint8Array, rule: string, says: RegExp][] = [
  ["a document type", () => bytes(`<!DOCTYPE alert><alert ${CAP}/>`), "CAP-042", /DOCTYPE/],
  [
    "a document type behind comments",
    () => bytes(`<?xml version="1.0"?><!-- <a> --><?p?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`),
    "CAP-042",
    /DOCTYPE/,
  ],
  ["a lower-case document type", () => bytes("<!doctype html><html/>"), "CAP-042", /document type/],
  [
    "an entity bomb",
    () => bytes(`<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>`),
    "CAP-042",
    /DOCTYPE/,
  ],
  ["an external entity", () => bytes(`<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>`), "CAP-042", /DOCTYPE/],
  ["an entity nobody defined", () => bytes(`<alert ${CAP}><note>&boom;</note></alert>`), "CAP-042", /boom/],
  [
    "XInclude",
    () => bytes(`<alert ${CAP}><x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/></alert>`),
    "CAP-042",
    /XInclude/,
  ],
  ["100,000 deep", () => bytes(`${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`), "XML-002", /./],
  ["100 deep", () => bytes(`${"<a>".repeat(100)}${"</a>".repeat(100)}`), "XML-002", /deep/],
  ["100,001 wide", () => bytes(`<a>${"<b/>".repeat(100_001)}</a>`), "XML-002", /tags/],
  ["20 MB of text", () => bytes(`<alert ${CAP}><note>${"a".repeat(20_000_000)}</note></alert>`), "XML-002", /bytes/],
  ["NUL", () => bytes("<a>\0</a>"), "XML-001", /NUL/],
  ["UTF-16", () => utf16("<a/>"), "XML-003", /UTF-16/],
  ["UTF-16 without a mark", () => Buffer.from("<a/>", "utf16le"), "XML-003", /UTF-16/],
  ["UTF-7", () => bytes('<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-'), "XML-003", /UTF-7/],
  [
    "bytes that are not UTF-8",
    () => Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]),
    "XML-003",
    /not UTF-8/,
  ],
  ["XML 1.1", () => bytes('<?xml version="1.1"?><a/>'), "XML-001", /XML 1\.1/],
  ["nothing", () => bytes(""), "XML-001", /./],
  ["white space", () => bytes("  \n "), "XML-001", /./],
  ["no XML", () => bytes("911 is down"), "XML-001", /./],
  ["a picture", () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), "XML-003", /not UTF-8/],
  ["a comment that never ends", () => bytes("<!-- <a/>"), "XML-001", /./],
  ["an attribute twice", () => bytes('<a b="1" b="2"/>'), "XML-001", /./],
  ["two roots", () => bytes("<a/><b/>"), "XML-001", /./],
];

describe("hostile input", () => {
  test.each(HOSTILE)("%s is refused by %s", (_, input, rule, says) => {
    const given = input();
    const { root, findings } = readXml(given);
    expect(root).toBeUndefined();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ rule, level: "must", verdict: "fail" });
    expect(findings[0]!.message).toMatch(says);
    expect(findings[0]!.line).toBeGreaterThan(0);
    expect(checkFile(given).ok).toBe(false);
  });

  test("100,000 attributes on one element are read without going slow on them", () => {
    const attributes = Array.from({ length: 100_000 }, (_, index) => ` a${index}=""`).join("");
    expect(readXml(bytes(`<a${attributes}/>`)).findings).toEqual([]);
  });

  test("all of them together take no memory that stays", () => {
    readXml(bytes("<a/>"));
    const before = process.memoryUsage().rss;
    for (const [, input] of HOSTILE) checkFile(input());
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  test("a comment or a text may speak of a document type", () => {
    expect(readXml(bytes("<a><!-- <!DOCTYPE x> --><![CDATA[<!DOCTYPE y>]]></a>")).findings).toEqual([]);
  });
});

test("encodings that are read", () => {
  const note = (given: Uint8Array) => readXml(given).root?.text;
  expect(note(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes("<a>é</a>")]))).toBe("é");
  expect(note(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', "latin1"))).toBe("é");
  expect(note(bytes('<?xml version="1.0" encoding="utf-8"?><a>é</a>'))).toBe("é");
});

test("text is what stands around comments and in CDATA", () => {
  expect(readXml(bytes("<a>b<!-- c -->d<![CDATA[<e>]]>&amp;&#x41;</a>")).root?.text).toBe("bd<e>&A");
});

describe("places", () => {
  const text = `<?xml version="1.0"?>\n<!-- <no> -->\n<a b="x>y">\n  <c d='"'/><![CDATA[<e>]]>\n  <f><g>1</g></f>\n</a>\n`;
  const flatten = (node: XmlNode): XmlNode[] => [node, ...node.children.flatMap(flatten)];

  test("every element is found where it stands", () => {
    const places = locateTags(text);
    const nodes = flatten(readXml(bytes(text)).root!);
    expect(places).toHaveLength(nodes.length);
    nodes.forEach((node, index) => {
      const { start, end } = places[node.index]!;
      expect(node.index).toBe(index);
      expect(text.slice(start)).toMatch(new RegExp(`^<${node.name}[ />]`));
      expect(text.slice(0, end)).toMatch(/>$/);
      expect(positionAt(text, start).line).toBe(node.line);
    });
    expect(text.slice(places[2]!.start, places[2]!.end)).toBe("<f><g>1</g></f>");
    expect(text.slice(places[3]!.opened, places[3]!.closing)).toBe("1");
  });

  test("paths lead to an element or to the nearest above", () => {
    const root = readXml(
      bytes(
        "<alert><info/><info><parameter><valueName>A</valueName></parameter><parameter><valueName>B</valueName></parameter></info></alert>",
      ),
    ).root!;
    expect(findPath(root, "info[1].parameter[B]").children[0]!.text).toBe("B");
    expect(findPath(root, "info[1].parameter[C]").name).toBe("info");
    expect(findPath(root, "info[7].area[0]").name).toBe("alert");
    expect(findPath(root, "").name).toBe("alert");
  });
});

/** Whether our tree and libxml2's, asked node by node, agree on every element, attribute and text. */
function isSameReading(node: XmlNode, element: XmlElement): boolean {
  if (node.name !== element.name || node.namespace !== element.namespaceUri) return false;
  const attributes = element.attrs;
  if (attributes.length !== Object.keys(node.attributes).length) return false;
  for (const attr of attributes) {
    if (node.attributes[attr.prefix ? `${attr.prefix}:${attr.name}` : attr.name] !== attr.value) return false;
  }
  let [text, count] = ["", 0];
  for (const child of childrenOf(element)) {
    if (child instanceof XmlElement) {
      const other = node.children[count++];
      if (!other || !isSameReading(other, child)) return false;
    } else if (child instanceof XmlText || child instanceof XmlCData) text += child.content;
  }
  return count === node.children.length && (count === 0 ? text === node.text : text.trim() === node.text.trim());
}

test.each([
  ["<a>b</a>", 4],
  ["<a><b/></a>\n", 7],
  ["<a></a><!-- </a> -->", 3],
  ["<a><b></b></a><?x </a>?>", 10],
  ["<a/>", undefined],
])("the end tag of the root of %s stands at %s", (text, at) => expect(locateRootEnd(text)).toBe(at));

describe("the one pass reads what libxml2 reads", () => {
  const same = (text: string) => {
    const { root } = readXml(bytes(text));
    if (!root) return undefined;
    const document = openDocument(bytes(text));
    try {
      return isSameReading(root, document.root);
    } finally {
      document.dispose();
    }
  };

  test.each([
    "<a/>",
    "<a />",
    "<a\n b = '1'\tc=\"2 > 1\"\n></a\n>",
    "<a b='&lt;&#10;&#x9;\t\r\n x'/>",
    "<a>\r\n b \r c</a>",
    "<a xmlns='urn:a' xmlns:p='urn:p'><p:b xmlns:p='urn:q' p:c='1'/><b xmlns=''/><p:d/></a>",
    "<a>x<b/>y<!-- - -->z<?p ?>&amp;<![CDATA[<]]]]>&gt;<c> </c></a>",
    "<?xml version='1.0'?><!-- a --><?b c?><a/><!-- d -->",
    "<a xml:lang='en'><b></b><b> </b></a>",
    "<a>!<b/> <![CDATA[<&]]></a>",
    "<\u00e9 \u00e8='\u{1F600}'>\u{1F600}</\u00e9>",
  ])("%j", (text) => expect(same(text)).toBe(true));

  const name = fc.constantFrom("a", "b", "p:a", "é");
  const text = fc.oneof(
    fc.constantFrom(
      " ",
      "\n",
      "\r\n",
      "&amp;",
      "&#65;",
      "&#x1F600;",
      "x > y",
      "<!-- < -->",
      "<![CDATA[<&]]>",
      "<?q > ?>",
      "'\"",
      "]]",
    ),
    fc.string({ unit: "grapheme", maxLength: 5 }).map((value) => value.replace(/[<&]/g, "").replace(/]]>/g, "")),
  );
  const attribute = fc
    .tuple(fc.constantFrom("c", "d", "p:c", "xml:lang"), text)
    .map(([key, value]) => ` ${key}="${value.replace(/["<]/g, "").replace(/[\0-\x08]/g, "")}"`);
  const { element } = fc.letrec<{ element: string }>((tie) => ({
    element: fc
      .tuple(
        name,
        fc.uniqueArray(attribute, { maxLength: 2, selector: (value) => value.split("=")[0] }),
        fc.array(fc.oneof({ depthSize: "small" }, text, tie("element")), { maxLength: 4 }),
      )
      .map(
        ([tag, attributes, inside]) =>
          `<${tag}${attributes.join("")}${inside.length ? `>${inside.join("")}</${tag}>` : "/>"}`,
      ),
  }));
  test("any document", () => {
    let read = 0;
    fc.assert(
      fc.property(element, (inside) => {
        const found = same(`<root xmlns:p="urn:p">${inside}</root>`);
        if (found !== undefined) read += 1;
        expect(found).not.toBe(false);
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(1000);
  });
});

test.each([
  ['<a xmlns:x="http://x.example/[a]"><x:b/></a>', true],
  ["<a xmlns='urn:[a] [b]' xmlns:y='http://[c]' xmlns:z=\"http://{d}\"/>", true],
  ['<a xmlns="]]>sis:names"><b>é</b></a>', true],
  ['<a xmlns="]]>sis:names"><b>é</b></a><', false],
  ['<a xmlns="]]>sis:names"><b>é</b></a><c/>', false],
  ['<a xmlns:x="http://x.example/[a]"><b></a>', false],
  ['<a xmlns:x="http://x.example/[a]"><y:b/></a>', false],
  ['<a xmlns:x="http://x.example/[a]', false],
  ['<a xmlns:x="http://x.example/[a]" c=http://x.example/[a]/>', false],
])("a namespace may have any name, and all else is still read strictly: %s", (text, read) => {
  const { root, findings } = readXml(text);
  expect([root !== undefined, findings.length === 0]).toEqual([read, read]);
});

test("whatever it is given, reading answers and does not throw", () => {
  const message = Buffer.from(
    `<alert ${CAP}><identifier>a</identifier><info><event>é</event><area><polygon>1,2 3,4</polygon></area></info></alert>`,
  );
  const edit = fc.record({
    at: fc.nat(message.length),
    drop: fc.nat(12),
    put: fc.oneof(
      fc.constantFrom(
        "<",
        ">",
        "&",
        '"',
        "<!--",
        "]]>",
        "<![CDATA[",
        "<?x",
        "</info>",
        "&#0;",
        "&#xFFFF;",
        "xmlns:a=''",
        "\0",
      ),
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let mutated = message;
      for (const { at, drop, put } of edits) {
        mutated = Buffer.concat([mutated.subarray(0, at), Buffer.from(put), mutated.subarray(at + drop)]);
      }
      const { alert, findings } = readCap(mutated);
      expect(alert !== undefined || findings.length > 0).toBe(true);
      checkFile(mutated);
    }),
    { numRuns: Number(process.env.CALLBOX_FUZZ_RUNS ?? 1500) },
  );
});
