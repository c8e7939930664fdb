import { PART_SPECS, PARTS, type Part } from "../../lib/wording/texts";

/** From where a rule found something to the field it is changed in. Pure. */

export interface TextField {
  language: string;
  part: Part;
}

/** Parts by how CAP names their place: parameter[CMAMtext], headline. */
const BY_CAP: ReadonlyMap<string, Part> = new Map(
  PARTS.flatMap((part): [string, Part][] => {
    const cap: object | undefined = PART_SPECS[part].cap;
    if (cap === undefined) return [];
    return "element" in cap ? [[String(cap.element), part]] : "parameter" in cap ? [[String(cap.parameter), part]] : [];
  }),
);

const isPart = (name: string): name is Part => (PARTS as readonly string[]).includes(name);

/**
 * @param path as rules give it: `es-US.short`, `info[1].parameter[CMAMtext]`, `info[0].headline`
 * @param languages codes in the order of a message's infos
 * @returns null where it is about no text
 */
export function fieldOf(path: string, languages: readonly string[]): TextField | null {
  const [, code = "", name = ""] = /^([a-z]{2}-[A-Z]{2})\.(\w+)$/.exec(path) ?? [];
  if (isPart(name)) return { language: code, part: name };
  const info = /^info\[(\d+)\]\.(?:parameter\[(\w+)\]|(\w+))/.exec(path);
  const part = info && BY_CAP.get(info[2] ?? info[3] ?? "");
  const language = info && languages[Number(info[1])];
  return part && language ? { language, part } : null;
}
