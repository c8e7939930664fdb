import { expect, test } from "vitest";
import { readTabId, type TabWindow } from "./tab-id";

/** A tab with what it keeps, and its page's own events. */
function tab(kept = new Map<string, string>()) {
  const listeners = new Map<string, () => void>();
  const window: TabWindow = {
    sessionStorage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    addEventListener: (event, listener) => void listeners.set(event, listener),
  };
  return { window, kept, fire: (event: string) => listeners.get(event)?.() };
}

test("a reload has the id of the tab, and no other tab has it, one made from it neither", () => {
  const first = tab();
  const id = readTabId(first.window);
  expect(readTabId(tab(new Map(first.kept)).window)).not.toBe(id);
  expect(readTabId(tab().window)).not.toBe(id);
  first.fire("pagehide");
  const reloaded = tab(first.kept);
  expect(readTabId(reloaded.window)).toBe(id);
  expect(readTabId(tab(new Map(reloaded.kept)).window)).not.toBe(id);
  // Back from where the browser kept the whole page.
  reloaded.fire("pagehide");
  reloaded.fire("pageshow");
  expect(readTabId(tab(new Map(reloaded.kept)).window)).not.toBe(id);
});

test("where nothing can be kept, there is an id all the same", () => {
  const refuse = () => {
    throw new Error("refused");
  };
  const sessionStorage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  expect(readTabId({ sessionStorage, addEventListener: () => undefined })).toMatch(/^[0-9a-f-]{36}$/);
});
