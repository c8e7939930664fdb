import fs from "node:fs";
import path from "node:path";
import * as apps from "kubernetes-models/apps/v1";
import * as batch from "kubernetes-models/batch/v1";
import * as policy from "kubernetes-models/policy/v1";
import * as core from "kubernetes-models/v1";
import { CHECKOUT } from "../steps";
import {
  at,
  checkCommand,
  checkPort,
  checkSettings,
  isNode,
  type Node,
  nodeOf,
  nodesOf,
  parse,
  textsOf,
} from "./deployment";

/** Whether the shipped objects of Kubernetes can be right, by its schemas and by what they name. */

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
