import { execFileSync } from "node:child_process";
import dns from "node:dns";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { guardedLookup, isClosed, NotPublic } from "./address";
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

test("a server whose certificate nobody known has signed is sent nothing", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-tls-"));
  const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", ...named];
  execFileSync("openssl", made, { stdio: "ignore" });
  let heard = 0;
  const secure = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, (_, answer) => {
    heard += 1;
    answer.end("here");
  });
  await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
  const own = (secure.address() as AddressInfo).port;
  try {
    await expect(send(`https://localhost:${own}/`, ["localhost"])).rejects.toThrow(/certificate|self[- ]signed/i);
    expect(heard).toBe(0);
  } finally {
    await new Promise((resolve) => secure.close(resolve));
    fs.rmSync(folder, { recursive: true });
  }
});

test("a name that led to the public internet, and then into the network behind it, is refused then", async () => {
  const leads = ["8.8.8.8", "10.0.0.7"];
  const lookup = vi
    .spyOn(dns, "lookup")
    .mockImplementation(((
      _: string,
      __: unknown,
      callback: (error: null, found: { address: string; family: number }[]) => void,
    ) => callback(null, [{ address: leads.shift()!, family: 4 }])) as never);
  const ask = () =>
    new Promise<unknown>((resolve) =>
      guardedLookup([])("hook.example.gov", {}, (error, address) => resolve(error ?? address)),
    );
  try {
    expect(await ask()).toBe("8.8.8.8");
    expect(await ask()).toBeInstanceOf(NotPublic);
  } finally {
    lookup.mockRestore();
  }
});
