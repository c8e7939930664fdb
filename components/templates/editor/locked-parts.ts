import type { Purpose } from "../../../lib/alerts/schema";
import type { Failure } from "../../../lib/directory/selection";
import type { LanguageWords } from "../../../lib/wording/languages";
import { type Audience, isForCounties, PART_SPECS, type Part } from "../../../lib/wording/texts";
import { TEXT_RULES, type WrittenText } from "../../../lib/wording/wording-rules";

/** What no wording of a text may lack: what the rules say of an empty one. Pure. */

export interface LockedPart {
  rule: string;
  says: string;
  why: string;
}

function tells(purpose: Purpose, audience: Audience): WrittenText["tells"] {
  if (purpose === "cancellation") return "withdrawal";
  if (audience === "restored" || audience === "restoredCounty") return "all-clear";
  return audience === "neighbor" || audience === "neighborCounty" ? "neighbor" : "outage";
}

export function lockedParts(
  purpose: Purpose,
  audience: Audience,
  part: Part,
  failure: Failure,
  language: LanguageWords,
): LockedPart[] {
  const empty: WrittenText = {
    text: "",
    part,
    language: language.code,
    audience: isForCounties(audience) ? "broadcasters" : "phones",
    tells: tells(purpose, audience),
    wrong: purpose === "correction" ? "413-555-0177" : null,
    failure,
    status: "Actual",
    place: "Anytown",
    placeShort: "Anytown",
    stateName: "Anystate",
    stateCode: "XX",
    senders: ["State 911"],
    numbers: [],
    covers: 1,
    lexicon: language.lexicon,
    codes: [],
  };
  const { limit, source } = PART_SPECS[part];
  return [
    ...TEXT_RULES.filter(({ level, check }) => level === "must" && check(empty, undefined).length > 0).map(
      ({ id, says, source: why }) => ({ rule: id, says, why }),
    ),
    ...(limit === undefined
      ? []
      : [{ rule: "limit", says: `It has at most ${limit} characters.`, why: source ?? "The limit of its channel" }]),
  ];
}
