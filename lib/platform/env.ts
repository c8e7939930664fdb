import { z } from "zod";

/** The environment, read here and nowhere else. Starting without a secret is refused. */
const schema = z.object({
  DATABASE_URL: z
    .string("DATABASE_URL is missing. “npm start” sets it for the bundled database; otherwise name your PostgreSQL.")
    .min(1),
  NEXTAUTH_SECRET: z
    .string("NEXTAUTH_SECRET is missing. “npm start” makes one; otherwise set 32 or more random characters.")
    .min(32, "NEXTAUTH_SECRET is too short. Use 32 or more random characters."),
  NEXTAUTH_URL: z.url("NEXTAUTH_URL is missing: the address people open, such as https://callbox.example.gov."),
  CALLBOX_SIGN_IN_ADDRESS: z
    .enum(["cut", "hashed", "none"], "CALLBOX_SIGN_IN_ADDRESS takes cut, hashed or none.")
    .default("cut"),
  CALLBOX_DATA: z.string().optional(),
  /** Folder for signed checkpoints of the record; the data folder has one without it. */
  CALLBOX_CHECKPOINTS: z.string().optional(),
  CALLBOX_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/**
 * @throws with one plain sentence for each setting that is missing or wrong
 */
export function env(): Env {
  if (parsed) return parsed;
  const result = schema.safeParse(process.env);
  if (!result.success) {
    throw new Error(`Callbox cannot start. ${result.error.issues.map((issue) => issue.message).join(" ")}`);
  }
  return (parsed = result.data);
}

/** From which level on lines are logged; what cannot be read counts as “info”, so that a log is there to say so. */
export function logLevel(source: NodeJS.ProcessEnv = process.env): Env["CALLBOX_LOG"] {
  return schema.shape.CALLBOX_LOG.catch("info").parse(source.CALLBOX_LOG);
}

/** What reads the metrics from another machine shows; without one only this machine may ask. */
export function metricsToken(source: NodeJS.ProcessEnv = process.env): string | undefined {
  return source.CALLBOX_METRICS_TOKEN || undefined;
}

/** Where checkpoints of the record go, and the secret their key comes from. */
export function checkpointSettings(): { folder: string; secret: string } {
  const { CALLBOX_CHECKPOINTS, CALLBOX_DATA, NEXTAUTH_SECRET } = env();
  return { folder: CALLBOX_CHECKPOINTS ?? `${CALLBOX_DATA ?? "."}/checkpoints`, secret: NEXTAUTH_SECRET };
}

/** Files of the key that signs CAP messages at publication; all of them unset where none signs. */
export interface SigningSettings {
  pkcs12?: string | undefined;
  key?: string | undefined;
  certificate?: string | undefined;
  passphrase?: string | undefined;
}

export function signingSettings(): SigningSettings {
  const source = process.env;
  return {
    pkcs12: source.CALLBOX_SIGNING_PKCS12,
    key: source.CALLBOX_SIGNING_KEY,
    certificate: source.CALLBOX_SIGNING_CERTIFICATE,
    passphrase: source.CALLBOX_SIGNING_PASSPHRASE,
  };
}

/** A number of backups that are kept, or of days between drills, as it is set. */
const kept = (name: string, least: number, usual: number) =>
  z.coerce
    .number(`${name} takes a number.`)
    .int(`${name} takes a whole number.`)
    .min(least, `${name} takes ${least} or more.`)
    .max(1000, `${name} takes 1000 at most.`)
    .default(usual);

const backupSchema = z.object({
  CALLBOX_BACKUPS: z.string().min(1).optional(),
  CALLBOX_BACKUP_DAILY: kept("CALLBOX_BACKUP_DAILY", 1, 14),
  CALLBOX_BACKUP_WEEKLY: kept("CALLBOX_BACKUP_WEEKLY", 0, 8),
  CALLBOX_DRILL_DAYS: kept("CALLBOX_DRILL_DAYS", 0, 7),
});

/**
 * Where the nightly backups go, how many are kept, and every how many days one is tried (0: never); null where CALLBOX_BACKUPS is `off`, or nothing says where.
 * @throws with a plain sentence for a setting that is wrong
 */
export function backupSettings(
  source: NodeJS.ProcessEnv = process.env,
): { folder: string; daily: number; weekly: number; drillDays: number } | null {
  const result = backupSchema.safeParse(source);
  if (!result.success)
    throw new Error(`Callbox cannot start. ${result.error.issues.map(({ message }) => message).join(" ")}`);
  const { CALLBOX_BACKUPS: named, CALLBOX_BACKUP_DAILY: daily, CALLBOX_BACKUP_WEEKLY: weekly } = result.data;
  const drillDays = result.data.CALLBOX_DRILL_DAYS;
  if (named === "off") return null;
  const folder = named ?? (source.CALLBOX_DATA ? `${source.CALLBOX_DATA}/backups` : undefined);
  return folder === undefined ? null : { folder, daily, weekly, drillDays };
}

/** Whether whoever set the environment says that backups are made by others. */
export const backupsElsewhere = (source: NodeJS.ProcessEnv = process.env): boolean => source.CALLBOX_BACKUPS === "off";

/** Where the files of the public site are. */
export function publicFolder(source: NodeJS.ProcessEnv = process.env): string {
  return source.CALLBOX_PUBLIC ?? `${source.CALLBOX_DATA ?? "."}/public`;
}

/** Where the public site is laid out as files for another server; undefined where none is named. */
export function publicTree(source: NodeJS.ProcessEnv = process.env): string | undefined {
  return source.CALLBOX_PUBLIC_TREE;
}

const bucketSchema = z
  .object({
    address: z.url({
      protocol: /^https?$/,
      error:
        "CALLBOX_PUBLIC_BUCKET takes the address of a bucket, such as https://s3.us-east-1.amazonaws.com/alerts or https://minio.example.gov/alerts/site.",
    }),
    region: z.string().default("us-east-1"),
    accessKeyId: z.string("CALLBOX_PUBLIC_BUCKET_KEY_ID is missing: the access key ID for CALLBOX_PUBLIC_BUCKET."),
    secretAccessKey: z.string(
      "CALLBOX_PUBLIC_BUCKET_SECRET is missing: the secret access key for CALLBOX_PUBLIC_BUCKET.",
    ),
  })
  .transform(({ address, region, accessKeyId, secretAccessKey }, context) => {
    const { origin, hostname, pathname } = new URL(address);
    const [bucket, ...folders] = decodeURIComponent(pathname).split("/").filter(Boolean);
    if (!bucket) {
      context.addIssue(
        "CALLBOX_PUBLIC_BUCKET names no bucket: put it after the address, as in https://s3.example.gov/alerts.",
      );
      return z.NEVER;
    }
    const prefix = folders.map((folder) => `${folder}/`).join("");
    // Whoever sets the environment has allowed this host by naming it.
    const allowed = [hostname.replace(/^\[|\]$/g, "")];
    return { endpoint: origin, region, bucket, prefix, allowed, key: { accessKeyId, secretAccessKey } };
  });

/**
 * The bucket that the public site is laid out in as well, or null where none is named.
 * @throws with a plain sentence for a setting that is missing or wrong
 */
export function publicBucket(source: NodeJS.ProcessEnv = process.env): z.output<typeof bucketSchema> | null {
  if (!source.CALLBOX_PUBLIC_BUCKET) return null;
  const parsed = bucketSchema.safeParse({
    address: source.CALLBOX_PUBLIC_BUCKET,
    region: source.CALLBOX_PUBLIC_BUCKET_REGION,
    accessKeyId: source.CALLBOX_PUBLIC_BUCKET_KEY_ID,
    secretAccessKey: source.CALLBOX_PUBLIC_BUCKET_SECRET,
  });
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ message }) => message).join(" "));
  return parsed.data;
}

/** The address people open the public site at, without a slash at its end. */
export function publicUrl(source: NodeJS.ProcessEnv = process.env): string {
  return (source.CALLBOX_PUBLIC_URL ?? `http://localhost:${source.CALLBOX_PUBLIC_PORT ?? 3080}`).replace(/\/+$/, "");
}

const mailSchema = z.object({
  url: z.url({
    protocol: /^smtps?$/,
    error: "CALLBOX_SMTP_URL takes an address such as smtps://user:password@mail.example.gov.",
  }),
  from: z
    .string("CALLBOX_MAIL_FROM is missing: the address Callbox’s email comes from.")
    .regex(/^[^\r\n]*@[^\r\n]+$/, "CALLBOX_MAIL_FROM takes an email address, with a name before it if you like."),
});

/**
 * Where email goes out, or null where none is set up.
 * @throws with a plain sentence for a setting that is missing or wrong
 */
export function mailSettings(source: NodeJS.ProcessEnv = process.env): z.infer<typeof mailSchema> | null {
  if (!source.CALLBOX_SMTP_URL) return null;
  const result = mailSchema.safeParse({ url: source.CALLBOX_SMTP_URL, from: source.CALLBOX_MAIL_FROM });
  if (result.success) return result.data;
  throw new Error(`Callbox cannot start. ${result.error.issues.map(({ message }) => message).join(" ")}`);
}

const words = z
  .string()
  .optional()
  .transform((text) => (text ?? "").split(/[\s,]+/).filter(Boolean));
const singleSignOnSchema = z
  .object({
    issuer: z.url({
      protocol: /^https?$/,
      error: "CALLBOX_SSO_ISSUER takes the address of an issuer, such as https://login.example.gov.",
    }),
    clientId: z.string("CALLBOX_SSO_CLIENT_ID is missing: the client ID for CALLBOX_SSO_ISSUER.").min(1),
    name: z.string().min(1).max(60).default("single sign-on"),
    secret: z.string().min(1).optional(),
    key: z.string().startsWith("-----BEGIN", "CALLBOX_SSO_KEY takes a private key in PEM.").optional(),
    scopes: words,
    acrValues: z.string().default(""),
    prompt: z.enum(["", "login", "select_account"], "CALLBOX_SSO_PROMPT takes login or select_account.").default(""),
    factorValues: words,
  })
  .transform((settings) => ({
    ...settings,
    // Whoever sets the environment has allowed this host by naming it.
    allowed: [new URL(settings.issuer).hostname.replace(/^\[|\]$/g, "")],
  }));

/**
 * The provider of single sign-on that the environment sets up, or null where it names none.
 * @throws with a plain sentence for a setting that is missing or wrong
 */
export function singleSignOnSettings(
  source: NodeJS.ProcessEnv = process.env,
): z.output<typeof singleSignOnSchema> | null {
  if (!source.CALLBOX_SSO_ISSUER) return null;
  const result = singleSignOnSchema.safeParse({
    issuer: source.CALLBOX_SSO_ISSUER,
    clientId: source.CALLBOX_SSO_CLIENT_ID,
    name: source.CALLBOX_SSO_NAME,
    secret: source.CALLBOX_SSO_CLIENT_SECRET,
    // A PEM in one line of a file of settings has its line ends written out.
    key: source.CALLBOX_SSO_KEY?.replaceAll("\\n", "\n"),
    scopes: source.CALLBOX_SSO_SCOPES,
    acrValues: source.CALLBOX_SSO_ACR_VALUES,
    prompt: source.CALLBOX_SSO_PROMPT,
    factorValues: source.CALLBOX_SSO_FACTOR_VALUES,
  });
  if (result.success) return result.data;
  throw new Error(`Callbox cannot start. ${result.error.issues.map(({ message }) => message).join(" ")}`);
}

/** Settings of the launcher, which runs before the others exist. */
export function launcherEnv() {
  const source = process.env;
  return {
    databaseUrl: source.DATABASE_URL,
    databaseOwnerUrl: source.DATABASE_OWNER_URL,
    secret: source.NEXTAUTH_SECRET,
    /** What NEXTAUTH_SECRET will be, for `callbox rekey`. */
    newSecret: source.CALLBOX_NEW_SECRET,
    url: source.NEXTAUTH_URL,
    port: source.PORT ?? "3000",
    host: source.HOST,
    publicPort: source.CALLBOX_PUBLIC_PORT,
    publicHost: source.CALLBOX_PUBLIC_HOST,
    publicUrl: source.CALLBOX_PUBLIC_URL,
    publicFolder: source.CALLBOX_PUBLIC,
    dataDirectory: source.CALLBOX_DATA,
    checkpointFolder: source.CALLBOX_CHECKPOINTS,
    /** Addresses of proxies whose word on where a request came from is taken; comma between them. */
    trustedProxies: source.CALLBOX_TRUSTED_PROXIES,
    chromiumPath: source.CHROMIUM_PATH,
    /** Where the person stood when npm started us. */
    startedIn: source.INIT_CWD,
    all: source,
  };
}
