"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Result } from "../../lib/platform/result";
import type { FormProblem } from "./error-summary";
import { createOnePress } from "./one-press";

/**
 * Calls a server action: one at a time, so that a second press meanwhile does nothing; refusals as sentences, a lost
 * connection told apart from a refusal. What was typed is never touched.
 * @param leaves whether `done` leads to another page: then it stays busy until that page is there, so that a second
 * press does nothing in between either
 */
export function useAction<Input, Output>(
  action: (input: Input) => Promise<Result<Output>>,
  done: (value: Output) => void,
  { leaves = false }: { leaves?: boolean } = {},
) {
  const [left, setLeft] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [press] = useState(createOnePress);
  const mutation = useMutation({
    mutationFn: action,
    networkMode: "always",
    onMutate: () => setProblem(null),
    onSuccess: (result) => {
      if (result.ok) {
        setLeft(leaves);
        done(result.value);
      } else setProblem({ message: result.message, ...(result.fields ? { fields: result.fields } : {}) });
    },
    onError: () =>
      setProblem({
        message: "No connection to Callbox. Nothing was changed. What you wrote is still here; try again.",
      }),
    onSettled: (result) => {
      if (!leaves || result?.ok !== true) press.end();
    },
  });
  const run = (input: Input) => {
    if (press.begin()) mutation.mutate(input);
  };
  return { run, busy: mutation.isPending || left, problem, setProblem };
}
