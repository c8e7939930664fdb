import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../platform/embedded-postgres";
import { checkCaddy, checkEnvironment, checkNginx, checkUnit, parseSettings } from "./one-machine";

/** The examples for one machine, each with one thing wrong, and read by the programs they are for. */

const read = (file: string) => fs.readFileSync(path.join("docs", "one-machine", file), "utf8");
const environment = parseSettings(read("callbox.env"));
const CHECKS: Record<string, (text: string) => string[]> = {
  "callbox.env": checkEnvironment,
  "callbox.service": (text) => checkUnit(text, environment),
  "nginx.conf": (text) => checkNginx(text, environment),
  Caddyfile: (text) => checkCaddy(text, environment),
};
const have = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;

describe.each<[string, [string, string, RegExp][]]>([
  [
    "callbox.env",
    [
      ["CALLBOX_PUBLIC_PORT=", "CALLBOX_PUBLIC_PROT=", /nothing reads the setting CALLBOX_PUBLIC_PROT/],
      ["#CALLBOX_SMTP_URL=", "#CALLBOX_STMP_URL=", /nothing reads the setting CALLBOX_STMP_URL/],
      ["CALLBOX_TRUSTED_PROXIES=", "#OTHER=", /no proxy is trusted/],
      ["HOST=127", "HOST 127", /is no setting/],
    ],
  ],
  [
    "callbox.service",
    [
      ["launch.mjs start", "launch.mjs strat", /no command “strat”/],
      ["lib/cli/launch.mjs", "lib/cli/lunch.mjs", /lunch\.mjs is not there/],
      ["User=callbox", "User=root", /runs as root/],
      ["NoNewPrivileges=yes", "NoNewPrivileges=no", /NoNewPrivileges=yes is missing/],
      ["StateDirectory=callbox", "StateDirectory=callbocks", /CALLBOX_DATA is not \/var\/lib\/callbocks/],
      ["Restart=always", "Restart=no", /not started again/],
      ["[Install]", "[Instal]", /nothing that systemd reads/],
      ["LockPersonality=yes", "MemoryDenyWriteExecute=yes", /could not compile/],
    ],
  ],
  [
    "nginx.conf",
    [
      ["server 127.0.0.1:3000;", "server 127.0.0.1:3001;", /callbox\.example\.gov leads to 3001, not to 3000/],
      ["server_name alerts.example.gov;", "server_name alert.example.gov;", /nobody answers for alerts/],
      ["X-Forwarded-For $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for", /no header X-Forwarded-For/],
      ["location = /api/metrics", "location = /api/metric", /anybody reads the metrics/],
      ["return 403", "return 301", /programs are led to HTTPS unasked/],
      ["client_max_body_size 65m", "client_max_body_size 60m", /nothing takes 65 MB/],
      ["keepalive 32;\n  }", "keepalive 32;", /braces/],
    ],
  ],
  [
    "Caddyfile",
    [
      [
        "reverse_proxy 127.0.0.1:3080",
        "reverse_proxy 127.0.0.1:3000",
        /alerts\.example\.gov leads to 3000, not to 3080/,
      ],
      ["callbox.example.gov {", "callbocks.example.gov {", /nobody answers for callbox/],
      ["respond @metrics 404", "respond @metric 404", /anybody reads the metrics/],
      [
        "handle {\n\t\tredir https://{host}{uri} 301\n\t}",
        "redir https://{host}{uri} 301",
        /programs are led to HTTPS unasked/,
      ],
      ["handle @programs {", "handle @program {", /programs are led to HTTPS unasked/],
      ["max_size 65MB", "max_size 6MB", /nothing takes 65 MB/],
      ["alerts.example.gov {", "alerts.example.gov", /braces/],
    ],
  ],
])("%s", (file, planted) => {
  test("has nothing wrong with it", () => expect(CHECKS[file]?.(read(file))).toEqual([]));
  test.each(planted)("%j becomes %j", (right, wrong, says) => {
    expect(read(file)).toContain(right);
    expect(CHECKS[file]?.(read(file).replace(right, wrong)).join("\n")).toMatch(says);
  });
});

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-proxy-"));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

test.runIf(have("systemd-analyze"))("systemd reads the unit, and finds a mistake in it", () => {
  const verify = (name: string, text: string) => {
    // Where Node is on this machine does not matter here.
    fs.writeFileSync(path.join(scratch, name), text.replace("/usr/bin/node", process.execPath));
    const { stderr } = spawnSync("systemd-analyze", ["verify", path.join(scratch, name)], { encoding: "utf8" });
    return stderr.split("\n").filter((line) => line.includes(name));
  };
  expect(verify("callbox.service", read("callbox.service"))).toEqual([]);
  expect(verify("wrong.service", read("callbox.service").replace("Restart=always", "Restart=allways")).join()).toMatch(
    /allways/,
  );
});

test.runIf(have("caddy"))("Caddy reads its file, and finds a mistake in it", () => {
  const validate = (text: string) => {
    fs.writeFileSync(path.join(scratch, "Caddyfile"), text);
    const args = ["validate", "--config", path.join(scratch, "Caddyfile"), "--adapter", "caddyfile"];
    return spawnSync("caddy", args, { stdio: "ignore", env: { ...process.env, HOME: scratch } }).status;
  };
  expect(validate(read("Caddyfile"))).toBe(0);
  expect(validate(read("Caddyfile").replace("max_size", "maximum"))).not.toBe(0);
});

describe.runIf(have("nginx"))("nginx with its file", () => {
  let nginx: ChildProcess;
  let upstream: http.Server;
  const ports = { http: 0, https: 0 };
  const seen: http.IncomingHttpHeaders[] = [];

  const ask = (host: string, target: string, options: { headers?: Record<string, string>; body?: Buffer } = {}) =>
    new Promise<number>((resolve, reject) => {
      const request = https.request(
        {
          port: ports.https,
          host: "127.0.0.1",
          path: target,
          servername: host,
          rejectUnauthorized: false,
          method: options.body ? "POST" : "GET",
          headers: { host, ...options.headers, ...(options.body ? { "content-length": options.body.length } : {}) },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      request.on("error", reject);
      request.end(options.body);
    });

  beforeAll(async () => {
    fs.chmodSync(scratch, 0o755);
    const certificate = path.join(scratch, "both.pem");
    const key = path.join(scratch, "key.pem");
    const subject = ["-subj", "/CN=callbox.example.gov", "-days", "2"];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, ...subject],
      { stdio: "ignore" },
    );
    upstream = http.createServer((request, response) => {
      seen.push(request.headers);
      request.resume();
      request.on("end", () => response.end("behind"));
    });
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    const { port } = upstream.address() as { port: number };
    Object.assign(ports, { http: await freePort(), https: await freePort() });
    const config = read("nginx.conf")
      .replace("/etc/ssl/callbox/fullchain.pem", certificate)
      .replace("/etc/ssl/callbox/privkey.pem", key)
      .replaceAll(/listen 80;/g, `listen 127.0.0.1:${ports.http};`)
      .replaceAll(/listen 443 /g, `listen 127.0.0.1:${ports.https} `)
      .replaceAll(/127\.0\.0\.1:30[08]0/g, `127.0.0.1:${port}`);
    fs.writeFileSync(path.join(scratch, "nginx.conf"), config);
    nginx = spawn("nginx", ["-p", scratch, "-c", path.join(scratch, "nginx.conf"), "-g", "daemon off;"], {
      stdio: "ignore",
    });
    for (let left = 100; ; left -= 1) {
      const up = await ask("callbox.example.gov", "/").then(
        () => true,
        () => false,
      );
      if (up) break;
      if (left === 0) throw new Error("nginx did not start.");
      await pause(50);
    }
  });
  afterAll(async () => {
    nginx.kill("SIGTERM");
    await new Promise((resolve) => upstream.close(resolve));
  });

  test("says who asks, and nothing that a visitor wrote there", async () => {
    const headers = { "x-forwarded-for": "203.0.113.9", "x-forwarded-host": "evil.example", "x-request-id": "mine" };
    expect(await ask("callbox.example.gov", "/alerts", { headers })).toBe(200);
    expect(seen.at(-1)).toMatchObject({
      host: "callbox.example.gov",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "callbox.example.gov",
      "x-forwarded-proto": "https",
      "x-request-id": expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test.each<[string, string, string, number | undefined, number]>([
    ["the public site", "alerts.example.gov", "/", undefined, 200],
    ["no metrics", "callbox.example.gov", "/api/metrics", undefined, 404],
    ["a file of the largest kind", "callbox.example.gov", "/api/directory/imports/x", 20_000_000, 200],
    ["no such file elsewhere", "callbox.example.gov", "/check", 20_000_000, 413],
    ["nothing at the public site", "alerts.example.gov", "/", 20_000, 413],
  ])("%s", async (_, host, target, bytes, status) => {
    expect(await ask(host, target, bytes === undefined ? {} : { body: Buffer.alloc(bytes) })).toBe(status);
  });

  test("without HTTPS it leads there", async () => {
    const answer = await fetch(`http://127.0.0.1:${ports.http}/alerts`, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([301, "https://127.0.0.1/alerts"]);
  });

  test.each([
    "/api/health",
    "/api/alerts?a=1",
    "/feed.atom",
    "/feeds/place/ma/granby.rss",
    "/cap/A-1.xml",
    "/numbers.txt",
  ])("without HTTPS a program that asks for %s is led nowhere", async (at) => {
    const answer = await fetch(`http://127.0.0.1:${ports.http}${at}`, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location"), await answer.text()]).toEqual([403, null, "Use https.\n"]);
  });

  /** What is agreed on with a client that offers so much; null where it is turned away. */
  const agree = (options: tls.ConnectionOptions) =>
    new Promise<string | null>((resolve) => {
      const socket = tls.connect({
        port: ports.https,
        host: "127.0.0.1",
        servername: "callbox.example.gov",
        rejectUnauthorized: false,
        ...options,
      });
      socket.once("secureConnect", () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
        socket.destroy();
      });
      socket.once("error", () => resolve(null));
    });
  const old = { minVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0" } as const;
  const second = { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" } as const;

  test.each<[string, tls.ConnectionOptions, string | null]>([
    ["the newest goes first", { ...old }, "TLSv1.3 TLS_AES_256_GCM_SHA384"],
    [
      "TLS 1.2 with the strongest of its suites",
      { ...second, ciphers: "DEFAULT" },
      "TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384",
    ],
    [
      "whatever a client would like best",
      { ...second, ciphers: "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384" },
      "TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384",
    ],
    ["no TLS 1.1", { ...old, maxVersion: "TLSv1.1" }, null],
    ["no TLS 1.0", { ...old, maxVersion: "TLSv1" }, null],
    ["no suite without a key of its own", { ...second, ciphers: "AES256-GCM-SHA384:@SECLEVEL=0" }, null],
    ["no suite in blocks", { ...second, ciphers: "ECDHE-RSA-AES256-SHA384:ECDHE-RSA-AES128-SHA:@SECLEVEL=0" }, null],
  ])("TLS: %s", async (_, options, agreed) => expect(await agree(options)).toBe(agreed));
});
