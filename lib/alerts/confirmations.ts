import type { Bundle } from "./bundle";

/** Everything an approver must tick, from the bundle itself: those with questions one by one, the rest in groups. */
export function requiredConfirmations(bundle: Bundle): string[] {
  const phones = bundle.messages.filter(({ audience }) => audience === "phones");
  const overrides = phones.filter(({ outcome }) => outcome === "override").map(({ placeId }) => `override:${placeId}`);
  const has = (outcome: string) => phones.some((message) => message.outcome === outcome);
  return [
    ...(has("restored") ? ["restored"] : []),
    ...overrides,
    ...(has("alternate") ? ["alternates"] : []),
    ...(phones.some(({ tells, outcome }) => tells === "outage" && outcome === "no-number") ? ["no-number"] : []),
    ...(has("ready") ? ["numbers"] : []),
    "texts",
    "judgement",
  ];
}
