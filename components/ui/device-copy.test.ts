import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { deviceCopies } from "./device-copy";

const COPIES = deviceCopies("test-", z.object({ text: z.string(), at: z.number() }));

beforeEach(() => {
  const store: Record<string, string> = {};
  const own = (name: string, value: unknown) => Object.defineProperty(store, name, { value, enumerable: false });
  own("getItem", (key: string) => store[key] ?? null);
  own("setItem", (key: string, value: string) => (store[key] = value));
  own("removeItem", (key: string) => delete store[key]);
  vi.stubGlobal("localStorage", store);
});
afterEach(() => vi.unstubAllGlobals());

test("the newest copy of any tab comes back, and only that of this", () => {
  COPIES.write("one", "a", { text: "first", at: 1 });
  COPIES.write("one", "b", { text: "second", at: 2 });
  COPIES.write("two", "a", { text: "another", at: 3 });
  expect(COPIES.read("one")).toEqual({ text: "second", at: 2 });
  expect(COPIES.read("three")).toBeNull();
});

test("a tab that saves forgets its own; all are forgotten together", () => {
  COPIES.write("one", "a", { text: "first", at: 1 });
  COPIES.write("one", "b", { text: "second", at: 2 });
  COPIES.drop("one", "b");
  expect(COPIES.read("one")?.text).toBe("first");
  COPIES.drop("one");
  expect(COPIES.read("one")).toBeNull();
});

test("what can't be read is passed over, and a browser that keeps nothing breaks nothing", () => {
  localStorage.setItem("test-one-a", "{broken");
  localStorage.setItem("test-one-b", JSON.stringify({ text: 5, at: 9 }));
  COPIES.write("one", "c", { text: "good", at: 1 });
  expect(COPIES.read("one")?.text).toBe("good");
  vi.stubGlobal("localStorage", undefined);
  COPIES.write("one", "a", { text: "first", at: 1 });
  COPIES.drop("one");
  expect(COPIES.read("one")).toBeNull();
});
