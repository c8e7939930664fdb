import { expect, test } from "vitest";
import { connect } from "./db";
import { makeLog } from "./log";

function lines(write: (log: ReturnType<typeof makeLog>) => void): string[] {
  const said: string[] = [];
  write(makeLog({ write: (line) => void said.push(line) }));
  return said;
}

test("secrets never reach a line, at any depth", () => {
  const [line] = lines((log) =>
    log.info({
      password: "hunter2",
      a: { token: "hunter2", b: { cookie: "hunter2", c: [{ d: { e: { clientSecret: "hunter2" } } }] } },
      list: [{ recoveryCodes: ["hunter2"] }],
      map: new Map([["sessionId", "hunter2"]]),
      authorization: "hunter2",
    }),
  );
  expect(line).not.toContain("hunter2");
  expect(line!.match(/\[removed\]/g)).toHaveLength(7);
});
test("what holds itself, what is empty, and dates are a line like any other", () => {
  const ring: Record<string, unknown> = { at: new Date(0), none: null };
  ring.ring = ring;
  const [line] = lines((log) => log.info(ring));
  expect(JSON.parse(line!)).toMatchObject({ at: "1970-01-01T00:00:00.000Z", none: null, ring: { ring: "[itself]" } });
});
test("what Prisma says of a query that it cannot run has no value of it", async () => {
  const client = connect("postgresql://nobody@127.0.0.1:1/none");
  const error = await client.person
    .create({ data: { email: "hunter2@example.gov", name: 7, nothing: "hunter2" } as never })
    .catch((thrown: unknown) => thrown);
  await client.$disconnect();
  expect((error as Error).name).toBe("PrismaClientValidationError");
  const [line] = lines((log) => log.error({ error }));
  expect(line).not.toContain("hunter2");
  expect(JSON.parse(line!)).toMatchObject({
    error: { message: "Argument `createdAt` is missing.", stack: expect.stringContaining(" at ") },
  });
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
