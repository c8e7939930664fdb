"use client";

import { useEffect, useRef } from "react";

export interface FormProblem {
  message: string;
  fields?: Record<string, string>;
}

/** What is wrong with a form: takes focus, and each line leads to its field. */
export function ErrorSummary({ problem }: { problem: FormProblem | null }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) box.current?.focus();
  }, [problem]);
  if (!problem) return null;
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <p className="strong">{problem.message}</p>
      {problem.fields && Object.keys(problem.fields).length > 0 && (
        <ul>
          {Object.entries(problem.fields).map(([field, message]) => (
            <li key={field}>
              <a href={`#${field}`}>{message}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
