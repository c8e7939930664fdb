import type { Bundle, BundleMessage } from "../alerts/bundle";
import * as cap1 from "../alerts/renderers/cap-1";
import * as cap2 from "../alerts/renderers/cap-2";
import type { CapAlert, CapInfo } from "../standards/cap/model";
import { readCap } from "../standards/cap/read";
import { parseCapTime } from "../standards/cap/time";

/**
 * Whether published bytes are what was approved, from the bytes: they are parsed,
 * their times and signature set aside, and what is left is held against the
 * bundle. Neither today's wording of times, nor the order of elements, nor the
 * way a writer spaces its XML has a part in it.
 */

/** How each renderer that ever wrote published bytes fills a message, without its times. */
const RENDERERS: ReadonlyMap<string, (bundle: Bundle, message: BundleMessage) => CapAlert> = new Map(
  Object.entries({
    [cap1.RENDERER]: cap1.renderTimeless,
    [cap2.RENDERER]: cap2.renderTimeless,
  }),
);

/** The slots that only the moment of sending fills. */
const TIME_SLOT = /(\{(?:since|nextUpdate|until|restored(?:At)?)(?:Time)?\})/;
/** The most characters a time was ever written in. */
const LONGEST_TIME = 60;

const escapeForPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether a text is an approved one with its times filled in. */
function fits(text: string, approved: string): boolean {
  const pieces = approved.split(TIME_SLOT);
  if (pieces.length === 1) return text === approved;
  const pattern = pieces.map((piece) =>
    TIME_SLOT.test(piece) ? `[^\\n]{1,${LONGEST_TIME}}?` : escapeForPattern(piece),
  );
  return new RegExp(`^${pattern.join("")}$`, "u").test(text);
}

/** Every value of a message in one order, each with where it stands; parameters and geocodes by name. */
function flatten(alert: CapAlert): Map<string, string> {
  const flat = new Map<string, string>();
  const put = (path: string, value: unknown): void => {
    if (Array.isArray(value)) return value.forEach((one, index) => put(`${path}[${index}]`, one));
    if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) put(`${path}.${key}`, inner);
    } else if (value !== undefined) flat.set(path, String(value));
  };
  put("", {
    ...alert,
    sent: undefined,
    signature: undefined,
    info: alert.info.map((info) => ({ ...info, expires: undefined })),
  });
  return flat;
}

function timesFit(published: CapAlert, sent: string, validMinutes: number): boolean {
  const instant = parseCapTime(sent);
  const ends = (info: CapInfo) => parseCapTime(info.expires ?? "");
  return (
    instant !== undefined &&
    parseCapTime(published.sent) === instant &&
    published.info.every((info) => ends(info) === instant + validMinutes * 60_000)
  );
}

/**
 * @param sent the moment of sending on record, as CAP writes it
 * @returns why the bytes are not what was approved, as the end of a sentence, or null when they are
 */
export function comparePublished(
  bytes: Uint8Array,
  bundle: Bundle,
  message: BundleMessage,
  { sent, renderer }: { sent: string; renderer: string },
): string | null {
  const render = RENDERERS.get(renderer);
  if (!render) return `was written by “${renderer}”, which is not known here`;
  const { alert } = readCap(bytes);
  if (!alert) return "cannot be read";
  if (!timesFit(alert, sent, bundle.validMinutes)) return "has other times than those on record";
  const approved = flatten(render(bundle, message));
  const published = flatten(alert);
  for (const [path, value] of published) {
    const expected = approved.get(path);
    if (expected === undefined || !fits(value, expected)) return `is not what was approved: ${path.replace(/^\./, "")}`;
  }
  const missing = [...approved.keys()].find((path) => !published.has(path));
  return missing === undefined ? null : `lacks what was approved: ${missing.replace(/^\./, "")}`;
}
