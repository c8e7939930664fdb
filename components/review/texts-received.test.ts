import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Bundle, BundleMessage } from "../../lib/alerts/bundle";
import type { AlertForReview } from "../../lib/alerts/data";
import { SHIPPED_LANGUAGES } from "../../lib/wording/shipped-languages";
import { Providers } from "../layout/providers";
import { groupMessages } from "./review-state";
import { TextsReceived } from "./texts-received";

const COUNTY = { id: "c", name: "Washoe", kind: "county", sameCode: "032031", population: 1000, size: 2 };
const PLACE = { id: "p", name: "Reno", unit: "place", label: "city", namesake: null, counties: [COUNTY] };

const message = (audience: BundleMessage["audience"], placeId: string, place: string): BundleMessage => ({
  identifier: `A-${audience}`,
  msgType: "Alert",
  tells: "outage",
  audience,
  placeId,
  place,
  placeIds: ["p"],
  population: 100,
  areas: [{ areaDesc: { "en-US": place }, sameCodes: ["032031"], polygons: [] }],
  outcome: audience === "phones" ? "ready" : "county",
  numbers: [],
  why: "",
  references: null,
  texts: ["en-US", "es-US"].map((language) => ({
    language,
    inCap: true,
    parts: {
      short: `${audience} ${language} short`,
      long: `${audience} ${language} long`,
      headline: `${audience} ${language} headline`,
      description: `${audience} ${language} description`,
      instruction: `${audience} ${language} instruction`,
      social: `${audience} ${language} social`,
      script: `${audience} ${language} script`,
    },
  })),
});

const bundle: Bundle = {
  format: "callbox-bundle-4",
  alertId: "a",
  purpose: "outage",
  status: "Actual",
  note: null,
  sender: "state911@callbox.example",
  senderName: { "en-US": "State 911" },
  source: "Callbox",
  web: null,
  contact: null,
  incident: "i",
  beganAt: 0,
  validMinutes: 60,
  nextUpdateMinutes: 30,
  timeZone: "America/Los_Angeles",
  wrong: null,
  messages: [message("phones", "p", "Reno"), message("broadcasters", "c", "Washoe County")],
};

test("what an approver confirms to have read stands open: phones, the web page, and the stations of the county", () => {
  const alert = { facts: { places: [PLACE] }, content: { customWording: {} } } as unknown as AlertForReview;
  const texts = createElement(TextsReceived, {
    alert,
    bundle,
    groups: groupMessages(bundle, {}),
    shownTown: "p",
    onShow: () => undefined,
    now: 0,
  });
  const page = renderToStaticMarkup(
    createElement(Providers, { timeZone: "UTC", languages: SHIPPED_LANGUAGES, children: texts }),
  );
  const open = page.replace(/<details[\s\S]*?<\/details>/g, "");
  for (const language of ["en-US", "es-US"]) {
    for (const part of ["short", "long", "description", "instruction"])
      expect(open).toContain(`phones ${language} ${part}`);
    for (const part of ["description", "instruction"]) expect(open).toContain(`broadcasters ${language} ${part}`);
  }
});
