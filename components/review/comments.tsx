"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { AlertForReview } from "../../lib/alerts/data";
import type { commentSchema } from "../../lib/alerts/schema";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { formatSeconds } from "../ui/time";
import { useAction } from "../ui/use-action";

export type CommentAction = Action<z.input<typeof commentSchema>, null>;

/** What author and approver say to each other about single texts. It decides nothing. */
export function Comments({
  alertId,
  comments,
  comment,
}: {
  alertId: string;
  comments: AlertForReview["comments"];
  comment: CommentAction;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const [about, setAbout] = useState("all");
  const [text, setText] = useState("");
  const { run, busy, problem } = useAction(comment, () => {
    setText("");
    router.refresh();
  });
  if (!comments.may && comments.list.length === 0) return null;
  return (
    <details id="comments" open={comments.list.length > 0}>
      <summary>{comments.list.length === 0 ? "Comment on a text" : `Comments: ${comments.list.length}`}</summary>
      <ul className="plain stack">
        {comments.list.map((one) => (
          <li key={one.id}>
            <strong>{one.by}</strong>{" "}
            <span className="hint">
              {one.about}, version {one.version}, {formatSeconds(one.at, timeZone)}
            </span>
            <div data-verbatim className="breaks">
              {one.text}
            </div>
          </li>
        ))}
      </ul>
      {comments.may && (
        <form
          className="stack"
          noValidate
          aria-label="Comment on a text"
          onSubmit={(event) => {
            event.preventDefault();
            run({ id: alertId, about, text });
          }}
        >
          <ErrorSummary problem={problem && { message: problem.message }} />
          <label className="usa-label" htmlFor="comment-about">
            About
          </label>
          <select
            className="usa-select"
            id="comment-about"
            value={about}
            onChange={(event) => setAbout(event.target.value)}
          >
            {comments.subjects.map((subject) => (
              <option key={subject.about} value={subject.about}>
                {subject.label}
              </option>
            ))}
          </select>
          <Field id="comment-text" label="Comment" error={problem?.fields?.text}>
            {(aria) => (
              <input
                {...aria}
                className="usa-input"
                value={text}
                maxLength={1000}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <p>
            <Button type="submit" outline disabled={busy}>
              Add the comment
            </Button>
          </p>
        </form>
      )}
    </details>
  );
}
