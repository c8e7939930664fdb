import type { Bundle } from "./bundle";

/** Everything an approver must tick, from the bundle itself: the doubtful one by one, the rest in groups. */
export function requiredConfirmations(bundle: Bundle): string[] {
  const phones = bundle.messages.filter(({ audience }) => audience === "phones");
  const overrides = phones
    .filter(({ outcome }) => outcome === "override")
    .map(({ regionId }) => `override:${regionId}`);
  const has = (outcome: string) => phones.some((message) => message.outcome === outcome);
  return [
    ...overrides,
    ...(has("alternate") ? ["alternates"] : []),
    ...(bundle.kind === "outage" && has("places") ? ["places"] : []),
    ...(has("ready") ? ["numbers"] : []),
    "texts",
    "judgement",
  ];
}
