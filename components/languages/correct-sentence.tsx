"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { Action } from "../../lib/platform/result";
import type { correctSentenceSchema } from "../../lib/wording/pages/page-language";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

/** Words one sentence of a language otherwise, for this site. */
export function CorrectSentence({
  code,
  direction,
  sentences,
  save,
}: {
  code: string;
  direction: "ltr" | "rtl";
  sentences: readonly { name: string; sentence: string; english: string }[];
  save: Action<z.input<typeof correctSentenceSchema>, null>;
}) {
  const router = useRouter();
  const [name, setName] = useState(sentences[0]?.name ?? "");
  const [sentence, setSentence] = useState(sentences[0]?.sentence ?? "");
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(save, () => {
    setSaid("Saved. The public pages are being written anew.");
    router.refresh();
  });
  const choose = (chosen: string) => {
    setName(chosen);
    setSentence(sentences.find((one) => one.name === chosen)?.sentence ?? "");
    setSaid("");
  };
  return (
    <form
      noValidate
      aria-label="Correct a sentence"
      onSubmit={(event) => {
        event.preventDefault();
        setSaid("");
        run({ code, name, sentence });
      }}
    >
      <div className="rule">
        <h2>Correct a sentence</h2>
      </div>
      <ErrorSummary problem={problem && { message: problem.message }} />
      <Field id="correct-name" label="Sentence" error={problem?.fields?.name}>
        {(aria) => (
          <select {...aria} className="usa-select" value={name} onChange={(event) => choose(event.target.value)}>
            {sentences.map((one) => (
              <option key={one.name} value={one.name}>
                {one.english}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        id="correct-sentence"
        label="What it says from now on"
        hint="What stands in braces is filled in: keep it. A change ends a review."
        error={problem?.fields?.sentence}
      >
        {(aria) => (
          <textarea
            {...aria}
            className="usa-textarea"
            lang={code}
            dir={direction}
            maxLength={500}
            value={sentence}
            onChange={(event) => setSentence(event.target.value)}
          />
        )}
      </Field>
      <p className="row">
        <Button type="submit" outline disabled={busy}>
          Save this sentence
        </Button>
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
