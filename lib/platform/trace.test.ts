import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { makeLog } from "./log";
import { nameRequest, withTrace } from "./trace";

test("every line says which request or job it belongs to, however those interleave; others say nothing", async () => {
  const lines: Record<string, unknown>[] = [];
  const log = makeLog({ write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const work = async (name: string, ms: number) => {
    log.info({ of: name });
    await pause(ms);
    const later = async () => {
      await pause(1);
      log.warn({ of: name });
    };
    await Promise.all([later(), later()]);
  };
  await Promise.all([
    withTrace({ request: "first" }, () => work("first", 5)),
    withTrace({ request: "second" }, () => work("second", 2)),
    withTrace({ job: "7", task: "deliver" }, () => work("7", 3)),
  ]);
  log.info({ of: "nobody" });
  expect(lines).toHaveLength(10);
  for (const { of, request, job, task } of lines)
    expect({ request, job, task }).toEqual(
      of === "nobody"
        ? { request: undefined, job: undefined, task: undefined }
        : of === "7"
          ? { request: undefined, job: "7", task: "deliver" }
          : { request: of, job: undefined, task: undefined },
    );
});

describe("the id of a request", () => {
  test("is what a proxy named it, or a new one each time", () => {
    expect(nameRequest("4f1c0b9e-proxy.1")).toBe("4f1c0b9e-proxy.1");
    expect(nameRequest(undefined)).not.toBe(nameRequest(undefined));
  });
  test.each(["short", "x".repeat(65), 'with "quotes" in it', "two\nlines"])("is never %j", (named) => {
    expect(nameRequest(named)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
