import { MessageSet } from "../../standards/cap/set-rules";
import { type Check, checkFile } from "../../standards/check";
import { isStopping } from "../../standards/rule";
import { misuse, readInputs } from "../input-files";
import { oneLine } from "../one-line";

/** Verdicts that a reader can do nothing with unless it is said why. */
const SAYS_WHY: ReadonlySet<string> = new Set(["unsupported", "invalid"]);

/** One file against all rules, and against the files before it. Whatever is in one, the others are read. */
function checkOne(bytes: Uint8Array, now: number | undefined, together: MessageSet): Check {
  const check = checkFile(bytes, now === undefined ? {} : { now });
  if (check.kind !== "cap") return check;
  const between = check.messages.flatMap(({ alert }) => together.add(alert));
  return { ...check, findings: [...check.findings, ...between.map((finding) => ({ ...finding, path: "identifier" }))] };
}

/** `callbox validate`: what the rule tables say about files. Exit 0 when no must is broken in any. */
export function validate(options: { json: boolean; now?: string; files: readonly string[] }): number {
  if (options.files.length === 0) return misuse("Name one or more files or folders, or - for standard input.");
  const now = options.now === undefined ? undefined : Date.parse(options.now);
  if (Number.isNaN(now)) return misuse(`“${options.now}” is no time. Write it like 2024-06-18T13:27:26-04:00.`);
  let good = true;
  let count = 0;
  const together = new MessageSet();
  for (const { file, bytes } of readInputs(options.files)) {
    const check = checkOne(bytes, now, together);
    const { findings, signature } = check;
    const ok = check.ok && !findings.some(isStopping);
    good &&= ok;
    count += 1;
    if (options.json) {
      const listed = findings.map(({ rule, level, verdict, says, message, path, line }) => ({
        rule,
        level,
        verdict,
        says,
        message,
        path,
        line: line ?? null,
      }));
      const said = SAYS_WHY.has(signature.verdict) ? { why: signature.why } : {};
      process.stdout.write(
        `${JSON.stringify({ file, ok, findings: listed, signature: signature.verdict, ...said })}\n`,
      );
      continue;
    }
    const lines = findings.map((finding) => {
      const level = finding.verdict === "review" ? "review" : finding.level;
      return oneLine(
        `  ${finding.line ?? "-"}: ${level} ${finding.rule} ${finding.path} ${finding.message} (${finding.says})`,
      );
    });
    const broken = findings.filter(isStopping).length;
    const verdict = ok ? "ok" : `${broken} ${broken === 1 ? "rule" : "rules"} that must be kept broken`;
    process.stdout.write(
      `${oneLine(file)}: ${verdict}; signature ${signature.verdict}${SAYS_WHY.has(signature.verdict) ? `: ${oneLine(signature.why)}` : ""}\n${lines.map((line) => `${line}\n`).join("")}`,
    );
  }
  if (count === 0) return misuse("There is no CAP file or feed in there (.cap, .xml, .atom, .rss, .edxlde).");
  return good ? 0 : 1;
}
