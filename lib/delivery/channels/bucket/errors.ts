import { cut } from "../../channel";
import { Refused } from "../../../platform/outbound/address";

/** What a bucket answers when it does not do what it was asked, in plain words. Pure. */

interface Reason {
  says: string;
  /** Another try would change nothing. */
  final: boolean;
}

const reason = (says: string, final = true): Reason => ({ says, final });

/** Error codes of S3, as its API reference lists them. Those that pass by themselves are tried again. */
const REASONS: ReadonlyMap<string, Reason> = new Map([
  ["NoSuchBucket", reason("There is no bucket of this name at this address.")],
  ["InvalidBucketName", reason("The name of the bucket is not one that a bucket can have.")],
  ["AccessDenied", reason("The bucket does not allow this key to do that. Ask whoever keeps the bucket.")],
  ["AllAccessDisabled", reason("The bucket is closed to everyone. Ask whoever keeps it.")],
  ["AccountProblem", reason("The account of the bucket has a problem. Ask whoever keeps it.")],
  ["SignatureDoesNotMatch", reason("The secret access key does not belong to the access key ID. Enter it again.")],
  ["InvalidAccessKeyId", reason("Nobody there knows this access key ID. Enter it again.")],
  ["ExpiredToken", reason("The access key has expired. Ask for a new one.")],
  ["AuthorizationHeaderMalformed", reason("The bucket is in another region. Correct the region.")],
  ["PermanentRedirect", reason("The bucket is at another address or in another region. Correct them.")],
  ["TemporaryRedirect", reason("The bucket is moving and answered with another address. It is tried again.", false)],
  ["EntityTooLarge", reason("The file is larger than the bucket takes.")],
  ["KeyTooLongError", reason("The name of the file is longer than the bucket takes.")],
  ["InvalidStorageClass", reason("The bucket does not keep files this way.")],
  ["MethodNotAllowed", reason("What is at this address does not take files. Check the address.")],
  ["BadDigest", reason("What arrived was not what was sent. It is tried again.", false)],
  ["IncompleteBody", reason("What was sent did not arrive whole. It is tried again.", false)],
  ["RequestTimeTooSkewed", reason("The clock of this machine and that of the bucket differ too much.", false)],
  ["ConditionalRequestConflict", reason("The same file was being written at that moment. It is tried again.", false)],
  ["OperationAborted", reason("The bucket was busy with the same file. It is tried again.", false)],
  ["SlowDown", reason("The bucket asks for fewer requests. It is tried again.", false)],
  ["TooManyRequests", reason("The bucket asks for fewer requests. It is tried again.", false)],
  ["ServiceUnavailable", reason("The bucket is not available just now. It is tried again.", false)],
  ["InternalError", reason("The bucket had an error of its own. It is tried again.", false)],
  ["RequestTimeout", reason("The bucket waited too long for what was sent. It is tried again.", false)],
  ["QuotaExceeded", reason("The bucket is full. It is tried again.", false)],
]);

interface Failure {
  code: string;
  status: number | null;
  message: string;
}

/** What the library made of an answer, however much of it was missing. */
function read(error: unknown): Failure {
  const { name, Code, message, $metadata, $response } = (typeof error === "object" && error !== null ? error : {}) as {
    name?: unknown;
    Code?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  return {
    code: typeof Code === "string" ? Code : typeof name === "string" ? name : "",
    status: $metadata?.httpStatusCode ?? $response?.statusCode ?? null,
    message: typeof message === "string" ? message : "",
  };
}

/** The code of S3 for what went wrong, or one that stands for its HTTP status. */
export function codeOf(error: unknown): string {
  const { code, status } = read(error);
  return REASONS.has(code) || status === null ? code : code === "NoSuchKey" ? code : `HTTP ${status}`;
}

/** Whether an answer means that there is no such file, which HEAD and GET say in different ways. */
export const isMissing = (error: unknown): boolean => {
  const { code, status } = read(error);
  return status === 404 && code !== "NoSuchBucket";
};

/** @returns the same as an error for people: `Refused` when another try would change nothing */
export function explain(error: unknown): Error {
  if (error instanceof Refused) return error;
  // Where a connection was refused by our own guard, that stands behind the library's error.
  if (error instanceof Error && error.cause instanceof Refused) return error.cause;
  const { code, status, message } = read(error);
  const known = REASONS.get(code);
  if (known) return new (known.final ? Refused : Error)(`${known.says} (${code})`);
  if (status === null) return error instanceof Error ? error : new Error("The bucket could not be reached.");
  if (status >= 300 && status < 400)
    return new Refused(
      `Answered with a redirect (${status}), which is not followed. Check the address and the region.`,
    );
  if (status === 403) return REASON_OF_403;
  // What the library says of an answer that it could not read says nothing to people.
  const said = /XML parse error/.test(message)
    ? ""
    : cut(`: ${code} ${message.replace(/\s*Deserialization error:[^]*/, "")}`.trimEnd());
  if (status >= 400 && status < 500 && ![408, 409, 425, 429].includes(status)) {
    return new Refused(`The bucket refused with ${status}${said}`);
  }
  return new Error(`Answered ${status}, and not as a bucket does${said || "."}`);
}

const REASON_OF_403 = new Refused(
  "The bucket does not allow this key to do that, and does not say why (403). Check the key and its rights.",
);
