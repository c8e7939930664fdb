import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROLES } from "../access/permissions";
import { type HelpText, partsOf, plainOf, readMarkdown } from "./markdown";
import { fileOf, helpFor, OPERATOR_PAGES, PEOPLE_PAGES, pictureAddress, resolveLink, SCREENS } from "./pages";
import { isOnScreen, readPictureWords, RETAKE, sources, walk } from "./screen-words-for-tests";

/** The pages for people stay true of the product: each thing they name is looked up where it is. */

const PAGES = [...PEOPLE_PAGES, ...OPERATOR_PAGES];
const read = (page: string): HelpText => readMarkdown(fs.readFileSync(fileOf(page)!, "utf8"));
const texts = new Map(PAGES.map((page) => [page, read(page)]));

/** Names in bold in the pages for people. */
const namesOf = (page: string) =>
  [...partsOf(texts.get(page as (typeof PAGES)[number])!.blocks)].flatMap((part) =>
    part.kind === "strong" ? [plainOf(part.inside)] : [],
  );

test("each role has a page, and each page in docs/people is one of the list", () => {
  expect(ROLES.filter((role) => !(PEOPLE_PAGES as readonly string[]).includes(role))).toEqual([]);
  const files = fs.readdirSync("docs/people").filter((name) => name.endsWith(".md"));
  expect(files.toSorted()).toEqual(PEOPLE_PAGES.map((page) => `${page}.md`).toSorted());
  const other = fs.readdirSync("docs").filter((name) => name.endsWith(".md"));
  expect(other.toSorted()).toEqual(OPERATOR_PAGES.map((page) => `${page}.md`).toSorted());
});

test.each(PEOPLE_PAGES)("every name in bold on the page “%s” is on a screen", (page) => {
  expect(namesOf(page).filter((name) => !isOnScreen(name))).toEqual([]);
});

test("a name that is on no screen is found", () => {
  expect(isOnScreen("Send it to the moon")).toBe(false);
  expect(isOnScreen("You can’t approve this alert because you worked on it")).toBe(true);
  expect(namesOf("drafter")).toContain("Send for approval");
});

describe("links and pictures", () => {
  const anchors = new Map(
    [...texts].map(([page, { blocks }]) => [
      page as string,
      blocks.flatMap((block) => (block.kind === "heading" ? [block.id] : [])),
    ]),
  );
  /** @returns null for a target that is there */
  const problemOf = (from: string, href: string): string | null => {
    if (href.startsWith("https://")) return null;
    const [file = "", anchor] = href.split("#");
    const to = resolveLink(href);
    if (to === null)
      return fs.existsSync(path.join(path.dirname(fileOf(from)!), file)) ? null : `${from}: ${href} is not there`;
    const page = file === "" ? from : (/^\/help\/([\w-]+)/.exec(to)?.[1] ?? "");
    return anchor === undefined || anchors.get(page)?.includes(anchor) ? null : `${from}: ${href} has no such section`;
  };

  test("each leads to a page and a section that are there", () => {
    const problems = [...texts].flatMap(([page, { blocks }]) =>
      [...partsOf(blocks)].flatMap((part) => (part.kind === "link" ? (problemOf(page, part.href) ?? []) : [])),
    );
    expect(problems).toEqual([]);
    expect(problemOf("drafter", "approver.md#no-such-thing")).toMatch(/no such section/);
    expect(problemOf("drafter", "nothing.md")).toMatch(/not there/);
  });

  test("no page has two headings of one name", () => {
    const twice = [...anchors].flatMap(([page, ids]) =>
      ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${page}#${id}`),
    );
    expect(twice).toEqual([]);
  });

  test("each screen has a section that is there", () => {
    const missing = SCREENS.filter(([, section]) => {
      const [page = "", anchor = ""] = section.split("#");
      return !anchors.get(page)?.includes(anchor);
    });
    expect(missing).toEqual([]);
  });

  test("each picture that a page shows is there and small, and each file is shown", () => {
    const shown = [...texts.values()].flatMap(({ blocks }) =>
      [...partsOf(blocks)].flatMap((part) => (part.kind === "picture" ? [part.file] : [])),
    );
    expect(shown.length).toBeGreaterThan(7);
    const files = fs.readdirSync("docs/people/pictures").map((name) => `pictures/${name}`);
    expect(files.toSorted()).toEqual([...new Set(shown)].toSorted());
    const large = files.filter((file) => fs.statSync(`docs/people/${file}`).size > 220_000);
    expect(large).toEqual([]);
    expect(pictureAddress("pictures/review.png")).toBe("/api/help/review.png");
  });

  test("no picture shows words that its screen no longer has", () => {
    const kept = readPictureWords();
    const files = fs.readdirSync("docs/people/pictures");
    expect(Object.keys(kept).toSorted()).toEqual(files.map((name) => name.replace(/\.png$/, "")).toSorted());
    const problems = Object.entries(kept).flatMap(([name, { width, sha256, header, words }]) => {
      const bytes = fs.readFileSync(`docs/people/pictures/${name}.png`);
      return [
        ...[...header, ...words].filter((word) => !isOnScreen(word)).map((word) => `${name}: no screen says “${word}”`),
        ...(createHash("sha256").update(bytes).digest("hex") === sha256
          ? []
          : [`${name} is not the picture of its words`]),
        ...(bytes.readUInt32BE(16) === width ? [] : [`${name} is not ${width} pixels wide`]),
        ...(words.length > 0 ? [] : [`${name} has no words`]),
      ];
    });
    expect(problems, `Take the pictures anew: ${RETAKE}`).toEqual([]);
  });
});

describe("screens", () => {
  const routes = walk("app")
    .filter((file) => file.endsWith("/page.tsx"))
    .map(
      (file) =>
        file
          .replace(/^app/, "")
          .replace(/\/\([^)]+\)/, "")
          .replace(/\/page\.tsx$/, "") || "/",
    );

  test("each page of the console is a screen of the list, or needs no help", () => {
    const without = ["/demonstration", "/help", "/help/[page]", "/sign-in", "/welcome/[token]"];
    expect(routes.toSorted()).toEqual([...SCREENS.map(([route]) => route), ...without].toSorted());
  });

  test("an address leads to the section of its screen, the named one first", () => {
    expect(helpFor("/")).toBe("/help/drafter#see-what-needs-you");
    expect(helpFor("/alerts/0190/review")).toBe("/help/approver#review-an-alert");
    expect(helpFor("/directory/call-round")).toBe("/help/steward#do-a-call-round");
    expect(helpFor("/directory/2502329405")).toBe("/help/steward#add-or-change-a-number");
    expect(helpFor("/help/drafter")).toBe("/help");
    expect(helpFor("/alerts/a/b/c")).toBe("/help");
  });
});

test("each address of the console is on the page for integrators, or is not for them", () => {
  /** With the reason. */
  const notForThem = new Map([
    ["/api/alerts", "the list that open pages ask for"],
    ["/api/alerts/[id]", "how an open page learns that an alert changed"],
    ["/api/alerts/[id]/outcomes", "what an open page shows of its channels"],
    ["/api/alerts/[id]/presence", "who has an alert open"],
    ["/api/auth/[...nextauth]", "signing in and out"],
    ["/api/directory/imports/[id]", "a file on its way up from the page of an import"],
    ["/api/exercises/[id]", "how an open page learns that something of an exercise happened"],
    ["/api/help/[file]", "pictures of these pages"],
    ["/api/incidents", "the bar of open incidents"],
    ["/api/session", "how long a session lasts"],
  ]);
  const named = new Set(
    [...partsOf(texts.get("integrator")!.blocks)].flatMap((part) => (part.kind === "code" ? [part.text] : [])),
  );
  const routes = walk("app/api")
    .filter((file) => file.endsWith("/route.ts"))
    .map((file) => file.replace(/^app/, "").replace(/\/route\.ts$/, ""));
  expect(routes.filter((route) => !named.has(route) && !notForThem.has(route))).toEqual([]);
  expect([...notForThem.keys()].filter((route) => !routes.includes(route) || named.has(route))).toEqual([]);
  expect([...named].filter((name) => name.startsWith("/api/") && !routes.includes(name))).toEqual([]);
});

test("each key that a screen listens to is on the page of the keyboard", () => {
  const spoken = new Map([
    ["ArrowUp", "Up"],
    ["ArrowDown", "Down"],
    ["ArrowLeft", "Left"],
    ["ArrowRight", "Right"],
    ["PageUp", "Page Up"],
    ["PageDown", "Page Down"],
    [" ", "Space"],
    ["Mod-z", "Ctrl+Z"],
    ["Mod-y", "Ctrl+Y"],
    ["Shift-Mod-z", "Ctrl+Shift+Z"],
    ["Shift-Enter", "Shift+Enter"],
    ["z", "Ctrl+Z"],
    ["y", "Ctrl+Y"],
  ]);
  const keysOf = (code: string) => [
    ...[...code.matchAll(/\b(?:event\.)?key === "([^"]+)"/g)].map((match) => match[1]!),
    ...[...code.matchAll(/\b(Arrow(?:Up|Down|Left|Right)|PageUp|PageDown|Home|End): /g)].map((match) => match[1]!),
    ...[...code.matchAll(/"((?:Shift-)?(?:Mod|Shift|Alt|Ctrl)-[\w]+)": /g)].map((match) => match[1]!),
    ...[...code.matchAll(/everyDelete\("(\w+)"/g)].map((match) => match[1]!),
  ];
  const listens = sources
    .filter((file) => /^(app|components)\//.test(file))
    .map((file) => ({ file, code: fs.readFileSync(file, "utf8") }))
    .filter(({ code }) => /onKeyDown|"keydown"|keymap\(/.test(code));
  const listed = new Set(
    [...partsOf(texts.get("keyboard")!.blocks)].flatMap((part) => (part.kind === "code" ? [part.text] : [])),
  );
  const missing = listens.flatMap(({ file, code }) =>
    keysOf(code).flatMap((key) => (listed.has(spoken.get(key) ?? key) ? [] : [`${file}: ${key}`])),
  );
  expect(listens.length).toBeGreaterThan(5);
  expect(missing).toEqual([]);
  expect(keysOf(`event.key === "F7" ? { ArrowUp: 1 } : { "Mod-b": bold }`)).toEqual(["F7", "ArrowUp", "Mod-b"]);
});
