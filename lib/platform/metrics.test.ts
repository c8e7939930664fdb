import { expect, inject, test } from "vitest";
import { connect } from "./db";
import { countRequest, metrics } from "./metrics";
import { copyDatabase } from "./test-database";

const line = async (start: string) =>
  (await metrics().registry.metrics()).split("\n").find((one) => one.startsWith(start));

test("answers are counted by method, route and status; a method nobody knows makes no new label", async () => {
  for (const method of ["GET", "GET", "BREW", "POUR"]) countRequest(method, "/alerts/[id]", 200, 0.02);
  countRequest("GET", "/alerts/[id]", 503, 7);
  const labels = (method: string, status: number) =>
    `callbox_requests_total{method="${method}",route="/alerts/[id]",status="${status}"}`;
  expect(await line(labels("GET", 200))).toMatch(/ 2$/);
  expect(await line(labels("other", 200))).toMatch(/ 2$/);
  expect(await line(labels("GET", 503))).toMatch(/ 1$/);
  expect(await line('callbox_request_duration_seconds_bucket{le="5",route="/alerts/[id]"}')).toMatch(/ 4$/);
  expect(await line('callbox_request_duration_seconds_count{route="/alerts/[id]"}')).toMatch(/ 5$/);
});

test("connections of every pool of the process are counted while it lasts", async () => {
  const busy = async () => Number((await line('callbox_database_connections{state="busy"}'))?.split(" ").at(-1));
  const client = connect((await copyDatabase(inject("databases"))).appUrl, { connections: 2 });
  await client.$transaction(async (transaction) => {
    await transaction.$queryRaw`select 1 as one`;
    expect(await busy()).toBe(1);
  });
  expect(await busy()).toBe(0);
  expect(await line('callbox_database_connections{state="idle"}')).toMatch(/ 1$/);
  await client.$disconnect();
  expect(await line('callbox_database_connections{state="idle"}')).toMatch(/ 0$/);
});
