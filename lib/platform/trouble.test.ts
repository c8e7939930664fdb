import { expect, test } from "vitest";
import { DatabaseSilent, DatabaseSwitching, describeTrouble } from "./trouble";

test.each<[string, unknown, RegExp | null]>([
  ["no answer in time", new DatabaseSilent("x"), /does not answer/],
  [
    "a lock held elsewhere",
    { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "55P03" } } } },
    /Someone else's change/,
  ],
  ["a full disk", { code: "P2010", meta: { code: "53100" } }, /disk is full/],
  ["a server that shuts down", { cause: { code: "57P01" } }, /does not answer/],
  ["a connection that broke", { code: "ECONNRESET", message: "read ECONNRESET" }, /does not answer/],
  ["a connection that broke, of Prisma", { cause: { kind: "ConnectionClosed" } }, /does not answer/],
  ["nobody listens", new Error("connect ECONNREFUSED 127.0.0.1:5432"), /switched over/],
  ["a server that starts", { cause: { originalCode: "57P03" } }, /switched over/],
  ["a standby", { code: "P2010", meta: { code: "25006" } }, /switched over/],
  ["no server to be had", new DatabaseSwitching(), /switched over/],
  ["a transaction that ran out of time", { code: "P2028", message: "Transaction API error" }, /does not answer/],
  ["a fault of ours", new TypeError("x is undefined"), null],
  ["a broken promise of the database", { code: "P2010", meta: { code: "23514" } }, null],
])("%s", (_, error, words) => {
  const said = describeTrouble(error);
  if (words === null) expect(said).toBeNull();
  else expect(said).toMatch(words);
  expect(said ?? "").not.toMatch(/\d+\.\d+|ECONN|P2\d/);
});
