"use client";

import { useState } from "react";
import type { Bundle, BundleMessage } from "../../lib/alerts/bundle";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import type { Failure } from "../../lib/directory/selection";
import { describePlace } from "../../lib/delivery/press/press";
import { useLanguageOf, useLanguages } from "../layout/providers";
import { Segmented } from "../ui/segmented";

/**
 * What would be posted and put up for a place in the language that is chosen,
 * by the functions that make it after publication.
 * @param now milliseconds since 1970; stands for the moment of sending
 * @returns null for a message without texts
 */
export function usePressText(
  bundle: Bundle,
  message: BundleMessage,
  place: PlaceFacts,
  failure: Failure | undefined,
  now: number,
) {
  const languages = useLanguages();
  const languageOf = useLanguageOf();
  const [wanted, setWanted] = useState("");
  const { texts, numbers } = describePlace(
    {
      bundle,
      sentAt: now,
      endsAt: now + bundle.validMinutes * 60_000,
      failure: failure ?? "partial",
      languages,
      // The other languages of the pages are offered once it is published: their words are always the same.
      pages: [],
      // The address is known once it is published; until then no link is promised.
      urlOf: null,
    },
    {
      of: place.id,
      kind: "place",
      id: place.id,
      name: place.name,
      state: place.stateName,
      path: "",
      message,
      ending: null,
      newerId: null,
    },
  );
  const text = texts.find(({ language }) => language === wanted) ?? texts[0];
  if (!text) return null;
  return {
    text,
    numbers,
    choice: (
      <Segmented
        label="Language"
        value={text.language}
        onChange={setWanted}
        options={texts.map(({ language }) => ({ value: language, says: languageOf(language)?.name ?? language }))}
      />
    ),
  };
}
