import { type Bundle, outcomesOf } from "./bundle";

/** Everything an approver must tick, from the bundle itself: those with questions one by one, the rest in groups. */
export function requiredConfirmations(bundle: Bundle): string[] {
  const phones = bundle.messages.filter(({ audience }) => audience === "phones");
  const places = phones.flatMap((message) => outcomesOf(message).map((one) => ({ ...one, tells: message.tells })));
  const overrides = places.filter(({ outcome }) => outcome === "override").map(({ placeId }) => `override:${placeId}`);
  const has = (wanted: string) => places.some(({ outcome }) => outcome === wanted);
  return [
    ...(has("restored") ? ["restored"] : []),
    ...overrides,
    ...(has("alternate") ? ["alternates"] : []),
    ...(places.some(({ tells, outcome }) => tells === "outage" && outcome === "no-number") ? ["no-number"] : []),
    ...(has("ready") ? ["numbers"] : []),
    "texts",
    "judgement",
  ];
}
