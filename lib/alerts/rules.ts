import { isOut } from "../incidents/schema";
import type { PlaceFacts } from "../directory/place-facts";
import { formatNumber } from "../directory/schema";
import { doubtOf, takesNoTexts } from "../directory/selection";
import { formatPlaceCount } from "../places/place-count";
import { type Outcome, review, fail, type Rule } from "../standards/rule";
import type { LanguageWords } from "../wording/languages";
import type { Bundle, BundleMessage, PlaceOutcome } from "./bundle";
import { describeSlots, fillText, leftOutSlots, SLOTS } from "../wording/slots";
import { type Audience, type Part, PARTS } from "../wording/texts";
import { countOver } from "../wording/text-length";
import { longestTimeSlots } from "./clock-words";
import { heldWording, isOnlyShortened, isWordedFor, ownWording, wordingsFor } from "./choose-wording";
import { reachOfMessage, warnOfReach } from "./county-reach";
import { joinNames } from "./message-slots";
import type { AlertFacts } from "./facts";
import type { OutageState } from "../incidents/schema";
import type { AlertContent } from "./schema";
import type { HeldWording } from "../wording/prepare";

/** What the directory, the plan and the decisions of an alert must keep; standards and wording have tables of their own. */

/** One message with what stands behind it. */
export interface MessageSituation {
  bundle: Bundle;
  message: BundleMessage;
  content: AlertContent;
  /** The places the message covers. */
  places: readonly PlaceFacts[];
  languages: readonly LanguageWords[];
  /** What fails, and how each place stands, as the incident says. */
  incident: Pick<AlertFacts["incident"], "failure" | "textTo911">;
  outage: ReadonlyMap<string, OutageState>;
  inForce: AlertFacts["inForce"];
  covering: AlertFacts["covering"];
  /** What the template has for each text; empty where nothing is held against one. */
  held: AlertFacts["held"];
  /** Which texts of the registry the message is made of, where that is known. */
  texts: Audience | undefined;
}

/** One place of a message for phones that says that 911 fails there, with what stands behind it. */
export interface PlaceSituation {
  bundle: Bundle;
  outcome: PlaceOutcome;
  /** The place, as the directory has it; all of the message where that was frozen as one. */
  places: readonly PlaceFacts[];
  /** Whether texts to 911 arrive, as the incident says. */
  textTo911: AlertFacts["incident"]["textTo911"];
}

const WHO = "Callbox: a directory that cannot mislead";

/** Of more places than this a finding says how many they are. */
const MOST_NAMED = 5;

/** Places that one line is given out by before it is asked about. */
const PLACES_A_LINE = 10;
const dialed = ({ e164, extension }: { e164: string; extension: string }) => `${e164} ${extension}`;

/** Every number that one of these places has, or falls back on. */
const numbersById = (places: readonly PlaceFacts[]) =>
  new Map(
    places
      .flatMap(({ numbers, fallbacks }) => [...numbers, ...fallbacks.flatMap((larger) => larger.numbers)])
      .map((number) => [number.id, number]),
  );

const sharing = new WeakMap<Bundle, Map<string, Set<string>>>();
/** The places of an alert that give out each number. */
function placesByNumber(bundle: Bundle): Map<string, Set<string>> {
  const known = sharing.get(bundle);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  for (const { audience, numbers } of bundle.messages) {
    if (audience !== "phones") continue;
    for (const number of numbers) {
      const places = found.get(dialed(number)) ?? new Set();
      found.set(dialed(number), places.add(number.placeId));
    }
  }
  sharing.set(bundle, found);
  return found;
}

const outcomeIs =
  (wanted: PlaceOutcome["outcome"], found: (path: string, message: string) => Outcome) =>
  ({ outcome: { outcome, why } }: PlaceSituation): Outcome[] =>
    outcome === wanted ? [found("directory", why)] : [];

interface Rewritten {
  language: string;
  part: Part;
  /** What the template has in its place. */
  held: HeldWording;
  written: string;
}

/**
 * Every wording of a message that someone wrote, beside the one of the template it stands for.
 * A shorter one of the template is used where it is needed, and is no text to choose. What was worded for another failure is for INC-003: there is nothing to hold it against.
 */
function listRewritten({ message, content, incident, held, texts: audience }: MessageSituation): Rewritten[] {
  if (!audience || (message.tells === "outage" && !isWordedFor(content, incident))) return [];
  const plan = { audience: message.audience, id: message.placeId };
  return message.texts.flatMap(({ language }) =>
    PARTS.flatMap((part) => {
      const known = held[language]?.[audience]?.[part] ?? [];
      const usual = heldWording({ held }, content, language, audience, part);
      if (!usual) return [];
      return wordingsFor(content, language, audience, part, plan)
        .filter((written, at) => !(at === 0 ? [usual] : known).some(({ text }) => text === written))
        .map((written) => ({ language, part, held: usual, written }));
    }),
  );
}

/** Whether the template has a wording for this text of the message. */
const isHeld = ({ held, texts: audience }: MessageSituation, language: string, part: Part): boolean =>
  audience !== undefined && (held[language]?.[audience]?.[part] ?? []).length > 0;

/** Asked of each place by itself, whichever message it is in. */
export const PLACE_RULES: readonly Rule<PlaceSituation>[] = [
  {
    id: "DIR-001",
    level: "must",
    source: "Netherlands 2019, Campbell County 2023: wrong numbers were given out",
    confidence: "S",
    says: "A number that nobody verified is not given out.",
    check: outcomeIs("blocked", fail),
  },
  {
    id: "DIR-002",
    level: "should",
    source: WHO,
    confidence: "C",
    says: "A number is given on an override, with a reason.",
    check: outcomeIs("override", review),
  },
  {
    id: "DIR-003",
    level: "should",
    source: WHO,
    confidence: "C",
    says: "A place gets no number. Its text tells people where to go.",
    check: outcomeIs("no-number", review),
  },
  {
    id: "DIR-004",
    level: "should",
    source: WHO,
    confidence: "C",
    says: "A place gives an alternate number.",
    check: outcomeIs("alternate", review),
  },
  {
    id: "DIR-005",
    level: "should",
    source: WHO,
    confidence: "C",
    says: "Two entries of the directory conflict, and nobody has settled it.",
    check: ({ places }) => places.flatMap(({ conflicts }) => conflicts.map((says) => review("directory", says))),
  },
  {
    id: "DIR-007",
    level: "should",
    source: WHO,
    confidence: "C",
    says: "The last test call of a number raises a question.",
    check: ({ outcome, places }) => {
      if (outcome.outcome === "override") return [];
      const known = numbersById(places);
      return outcome.numbers.flatMap(({ id }) => {
        const number = known.get(id);
        const doubt = number && doubtOf(number);
        return doubt ? [review("directory", doubt)] : [];
      });
    },
  },
  {
    id: "DIR-008",
    level: "should",
    source: "numbers that closed for the night, rang where nobody was, or belonged to another state",
    confidence: "C",
    says: "Something speaks against a number that is given out.",
    check: ({ outcome: { numbers } }) =>
      numbers.flatMap(({ doubts }) => doubts ?? []).map((doubt) => review("directory", doubt)),
  },
  {
    id: "DIR-009",
    level: "should",
    source: "April 2024: one line for many places was busy at once",
    confidence: "S",
    says: "Many places share few lines.",
    check: ({ bundle, outcome: { numbers }, places }) => {
      const shared = placesByNumber(bundle);
      return numbers.flatMap((number) => {
        const count = shared.get(dialed(number))?.size ?? 0;
        if (count <= PLACES_A_LINE) return [];
        const lines = numbersById(places).get(number.id)?.lines ?? 1;
        return count > lines * PLACES_A_LINE
          ? [
              review(
                "directory",
                `${count} places give out ${formatNumber(number)}, which has ${lines} ${lines === 1 ? "line" : "lines"}.`,
              ),
            ]
          : [];
      });
    },
  },
  {
    id: "DIR-010",
    level: "should",
    source: "an alert that said texts arrive where the town's page said they do not",
    confidence: "C",
    says: "The alert says that texts to 911 work, and the directory says that they do not.",
    check: ({ places, textTo911 }) =>
      textTo911 === "works"
        ? places
            .filter(takesNoTexts)
            .map(({ name }) => review("texts", `In ${name} texts to 911 do not work, says the directory.`))
        : [],
  },
];

export const ALERT_RULES: readonly Rule<MessageSituation>[] = [
  {
    id: "DIR-006",
    level: "should",
    source: "a cancellation says nothing of whether 911 works again",
    confidence: "C",
    says: "The text says to call 911. That is right only where 911 works again.",
    check: ({ message, languages }) => {
      if (message.tells !== "withdrawal") return [];
      const says = message.texts.some(({ language, parts }) => {
        const pattern = languages.find(({ code }) => code === language)?.lexicon?.call911;
        return pattern !== undefined && new RegExp(pattern, "iu").test(parts.long);
      });
      return says ? [review("texts", "The incident is still open.")] : [];
    },
  },
  {
    id: "DIR-011",
    level: "must",
    source: "a correction that gave out the number it called wrong",
    confidence: "S",
    says: "A correction never gives out the number that it corrects.",
    check: ({ bundle, message }) => {
      const { wrong } = bundle;
      return message.numbers.some((number) => wrong !== null && dialed(number) === dialed(wrong))
        ? [fail("directory", "It gives out the number that it corrects.")]
        : [];
    },
  },
  {
    id: "INC-001",
    level: "must",
    source: "North Texas 2018: one of fifteen counties was restored before the others",
    confidence: "S",
    says: "An alert says of each place what the incident says: that 911 fails there, or works again.",
    check: ({ message, places, outage }) => {
      if (message.audience !== "phones" || message.tells === "withdrawal") return [];
      if (message.tells === "neighbor") {
        const fails = places.filter(({ id }) => isOut(outage.get(id)));
        return fails.map(({ name }) => fail("places", `The incident says that 911 is out in ${name}.`));
      }
      const wanted = message.tells === "all-clear" ? "restored" : "out";
      return places.flatMap(({ id, name }) => {
        const state = outage.get(id);
        if (state === undefined && outage.size === 0) return [];
        if (state === undefined || state === "removed") return [fail("places", `${name} is not part of the incident.`)];
        if ((state === "restored") === (wanted === "restored")) return [];
        return [
          fail(
            "places",
            wanted === "restored" ? `The incident says that 911 is out in ${name}.` : `911 works again in ${name}.`,
          ),
        ];
      });
    },
  },
  {
    id: "INC-002",
    level: "must",
    source: "CAP 1.2, 3.2.1 references: an Update supersedes the whole of what it refers to",
    confidence: "C",
    says: "What is replaced for one place is replaced for all places it was for.",
    check: ({ bundle, message, inForce }) => {
      if (message.audience !== "phones" || !message.references) return [];
      const told = new Set(
        bundle.messages.filter(({ audience }) => audience === "phones").flatMap(({ placeIds }) => placeIds),
      );
      return inForce
        .filter(({ reference }) => message.references?.split(" ").includes(reference))
        .flatMap(({ covers }) => covers.filter((id) => !told.has(id)))
        .slice(0, 1)
        .map(() => fail("places", "The message it replaces is for more places than this alert."));
    },
  },
  {
    id: "INC-003",
    level: "must",
    source: WHO,
    confidence: "C",
    says: "The wording is for what fails now.",
    check: ({ message, content, incident }) =>
      message.tells !== "outage" || isWordedFor(content, incident)
        ? []
        : [fail("texts", "The incident was changed after the texts were written. Use the wording for what fails now.")],
  },
  {
    id: "INC-004",
    level: "should",
    source: "Callbox: two outages can be open for one place",
    confidence: "C",
    says: "Where another alert in force says that 911 fails, people are not told that it works.",
    check: ({ message, places, covering }) => {
      if (message.audience !== "phones" || (message.tells !== "all-clear" && message.tells !== "neighbor")) return [];
      return covering.flatMap(({ agency, title, placeIds }) => {
        const named = places.filter(({ id }) => placeIds.includes(id)).map(({ name }) => name);
        if (named.length === 0) return [];
        const there = named.length > MOST_NAMED ? formatPlaceCount(named.length) : joinNames(named, { and: " and " });
        return [review("places", `${agency} says that 911 fails in ${there}: “${title}” is in force.`)];
      });
    },
  },
  {
    id: "TXT-001",
    level: "should",
    source: "Callbox: an approver reads every wording",
    confidence: "C",
    says: "A place has its own wording.",
    check: ({ message, content }) => {
      const own = ownWording(content, { audience: message.audience, id: message.placeId });
      if (!own) return [];
      const says = isOnlyShortened(content, own)
        ? `The 90-character text for ${message.place} leaves out its last sentence, since the name is long.`
        : `Edited for ${message.place} only.`;
      return [review("texts", says)];
    },
  },
  {
    id: "TXT-002",
    level: "should",
    source: "Callbox: rules read English and Spanish",
    confidence: "C",
    says: "A person who reads the language must check texts that the wording rules cannot read.",
    check: ({ message, languages }) =>
      message.texts.flatMap(({ language }) => {
        const words = languages.find(({ code }) => code === language);
        return words?.lexicon
          ? []
          : [review(`${language}.texts`, `${words?.name ?? language}: ask someone who reads it.`)];
      }),
  },
  {
    id: "TXT-003",
    level: "advice",
    source: "Callbox: every length is written, none is cut",
    confidence: "C",
    says: "A shorter wording of the template is used, since the usual one is too long with these names.",
    check: ({ message }) =>
      message.texts.flatMap(({ language, parts, shorter = [] }) =>
        shorter.map((part) => fail(`${language}.${part}`, `Shorter wording: “${parts[part].slice(0, 120)}”`)),
      ),
  },
  {
    id: "TXT-004",
    level: "should",
    source: "X: 280 characters, a link counts 23",
    confidence: "M",
    says: "A post has room for the link to the public page.",
    check: ({ message }) =>
      message.texts.flatMap(({ language, parts }) => {
        const over = countOver("social", fillText(parts.social, longestTimeSlots(language)));
        return over === 0 ? [] : [fail(`${language}.social`, `It is ${over} characters too long with the link.`)];
      }),
  },
  {
    id: "TXT-005",
    level: "advice",
    source: "Callbox: what people post and read aloud is approved with everything else",
    confidence: "C",
    says: "There is a text for social media and a script to read aloud.",
    check: ({ message }) =>
      message.texts.flatMap(({ language, parts }) =>
        (["social", "script"] as const).flatMap((part) =>
          parts[part] === "" ? [fail(`${language}.${part}`, "It is empty.")] : [],
        ),
      ),
  },
  {
    id: "TXT-006",
    level: "must",
    source: "Callbox: whoever writes a template locks the sentences that a draft keeps",
    confidence: "C",
    says: "A sentence that the template locks stands in the text, word for word.",
    check: (situation) =>
      listRewritten(situation).flatMap(({ language, part, held, written }) =>
        held.locked
          .filter((sentence) => !written.includes(sentence))
          .map((sentence) => fail(`${language}.${part}`, `Put it back: “${describeSlots(sentence)}”`)),
      ),
  },
  {
    id: "TXT-007",
    level: "should",
    source: "Callbox: what a template says is left out on purpose or not at all",
    confidence: "C",
    says: "A text leaves out what the template’s wording has there.",
    check: (situation) =>
      listRewritten(situation).flatMap(({ language, part, held, written }) => {
        const left = leftOutSlots(held.text, written);
        if (left.length === 0) return [];
        const named = left.map((slot) => SLOTS[slot]).join(", ");
        return [review(`${language}.${part}`, `The template’s wording has here: ${named}. This text leaves it out.`)];
      }),
  },
  {
    id: "TXT-008",
    level: "should",
    source: "Santa Barbara 2025; a sentence that one language alone had",
    confidence: "S",
    says: "The shortest text is rewritten in every language, or in none.",
    // Sentences are counted in the longer ones (W17); in 90 characters languages differ in how many they need.
    check: (situation) => {
      const rewritten = new Set(
        listRewritten(situation).flatMap(({ language, part }) => (part === "short" ? [language] : [])),
      );
      if (rewritten.size === 0) return [];
      const names = situation.languages.filter(({ code }) => rewritten.has(code)).map(({ name }) => name);
      return situation.message.texts
        .filter(({ language }) => !rewritten.has(language) && isHeld(situation, language, "short"))
        .map(({ language }) =>
          review(
            `${language}.short`,
            `Someone rewrote it in ${joinNames(names, { and: " and " })}, and not here: read both, whether they still say the same.`,
          ),
        );
    },
  },
  {
    id: "AREA-001",
    level: "should",
    source: "47 CFR 11.31(c): stations know whole counties only",
    confidence: "C",
    says: "Radio and television warn whole counties, so people outside the outage hear it too.",
    check: ({ message, places }) => {
      if (message.audience !== "broadcasters") return [];
      const { others } = reachOfMessage(message, places, () => true);
      if (others === 0) return [];
      const isWhole = places.length === 1 && places[0]?.unit === "county";
      const says = isWhole
        ? "They live in its cities and towns, which the text does not name."
        : "The text names the towns.";
      return [review("area", `${others.toLocaleString("en-US")} more people hear it. ${says}`)];
    },
  },
  {
    id: "AREA-002",
    level: "should",
    source: "47 CFR 11.31(c): stations know whole counties only",
    confidence: "C",
    says: "Stations read the numbers of several places to a whole county.",
    check: ({ message, places, outage }) => {
      if (message.audience !== "broadcasters") return [];
      const isOutThere = (id: string) => outage.size === 0 || isOut(outage.get(id));
      const warning = warnOfReach(reachOfMessage(message, places, isOutThere));
      return warning === null ? [] : [review("area", warning)];
    },
  },
];
