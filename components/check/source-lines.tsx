"use client";

import { useEffect, useMemo, useRef } from "react";
import type { Finding } from "../../lib/standards/rule";

/** Lines shown on either side of a finding, when the text is too long to show whole. */
const AROUND = 6;
const WHOLE = 600;
/** A line of base64 can be megabytes long. */
const LONGEST = 2000;

/** The lines of a text, those of findings marked; the chosen one comes into view. */
export function SourceLines({
  text,
  findings,
  chosen,
}: {
  text: string;
  findings: readonly Finding[];
  chosen: Finding | null;
}) {
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.split("\n"), [text]);
  const marked = useMemo(() => {
    const numbers = new Set<number>();
    for (const { line, endLine } of findings) {
      if (line === undefined) continue;
      for (let at = line; at <= Math.min(endLine ?? line, line + AROUND); at += 1) numbers.add(at);
    }
    return numbers;
  }, [findings]);
  const shown = useMemo(() => {
    if (lines.length <= WHOLE) return lines.map((_, index) => index + 1);
    const near = new Set<number>();
    for (const at of [1, ...marked]) {
      for (let line = at - AROUND; line <= at + AROUND; line += 1)
        if (line >= 1 && line <= lines.length) near.add(line);
    }
    return [...near].sort((left, right) => left - right).slice(0, WHOLE);
  }, [lines, marked]);
  useEffect(() => {
    const line = chosen?.line;
    if (line === undefined) return;
    const target = box.current?.querySelector<HTMLElement>(`#source-line-${line}`);
    target?.scrollIntoView({ block: "center" });
    target?.focus();
  }, [chosen]);
  const isChosen = (line: number) =>
    chosen?.line !== undefined && line >= chosen.line && line <= (chosen.endLine ?? chosen.line);
  return (
    <div className="source" ref={box} tabIndex={0} role="region" aria-label="The text, line by line">
      {shown.map((line, index) => (
        <div key={line}>
          {index > 0 && shown[index - 1] !== line - 1 && <div className="hint">…</div>}
          <div
            id={`source-line-${line}`}
            tabIndex={-1}
            className={isChosen(line) ? "source-line chosen" : marked.has(line) ? "source-line marked" : "source-line"}
          >
            <span className="number" aria-hidden="true">
              {line}
            </span>
            <code>
              {lines[line - 1]!.length > LONGEST ? `${lines[line - 1]!.slice(0, LONGEST)}…` : lines[line - 1]}
            </code>
          </div>
        </div>
      ))}
    </div>
  );
}
