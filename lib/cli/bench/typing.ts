import type { Page } from "@playwright/test";
import { type Figure, median } from "./measure";

/** What a drafter of a statewide alert waits for: a key in a text, the preview behind it, and another town. */

const KEY_LIMIT_MS = 50;
const PREVIEW_LIMIT_MS = 100;
const TOWN_LIMIT_MS = 100;
const KEYS = 30;
const TOWNS = 10;

/**
 * From an act to the frame that shows it, in the page itself.
 * @param page the composer with a statewide draft
 * @param until what must be so before it counts as shown; nothing when the next frame shows it
 */
async function measureInPage(page: Page, act: string, times: number, until = "true"): Promise<number[]> {
  // As text: what compiles this file marks functions with a name that the page does not know.
  return page.evaluate(`(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    const found = [];
    for (let index = 0; index < ${times}; index += 1) {
      await frame();
      const began = performance.now();
      { ${act} }
      do await frame(); while (!(${until}) && performance.now() - began < 5000);
      found.push(performance.now() - began);
      // As a person types: the checks that follow a pause may begin, and must not be in the way.
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    return found;
  })()`);
}

/** The short text in English, which the phone of the preview shows beside it. */
const TEXT = `document.querySelector('[data-text="place.short.en-US"] .slot-text')`;
const TYPE = `document.execCommand("insertText", false, "abcdefghijklmnopqrstuvwxyz"[index % 26]);`;
const PREVIEW_SHOWS = `document.querySelector(".phone .bubble").textContent.includes(${TEXT}.textContent.slice(-(index + 1)))`;
const CHOOSE = `document.querySelectorAll('[role="option"]')[20 + index * 7].click();`;

/** Puts the caret at the end of the text, with the short text in the preview. */
async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: "90 characters", exact: true }).click();
  await page.locator('[data-text="place.short.en-US"] .slot-text').click();
  await page.keyboard.press("ControlOrMeta+End");
}

const limited = (name: string, found: readonly number[], limit: number): Figure => ({
  name,
  milliseconds: median(found),
  runs: found.length,
  against: { name: "the limit", milliseconds: limit, times: 1 },
  note: `longest ${Math.max(...found).toFixed(0)} ms`,
});

/**
 * @param page shows the composer of a draft, checked once
 * @param places how many places it is for, such as "351 places"
 */
export async function measureTyping(page: Page, places: string): Promise<Figure[]> {
  await begin(page);
  const keys = await measureInPage(page, TYPE, KEYS);
  for (let key = 0; key < KEYS; key += 1) await page.keyboard.press("Backspace");
  const previews = await measureInPage(page, TYPE, KEYS, PREVIEW_SHOWS);
  const towns = await measureInPage(page, CHOOSE, TOWNS);
  return [
    limited(`a key in a text of ${places}, to the frame that shows it`, keys, KEY_LIMIT_MS),
    limited(`a key in a text of ${places}, to the preview that shows it`, previews, PREVIEW_LIMIT_MS),
    limited(`another town chosen among ${places}, to the frame that shows it`, towns, TOWN_LIMIT_MS),
  ];
}
