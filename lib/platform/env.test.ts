import { afterEach, beforeEach, expect, test, vi } from "vitest";

const GOOD = {
  DATABASE_URL: "postgresql://localhost/callbox",
  NEXTAUTH_SECRET: "a secret of at least thirty-two characters",
  NEXTAUTH_URL: "http://localhost:3000",
};
beforeEach(() => {
  vi.resetModules();
  for (const [name, value] of Object.entries(GOOD)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

const read = async () => (await import("./env")).env();

test("a whole environment is taken", async () => expect(await read()).toMatchObject(GOOD));
test.each(["DATABASE_URL", "NEXTAUTH_SECRET", "NEXTAUTH_URL"])(
  "starting without %s is refused, by name",
  async (name) => {
    vi.stubEnv(name, undefined);
    await expect(read()).rejects.toThrow(name);
  },
);
test("a short secret is refused", async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "secret");
  await expect(read()).rejects.toThrow("too short");
});

test.each([
  [{}, null],
  [
    { CALLBOX_PUBLIC_BUCKET: "https://s3.us-east-1.amazonaws.com/alerts" },
    /CALLBOX_PUBLIC_BUCKET_KEY_ID is missing.*CALLBOX_PUBLIC_BUCKET_SECRET is missing/,
  ],
  [
    { CALLBOX_PUBLIC_BUCKET: "s3://alerts", CALLBOX_PUBLIC_BUCKET_KEY_ID: "a", CALLBOX_PUBLIC_BUCKET_SECRET: "b" },
    /takes the address/,
  ],
  [
    {
      CALLBOX_PUBLIC_BUCKET: "https://s3.example.gov/",
      CALLBOX_PUBLIC_BUCKET_KEY_ID: "a",
      CALLBOX_PUBLIC_BUCKET_SECRET: "b",
    },
    /names no bucket/,
  ],
  [
    {
      CALLBOX_PUBLIC_BUCKET: "https://minio.example.gov:9000/alerts/public/site",
      CALLBOX_PUBLIC_BUCKET_KEY_ID: "a",
      CALLBOX_PUBLIC_BUCKET_SECRET: "b",
    },
    {
      endpoint: "https://minio.example.gov:9000",
      region: "us-east-1",
      bucket: "alerts",
      prefix: "public/site/",
      allowed: ["minio.example.gov"],
      key: { accessKeyId: "a", secretAccessKey: "b" },
    },
  ],
] as [Record<string, string>, RegExp | object | null][])(
  "a bucket for the public site: %j",
  async (given, expected) => {
    const { publicBucket } = await import("./env");
    if (expected instanceof RegExp) expect(() => publicBucket(given as never)).toThrow(expected);
    else expect(publicBucket(given as never)).toEqual(expected);
  },
);

test.each([
  [{}, null],
  [{ CALLBOX_DATA: "/data" }, { folder: "/data/backups", daily: 14, weekly: 8, drillDays: 7 }],
  [
    {
      CALLBOX_DATA: "/data",
      CALLBOX_BACKUPS: "/other",
      CALLBOX_BACKUP_DAILY: "3",
      CALLBOX_BACKUP_WEEKLY: "0",
      CALLBOX_DRILL_DAYS: "1",
    },
    { folder: "/other", daily: 3, weekly: 0, drillDays: 1 },
  ],
  [{ CALLBOX_DATA: "/data", CALLBOX_BACKUPS: "off" }, null],
])("backups: %j", async (source, expected) =>
  expect((await import("./env")).backupSettings(source as never)).toEqual(expected),
);
test.each([
  [undefined, "info"],
  ["debug", "debug"],
  ["loud", "info"],
])("lines are logged from %s on as %s", async (CALLBOX_LOG, level) =>
  expect((await import("./env")).logLevel({ CALLBOX_LOG } as never)).toBe(level),
);
test.each(["0", "many", "1.5"])("“%s” days of backups are refused, by name", async (CALLBOX_BACKUP_DAILY) => {
  const { backupSettings } = await import("./env");
  expect(() => backupSettings({ CALLBOX_BACKUP_DAILY } as never)).toThrow("CALLBOX_BACKUP_DAILY takes");
});

const SSO = { CALLBOX_SSO_ISSUER: "https://login.example.gov/", CALLBOX_SSO_CLIENT_ID: "console" };
test.each([
  [{}, null],
  [SSO, { name: "single sign-on", clientId: "console", allowed: ["login.example.gov"], factorValues: [], prompt: "" }],
  [
    { ...SSO, CALLBOX_SSO_KEY: "-----BEGIN PRIVATE KEY-----\\nx", CALLBOX_SSO_FACTOR_VALUES: "mfa, hwk" },
    { key: "-----BEGIN PRIVATE KEY-----\nx", factorValues: ["mfa", "hwk"] },
  ],
  [{ CALLBOX_SSO_ISSUER: SSO.CALLBOX_SSO_ISSUER }, /CALLBOX_SSO_CLIENT_ID is missing/],
  [{ ...SSO, CALLBOX_SSO_ISSUER: "login.example.gov" }, /CALLBOX_SSO_ISSUER takes the address/],
  [{ ...SSO, CALLBOX_SSO_PROMPT: "none" }, /CALLBOX_SSO_PROMPT takes/],
] as [Record<string, string>, RegExp | object | null][])("single sign-on: %j", async (given, expected) => {
  const { singleSignOnSettings } = await import("./env");
  if (expected instanceof RegExp) expect(() => singleSignOnSettings(given as never)).toThrow(expected);
  else if (expected === null) expect(singleSignOnSettings(given as never)).toBeNull();
  else expect(singleSignOnSettings(given as never)).toMatchObject(expected);
});
