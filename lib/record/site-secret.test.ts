import { expect, test } from "vitest";
import { seal, unseal } from "./site-secret";

const SECRET = "a secret of thirty-two characters or more";

test("what is sealed opens for what it belongs to, with the site's secret, and as it was", () => {
  const sealed = seal(SECRET, "channel 1", "the word of the other side");
  expect(sealed).not.toContain("word");
  expect(unseal(SECRET, "channel 1", sealed)).toBe("the word of the other side");
  expect(seal(SECRET, "channel 1", "the word of the other side")).not.toBe(sealed);
  const parts = sealed.split(".");
  const altered = [parts[0], parts[1], `${parts[2]!.startsWith("A") ? "B" : "A"}${parts[2]!.slice(1)}`, parts[3]].join(
    ".",
  );
  for (const [secret, about, text] of [
    [SECRET, "channel 2", sealed],
    [`${SECRET}!`, "channel 1", sealed],
    [SECRET, "channel 1", altered],
    [SECRET, "channel 1", sealed.replace("v1", "v2")],
  ] as const)
    expect(() => unseal(secret, about, text)).toThrow();
});
