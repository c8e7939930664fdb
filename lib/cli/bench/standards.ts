import { execFileSync } from "node:child_process";
import { createSign } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { MESSAGE_RULES } from "../../standards/all-rules";
import { capAlertSchema, type CapAlert } from "../../standards/cap/model";
import { readCap } from "../../standards/cap/read";
import { writeCap } from "../../standards/cap/write";
import { checkFile } from "../../standards/check";
import { findCrossing, type Corner } from "../../standards/geometry/polygon";
import { XSD } from "../../standards/samples-for-tests";
import { have, makeKey } from "../../standards/signature/keys-for-tests";
import { signMessage } from "../../standards/signature/sign";
import { ALGORITHMS, verifySignature } from "../../standards/signature/verify";
import { type Figure, median, timed } from "./measure";

/** The standards core against libxml2's own program, xmlsec1 and bare node:crypto, each in the same run. */

/** A message with two languages and ten areas, made from the shipped example. */
function largeMessage(): CapAlert {
  const example = readCap(fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml")).alert!;
  const [info] = example.info;
  const area = info!.area[0]!;
  const areas = Array.from({ length: 10 }, (_, index) => ({ ...area, areaDesc: `${area.areaDesc} ${index + 1}` }));
  return capAlertSchema.parse({
    ...example,
    info: [
      { ...info!, area: areas },
      { ...info!, language: "es-US", area: areas },
    ],
  });
}

const perSecond = (count: number, { milliseconds }: Figure) =>
  `${Math.round((count * 1000) / milliseconds).toLocaleString("en-US")} messages a second`;

/** How long a program takes over its arguments, in milliseconds. */
function timeProgram(command: string, args: readonly string[], runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    execFileSync(command, args, { stdio: "ignore" });
    return performance.now() - began;
  });
  return median(times);
}

/** libxml2 in this process, reading a message and holding it against our schema of CAP. */
function againstLibxml(name: string, xml: string): Figure {
  const bytes = Buffer.from(xml);
  const schema = XmlDocument.fromBuffer(fs.readFileSync("lib/standards/cap/cap-1.2-for-tests.xsd"));
  const validator = XsdValidator.fromDoc(schema);
  const figure = timed(`read and check ${name} by every rule, 100 times`, 15, () => {
    for (let run = 0; run < 100; run += 1) checkFile(bytes);
  });
  const rival = timed("", 15, () => {
    for (let run = 0; run < 100; run += 1) {
      const document = XmlDocument.fromBuffer(bytes);
      validator.validate(document);
      document.dispose();
    }
  });
  validator.dispose();
  schema.dispose();
  return {
    ...figure,
    against: { name: "libxml2 and its schema validator in this process", milliseconds: rival.milliseconds, times: 1 },
    note: `${Math.round(bytes.length / 1000)} KB`,
  };
}

/** How the slowest rule grows from a text of 10,000 characters to one of a million. */
function ruleGrowth(alert: CapAlert): Figure {
  const sizes = [10_000, 100_000, 1_000_000];
  const slowest = { id: "", times: [0, 0, 0], power: -Infinity };
  const messages = sizes.map((size): CapAlert => {
    const text = "<a&b 1,2 “9-1-1 ".repeat(Math.ceil(size / 16));
    const info = { ...alert.info[0]!, headline: text, description: text, instruction: text, web: text };
    return {
      ...alert,
      references: text,
      note: text,
      info: [{ ...info, parameter: [...info.parameter, { valueName: "EASText", value: text }] }],
    };
  });
  for (const rule of MESSAGE_RULES) {
    const times = messages.map((message) => timed("", 7, () => void rule.check(message, {})).milliseconds);
    const power = Math.log(times[2]! / Math.max(times[0]!, 0.02)) / Math.log(sizes[2]! / sizes[0]!);
    if (times[2]! > slowest.times[2]!) Object.assign(slowest, { id: rule.id, times, power });
  }
  return {
    name: "the slowest rule on a text of a million characters",
    milliseconds: slowest.times[2]!,
    runs: 7,
    note: `${slowest.id}: ${sizes.map((size, index) => `${size.toLocaleString("en-US")}: ${slowest.times[index]!.toFixed(2)} ms`).join(", ")}; grows with the power ${slowest.power.toFixed(2)} of the text`,
  };
}

function againstXmllint(messages: readonly string[], folder: string): Figure {
  const files = messages.map((xml, index) => {
    const file = path.join(folder, `${index}.xml`);
    fs.writeFileSync(file, xml);
    return file;
  });
  const bytes = files.map((file) => fs.readFileSync(file));
  const figure = timed(`read and check ${messages.length} messages by every rule`, 15, () => {
    for (const one of bytes) checkFile(one);
  });
  figure.note = perSecond(messages.length, figure);
  if (!have("xmllint") || !fs.existsSync(XSD)) {
    return { ...figure, note: `${figure.note}; no rival: xmllint or the OASIS schema is not at hand` };
  }
  const milliseconds = timeProgram("xmllint", ["--noout", "--schema", XSD, ...files], 9);
  return { ...figure, against: { name: "xmllint --schema, one process", milliseconds, times: 1 } };
}

/** `--repeat` of xmlsec1 repeats the work inside one process, so its start weighs little. */
const REPEAT = 300;

function againstXmlsec(xml: string, folder: string): Figure[] {
  const key = makeKey("bench", "rsa");
  const now = Date.now() + 60_000;
  const signed = Buffer.from(signMessage(xml, key, now));
  const signing = timed(`sign a message with RSA-2048, ${REPEAT} times`, 9, () => {
    for (let run = 0; run < REPEAT; run += 1) signMessage(xml, key, now);
  });
  const verifying = timed(`verify it, ${REPEAT} times`, 9, () => {
    for (let run = 0; run < REPEAT; run += 1) verifySignature(signed, [key.certificate]);
  });
  const bare = timed("", 9, () => {
    for (let run = 0; run < REPEAT; run += 1) createSign("sha256").update(xml).sign(key.key);
  });
  const againstBare = {
    ...signing,
    against: { name: "bare node:crypto with the same key", milliseconds: bare.milliseconds, times: 1.2 },
  };
  if (!have("xmlsec1")) return [{ ...againstBare, note: "no rival: xmlsec1 is not at hand" }, verifying];
  const template = path.join(folder, "template.xml");
  const file = path.join(folder, "signed.xml");
  fs.writeFileSync(file, signed);
  fs.writeFileSync(
    template,
    signed
      .toString()
      .replace(/(<ds:DigestValue>)[^<]*/, "$1")
      .replace(/(<ds:SignatureValue>)[^<]*/, "$1"),
  );
  const repeat = ["--repeat", String(REPEAT)];
  const keys = ["--privkey-pem", `${key.keyFile},${key.certificateFile}`, "--output", path.join(folder, "out.xml")];
  const theirSign = timeProgram("xmlsec1", ["--sign", ...repeat, ...keys, template], 5);
  const theirVerify = timeProgram(
    "xmlsec1",
    ["--verify", ...repeat, "--enabled-key-data", "x509", "--trusted-pem", key.certificateFile, file],
    5,
  );
  if (!signed.toString().includes(ALGORITHMS.rsa)) throw new Error("The message was not signed as IPAWS asks.");
  return [
    againstBare,
    { ...signing, against: { name: "xmlsec1 --sign", milliseconds: theirSign, times: 1 } },
    { ...verifying, against: { name: "xmlsec1 --verify", milliseconds: theirVerify, times: 0.5 } },
  ];
}

/** A ring that wriggles, so that many of its edges overlap from west to east. */
function ring(corners: number): Corner[] {
  const round = Array.from({ length: corners - 1 }, (_, index): Corner => {
    const angle = (index / (corners - 1)) * 2 * Math.PI;
    const radius = 1 + 0.1 * Math.sin(angle * 40);
    return [42 + radius * Math.sin(angle), -72 + radius * Math.cos(angle)];
  });
  return [...round, round[0]!];
}

function polygonGrowth(alert: CapAlert): Figure {
  const sizes = [250, 500, 1000, 2000, 4000];
  const area = alert.info[0]!.area[0]!;
  const times = sizes.map((size) => {
    const corners = ring(size);
    if (findCrossing(corners)) throw new Error("The measured outline crosses itself.");
    const polygon = corners.map(([latitude, longitude]) => `${latitude.toFixed(5)},${longitude.toFixed(5)}`).join(" ");
    const bytes = Buffer.from(
      writeCap({ ...alert, info: [{ ...alert.info[0]!, area: [{ ...area, polygon: [polygon] }] }] }),
    );
    return timed("", 25, () => void checkFile(bytes)).milliseconds;
  });
  const growth = Math.log(times.at(-1)! / times[0]!) / Math.log(sizes.at(-1)! / sizes[0]!);
  return {
    name: "read and check one message with an outline of 250 corners",
    milliseconds: times[0]!,
    runs: 25,
    note:
      `${sizes.map((size, index) => `${size}: ${times[index]!.toFixed(2)} ms`).join(", ")}; ` +
      `grows with the power ${growth.toFixed(2)} of the corners`,
  };
}

/**
 * @param statewide the messages of the statewide demonstration, as XML
 * @param folder a scratch folder
 */
export function measureStandards(statewide: readonly string[], folder: string): Figure[] {
  const files = path.join(folder, "messages");
  fs.mkdirSync(files, { recursive: true });
  const alert = largeMessage();
  const bytes = Buffer.from(writeCap(alert));
  const write = timed("write a message with two languages and ten areas, 100 times", 15, () => {
    for (let run = 0; run < 100; run += 1) writeCap(alert);
  });
  const check = timed("read and check it by every rule, 100 times", 15, () => {
    for (let run = 0; run < 100; run += 1) checkFile(bytes);
  });
  return [
    { ...write, note: perSecond(100, write) },
    { ...check, note: perSecond(100, check) },
    againstLibxml("one message of the statewide alert", statewide[0]!),
    againstLibxml("a message with two languages and ten areas", writeCap(alert)),
    ruleGrowth(alert),
    againstXmllint(statewide, files),
    ...againstXmlsec(statewide[0]!, folder),
    polygonGrowth(alert),
  ];
}
