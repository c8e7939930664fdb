"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { Action } from "../../lib/platform/result";
import type { reviewSchema } from "../../lib/wording/pages/page-language";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

const LABELS = {
  reviewer: "Who reviewed it",
  reviewedOn: "Day of the review",
  what: "What was reviewed",
} as const;

/** Records who, fluent in the language, reviewed the words as they are on the page. */
export function ReviewForm({
  code,
  english,
  words,
  save,
}: {
  code: string;
  english: string;
  /** Fingerprint of the words on the page. */
  words: string;
  save: Action<z.input<typeof reviewSchema>, null>;
}) {
  const router = useRouter();
  const [form, setForm] = useState({ reviewer: "", reviewedOn: "", what: "" });
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(save, () => {
    setSaid("Recorded. The public pages are being written anew, without the notice.");
    router.refresh();
  });
  return (
    <form
      noValidate
      aria-label="Record a review"
      onSubmit={(event) => {
        event.preventDefault();
        setSaid("");
        run({ code, words, ...form });
      }}
    >
      <div className="rule">
        <h2>Record a review</h2>
      </div>
      <p className="second">
        For someone fluent in {english} who read every sentence above. It goes into the activity log with your name.
      </p>
      <ErrorSummary problem={problem && { message: problem.message }} />
      {(["reviewer", "reviewedOn", "what"] as const).map((name) => (
        <Field key={name} id={`review-${name}`} label={LABELS[name]} error={problem?.fields?.[name]}>
          {(aria) => (
            <input
              {...aria}
              className="usa-input"
              type={name === "reviewedOn" ? "date" : "text"}
              maxLength={name === "what" ? 500 : 120}
              value={form[name]}
              onChange={(event) => setForm({ ...form, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <p className="row">
        <Button type="submit" disabled={busy}>
          Record the review of {english}
        </Button>
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
