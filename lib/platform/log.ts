import pino from "pino";
import { logLevel } from "./env";
import { currentTrace } from "./trace";

/**
 * Structured log lines, one JSON object each, so that a line break or escape
 * code in a value cannot forge a line. Secrets are removed by name. Each line says
 * which request or job it belongs to.
 */
const SECRET = new Set(
  [
    ["password", "passwordHash", "passphrase", "phrase", "secret", "secrets", "clientSecret", "key"],
    ["token", "link", "cookie", "cookies", "authorization", "session", "sessionId", "device"],
    ["oneTimeCode", "codes", "recoveryCode", "recoveryCodes"],
  ].flat(),
);

/** The same without what is secret by its name, however deep. An error is left to its own serializer. */
function withoutSecrets(value: unknown, above: readonly object[] = []): unknown {
  if (typeof value !== "object" || value === null || value instanceof Error) return value;
  if (above.includes(value)) return "[itself]";
  const inside = [...above, value];
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, inside));
  if (value instanceof Map) return withoutSecrets(Object.fromEntries(value as Map<string, unknown>), above);
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, SECRET.has(name) ? "[removed]" : withoutSecrets(one, inside)]),
  );
}

function make(destination?: pino.DestinationStream) {
  const options: pino.LoggerOptions = {
    level: logLevel(),
    base: null,
    mixin: () => ({ ...currentTrace() }),
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: (line) => withoutSecrets(line) as Record<string, unknown> },
    serializers: { error: formatError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What Prisma says of a query that it cannot run begins with the query, and all that was given to it. */
const sentenceOf = ({ name, message }: Error): string =>
  name === "PrismaClientValidationError"
    ? (message
        .trim()
        .split(/\n\s*\n/)
        .at(-1) ?? "")
    : message;

/** Only the type, the sentence and the places of an error: a driver may put values into the rest. */
function formatError(error: unknown) {
  if (!(error instanceof Error)) return { message: "unknown" };
  const { code, constraint } = error as { code?: string; constraint?: string };
  return {
    type: error.name,
    message: sentenceOf(error).slice(0, 500),
    code,
    constraint,
    stack: error.stack
      ?.split("\n")
      .filter((line) => /^\s+at /.test(line))
      .join("\n")
      .slice(0, 2000),
  };
}

export const log = make();

/** A logger that writes elsewhere, for a test to read. */
export const makeLog = make;
