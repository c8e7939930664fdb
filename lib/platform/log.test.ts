import { expect, test } from "vitest";
import { makeLog } from "./log";

function lines(write: (log: ReturnType<typeof makeLog>) => void): string[] {
  const said: string[] = [];
  write(makeLog({ write: (line) => void said.push(line) }));
  return said;
}

test("secrets never reach a line, at any depth", () => {
  const [line] = lines((log) =>
    log.info({ password: "hunter2", a: { token: "hunter2", b: { cookie: "hunter2" } }, authorization: "hunter2" }),
  );
  expect(line).not.toContain("hunter2");
  expect(line).toContain("[removed]");
});
test("line breaks and escape codes cannot forge a line", () => {
  const said = lines((log) => log.info({ find: 'x\n{"level":30,"forged":true}\u001b[31m' }));
  expect(said).toHaveLength(1);
  expect(said[0]!.trimEnd()).not.toMatch(/[\n\u001b]/);
  expect(JSON.parse(said[0]!)).not.toHaveProperty("forged");
});
test("an error gives its sentence, not the values a driver puts beside it", () => {
  const error = Object.assign(new Error("it failed"), { parameters: ["hunter2"], code: "23514" });
  const [line] = lines((log) => log.error({ error }));
  expect(line).toContain("it failed");
  expect(line).not.toContain("hunter2");
});
