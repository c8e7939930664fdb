import { FIRST_LANGUAGE } from "../../platform/language";
import { buildCrawl } from "../../standards/eas/text";
import { countCharacters } from "../../wording/text-length";
import { type Bundle, type BundleMessage, textsAt, zoneOf } from "../bundle";
import { formatInstant } from "../clock-words";
import { renderMessage } from "../renderers/cap-2";

/** All texts of a message on one page, for people who read every word of them. Pure. */

const HEADINGS = [
  ["90", "short"],
  ["360", "long"],
  ["headline", "headline"],
  ["web", "web"],
  ["social", "social"],
  ["script", "script"],
] as const;

/**
 * One message as people read it, in each language, each text with its count of
 * characters, as plain text.
 * @param sent milliseconds since 1970
 * @param only names of texts; all of them without it
 */
export function writeMessage(bundle: Bundle, message: BundleMessage, sent: number, only?: readonly string[]): string {
  const timeZone = zoneOf(bundle, message);
  const cap = renderMessage(bundle, message, sent);
  return textsAt(bundle, message, sent)
    .map(({ language, parts, shorter = [] }) => {
      const read = (part: (typeof HEADINGS)[number][1]) =>
        part === "web" ? `${parts.description}\n\n${parts.instruction}` : parts[part];
      const texts = HEADINGS.filter(
        ([name]) =>
          (message.audience === "phones" || !["90", "360", "web"].includes(name)) && (only?.includes(name) ?? true),
      ).map(([name, part]) => {
        const count = part === "web" ? "" : ` (${countCharacters(part, parts[part])})`;
        const chosen = part !== "web" && shorter.includes(part) ? ", shorter" : "";
        return `[${language} ${name}${count}${chosen}]\n${read(part)}`;
      });
      if (message.audience === "broadcasters") {
        const info = cap.info.find((one) => one.language === language)!;
        const crawl = buildCrawl(cap, info, (instant) => formatInstant(FIRST_LANGUAGE, timeZone, instant, sent));
        texts.push(`[${language} EAS (${crawl.length})]\n${crawl.station} ${crawl.ours}`);
      }
      return texts.join("\n");
    })
    .join("\n");
}
