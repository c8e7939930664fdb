/** Where a tab keeps its id while it loads another page. */
const KEPT = "callbox-tab";

/** What a browser has of this: its window, or one made for a test. */
export interface TabWindow {
  sessionStorage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  addEventListener: (event: "pagehide" | "pageshow", listener: () => void) => void;
}

/**
 * The id of a tab, which a reload takes along: it is left behind when the page goes, and taken up by the next one. A tab that
 * is made from this one takes a copy of what it keeps, which has no id in it while the page is there.
 */
export function readTabId({ sessionStorage, addEventListener }: TabWindow): string {
  let id: string = crypto.randomUUID();
  try {
    id = sessionStorage.getItem(KEPT) ?? id;
    const take = () => sessionStorage.removeItem(KEPT);
    take();
    addEventListener("pagehide", () => sessionStorage.setItem(KEPT, id));
    addEventListener("pageshow", take);
  } catch {
    // A browser that keeps nothing has a new id each time.
  }
  return id;
}

let known: string | undefined;

/** The id of this tab; on the server, one that nobody asks for. */
export const idOfTab = (): string =>
  typeof window === "undefined"
    ? ""
    : (known ??= readTabId({
        sessionStorage: window.sessionStorage,
        addEventListener: (event, listener) => window.addEventListener(event, listener),
      }));
