import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isClosed } from "./address";
import { post } from "./post";

let server: http.Server;
let port: number;
let reached = 0;
beforeAll(async () => {
  server = http.createServer((_, answer) => {
    reached += 1;
    answer.end("here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const send = (url: string, allowed: string[] = []) =>
  post(url, "x", {}, { allowed, signal: AbortSignal.timeout(2000) });

test.each([
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["10.0.0.1", true],
  ["172.16.0.1", true],
  ["172.32.0.1", false],
  ["192.168.1.1", true],
  ["169.254.169.254", true],
  ["100.64.0.1", true],
  ["0.0.0.0", true],
  ["224.0.0.1", true],
  ["8.8.8.8", false],
  ["::1", true],
  ["::", true],
  ["fe80::1", true],
  ["fd00::1", true],
  ["::ffff:10.0.0.1", true],
  ["::ffff:8.8.8.8", false],
  ["2606:4700:4700::1111", false],
])("%s is closed: %s", (address, closed) => expect(isClosed(address)).toBe(closed));

test.each([
  (own: number) => `http://127.0.0.1:${own}/`,
  (own: number) => `http://localhost:${own}/`,
  (own: number) => `http://[::ffff:127.0.0.1]:${own}/`,
  (own: number) => `http://0.0.0.0:${own}/`,
  (own: number) => `http://2130706433:${own}/`,
  (own: number) => `http://0x7f.1:${own}/`,
])("nothing reaches this machine, however its address is written (%#)", async (url) => {
  const before = reached;
  await expect(send(url(port))).rejects.toThrow("not on the public internet");
  expect(reached).toBe(before);
});

test("a name that someone allowed leads where it leads", async () => {
  expect(await send(`http://localhost:${port}/`, ["localhost"])).toEqual({ status: 200, body: "here" });
});
