import pino from "pino";
import { logLevel } from "./env";
import { currentTrace } from "./trace";

/**
 * Structured log lines, one JSON object each, so that a line break or escape
 * code in a value cannot forge a line. Secrets are removed by name. Each line says
 * which request or job it belongs to.
 */
const SECRET = ["password", "passwordHash", "token", "secret", "cookie", "authorization", "oneTimeCode", "phrase"];

function make(destination?: pino.DestinationStream) {
  const options: pino.LoggerOptions = {
    level: logLevel(),
    base: null,
    mixin: () => ({ ...currentTrace() }),
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[removed]" },
    serializers: { error: formatError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Only the type and the sentence of an error: a driver may put values into the rest. */
function formatError(error: unknown) {
  if (!(error instanceof Error)) return { message: "unknown" };
  const { code, constraint } = error as { code?: string; constraint?: string };
  return {
    type: error.name,
    message: error.message.slice(0, 500),
    code,
    constraint,
    stack: error.stack?.slice(0, 2000),
  };
}

export const log = make();

/** A logger that writes elsewhere, for a test to read. */
export const makeLog = make;
