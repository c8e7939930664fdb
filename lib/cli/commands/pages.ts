import { readCap } from "../../standards/cap/read";
import { type CapAlert, valuesOf } from "../../standards/cap/model";
import { codeText } from "../../standards/cellbroadcast/gsm7";
import { describeIdentifier, identifierOf } from "../../standards/cellbroadcast/message-identifiers";
import { parsePages, writePages } from "../../standards/cellbroadcast/pages";
import { goesTo, infoGoesTo } from "../../standards/ipaws/rules";
import { misuse, readInputs } from "../input-files";
import { oneLine } from "../one-line";

const TEXTS = ["CMAMtext", "CMAMlongtext"] as const;

/**
 * `callbox pages`: the cell-broadcast pages of a message's texts in hexadecimal,
 * or such pages read back. Nothing is sent anywhere.
 */
export function pages(options: {
  json: boolean;
  decode: boolean;
  code: number;
  update: number;
  files: readonly string[];
}): number {
  if (options.files.length === 0) return misuse("Name one or more CAP files, or - for standard input.");
  if (![options.code, options.update].every(Number.isInteger)) return misuse("--code and --update are whole numbers.");
  return options.decode ? decodeFiles(options) : encodeFiles(options);
}

function decodeFiles({ json, files }: { json: boolean; files: readonly string[] }): number {
  let good = true;
  for (const { file, bytes } of readInputs(files)) {
    const read = parsePages(
      bytes
        .toString("utf8")
        .split(/\r?\n/)
        .filter((line) => line.trim() !== ""),
    );
    good &&= "message" in read;
    if (json) process.stdout.write(`${JSON.stringify({ file, ...read })}\n`);
    else
      process.stdout.write(
        "message" in read
          ? `${oneLine(`${file}: message ${read.message.messageIdentifier}: ${read.message.text}`)}\n`
          : `${oneLine(`${file}: ${read.problem}`)}\n`,
      );
  }
  return good ? 0 : 1;
}

/** Why a message sends phones nothing, or undefined. */
function whyUnsent(alert: CapAlert): string | undefined {
  if (alert.msgType === "Cancel") return "It is a Cancel: phones get no text of it (WEA-017).";
  if (alert.msgType === "Ack" || alert.msgType === "Error")
    return `It is of type ${alert.msgType}, which phones never get.`;
  return goesTo(alert, "CMAS") ? undefined : "It is kept from phones (BLOCKCHANNEL CMAS).";
}

function encodeFiles({
  json,
  files,
  code,
  update,
}: {
  json: boolean;
  files: readonly string[];
  code: number;
  update: number;
}): number {
  let good = true;
  for (const { file, bytes } of readInputs(files)) {
    const { alert, findings } = readCap(bytes);
    const unsent = alert && whyUnsent(alert);
    let count = 0;
    for (const info of unsent ? [] : (alert?.info ?? [])) {
      if (!infoGoesTo(info, "CMAS")) continue;
      const messageIdentifier = identifierOf(alert!, info);
      for (const name of TEXTS) {
        const text = valuesOf(info.parameter, name)[0];
        if (messageIdentifier === undefined || text === undefined) continue;
        count += 1;
        const language = info.language || "en-US";
        const written = writePages({ serial: { scope: 1, code, update }, messageIdentifier, text, language });
        const { alphabet } = codeText(text);
        if (json) process.stdout.write(`${JSON.stringify({ file, language, text: name, alphabet, ...written })}\n`);
        else {
          process.stdout.write(
            `${oneLine(`${file}: ${name}, ${language}, ${alphabet}, message ${messageIdentifier} (${describeIdentifier(messageIdentifier)})`)}\n` +
              written.pages.map((page) => `  ${page}\n`).join(""),
          );
        }
      }
    }
    if (count > 0) continue;
    good = false;
    const why = unsent ?? findings[0]?.message ?? "It has no text for phones.";
    if (json) process.stdout.write(`${JSON.stringify({ file, problem: why })}\n`);
    else process.stderr.write(`${oneLine(`${file}: ${why}`)}\n`);
  }
  return good ? 0 : 1;
}
