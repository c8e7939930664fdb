import { expect, test } from "vitest";
import { plainOf, readMarkdown, sectionsOf, slugOf } from "./markdown";

test("a page is its title and its blocks", () => {
  const { title, blocks } = readMarkdown(
    "# Title\n\nSay **Send** & `a < b`.\n\n## A person’s roles\n\n1. one\n2. two\n\n| a | b |\n| --- | --- |\n| [x](y.md) | ![p](pictures/p.png) |\n",
  );
  expect(title).toBe("Title");
  expect(blocks.map(({ kind }) => kind)).toEqual(["paragraph", "heading", "list", "table"]);
  expect(sectionsOf(blocks)).toEqual([{ id: "a-persons-roles", title: "A person’s roles" }]);
  const [first] = blocks;
  expect(first?.kind === "paragraph" && plainOf(first.inside)).toBe("Say Send & a < b.");
});

test.each([
  "# T\n\n<script>alert(1)</script>\n",
  "# T\n\nA <b>bold</b> word\n",
  '# T\n\n<img src="x" onerror="alert(1)">\n',
  "# T\n\n- [ ] <i>x</i>\n",
  "# T\n\n---\n",
])("what no page may hold is refused: %j", (text) => expect(() => readMarkdown(text)).toThrow(/can't hold/));

test("a page without a title is refused", () => expect(() => readMarkdown("Words\n")).toThrow(/begins with its title/));

test("an anchor is made as GitHub makes it", () => {
  expect(slugOf("Return it or reject it")).toBe("return-it-or-reject-it");
  expect(slugOf("A person’s roles (all)")).toBe("a-persons-roles-all");
});
