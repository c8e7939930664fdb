import type { Page } from "@playwright/test";
import { type Figure, median } from "./measure";

/** What a drafter of a statewide alert waits for: a key in a text, and another town. */

const KEY_LIMIT_MS = 50;
const TOWN_LIMIT_MS = 100;
const KEYS = 30;
const TOWNS = 10;

/**
 * From an act to the frame that shows it, in the page itself.
 * @param page the composer with a statewide draft
 */
async function measureInPage(page: Page, act: string, times: number): Promise<number[]> {
  // As text: what compiles this file marks functions with a name that the page does not know.
  return page.evaluate(`(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    const found = [];
    for (let index = 0; index < ${times}; index += 1) {
      await frame();
      const began = performance.now();
      { ${act} }
      await frame();
      found.push(performance.now() - began);
      // As a person types: the checks that follow a pause may begin, and must not be in the way.
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    return found;
  })()`);
}

const TYPE = `
  const area = document.querySelector("textarea");
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  set.call(area, area.value + "a");
  area.dispatchEvent(new Event("input", { bubbles: true }));`;
const CHOOSE = `document.querySelectorAll('[role="option"]')[20 + index * 7].click();`;

/** @param page shows the composer of a statewide draft, checked once */
export async function measureTyping(page: Page): Promise<Figure[]> {
  const keys = await measureInPage(page, TYPE, KEYS);
  const towns = await measureInPage(page, CHOOSE, TOWNS);
  return [
    {
      name: "a key in a text of the statewide draft, to the frame that shows it",
      milliseconds: median(keys),
      runs: KEYS,
      against: { name: "the limit", milliseconds: KEY_LIMIT_MS, times: 1 },
      note: `longest ${Math.max(...keys).toFixed(0)} ms`,
    },
    {
      name: "another town chosen in the statewide draft, to the frame that shows it",
      milliseconds: median(towns),
      runs: TOWNS,
      against: { name: "the limit", milliseconds: TOWN_LIMIT_MS, times: 1 },
      note: `longest ${Math.max(...towns).toFixed(0)} ms`,
    },
  ];
}
