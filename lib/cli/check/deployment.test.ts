import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { checkCompose, checkContainerfile } from "./deployment";
import { checkKubernetes } from "./kubernetes";

/** The shipped examples of a deployment, and each of them with one thing wrong. */

const CHECKS = {
  "docs/compose.yaml": checkCompose,
  "docs/kubernetes.yaml": checkKubernetes,
  "docs/Containerfile": checkContainerfile,
} as const;
type File = keyof typeof CHECKS;
const FILES = Object.keys(CHECKS) as File[];
const read = (file: File) => fs.readFileSync(file, "utf8");

test.each(FILES)("%s has nothing wrong with it", (file) => {
  expect(CHECKS[file](read(file))).toEqual([]);
});

test("the example of Kubernetes has two of each process, each of them kept when a machine is emptied", () => {
  const text = read("docs/kubernetes.yaml");
  expect(text.match(/^ {2}replicas: 2$/gm)).toHaveLength(3);
  expect(text.match(/^kind: PodDisruptionBudget$/gm)).toHaveLength(3);
});

describe.each<[File, [string, string, RegExp][]]>([
  [
    "docs/compose.yaml",
    [
      ["services:", "servces:", /additional|servces/],
      ["    restart: unless-stopped", "    restrat: unless-stopped", /additional/],
      ["healthcheck:", "helthcheck:", /additional/],
      ['  PORT: "3000"', '  PROT: "3000"', /nothing reads the setting PROT/],
      ['PORT: "3080"', 'PORT: "3081"', /port 3080 is published, but PORT is 3081/],
      ["lib/cli/worker.ts", "lib/cli/workers.ts", /workers\.ts is not there/],
      ["launch.mjs, migrate", "launch.mjs, migrat", /no command “migrat”/],
      ["launch.mjs checkpoint;", "launch.mjs checkpiont;", /no command “checkpiont”/],
      ["- public:/srv/public:ro", "- publik:/srv/public:ro", /publik is no volume/],
      [
        "migrate: { condition: service_completed_successfully }",
        "migrations: { condition: service_completed_successfully }",
        /migrations is no service/,
      ],
      ["./high-availability/roles.sql", "./high-availability/rolls.sql", /rolls\.sql is not there/],
      ["<<: *settings", "<<: *setting", /alias|setting/i],
    ],
  ],
  [
    "docs/kubernetes.yaml",
    [
      ["replicas: 2", 'replicas: "two"', /replicas must be integer/],
      ["readinessProbe:", "readynessProbe:", /readynessProbe is no field/],
      ["kind: Deployment", "kind: Deplyoment", /not among those/],
      ["path: /api/health", "path: /api/healthz", /\/api\/healthz, which is no route/],
      ["containerPort: 3000", "containerPort: 3001", /port 3001 is published, but PORT is 3000/],
      ["path: /api/health\n              port: http", "path: /api/health\n              port: htp", /asks a port htp/],
      ["tcpSocket:\n              port: http", "tcpSocket:\n              port: htp", /asks a port htp/],
      ["targetPort: http", "targetPort: web", /its pods have no port web/],
      ["key: database-url", "key: database-uri", /no database-uri in a Secret callbox/],
      [
        "                  name: callbox\n",
        "                  name: calbox\n",
        /in a Secret calbox|no ConfigMap calbox/,
      ],
      ["claimName: callbox-public", "claimName: callbox-publik", /no PersistentVolumeClaim callbox-publik/],
      ["- name: public\n              mountPath", "- name: publik\n              mountPath", /no volume publik/],
      ["NEXTAUTH_URL: https", "NEXTAUTH_URI: https", /nothing reads the setting NEXTAUTH_URI/],
      ["lib/cli/console.ts", "lib/cli/consoles.ts", /consoles\.ts is not there/],
      [
        "matchLabels: { app: callbox, part: console }\n  template",
        "matchLabels: { app: callbox, part: consol }\n  template",
        /does not find its own pods/,
      ],
      ["selector: { app: callbox, part: public }", "selector: { app: callbox, part: publik }", /finds 0 Deployments/],
      ["runAsNonRoot: true", "runAsNonRoot: false", /may run as root/],
    ],
  ],
  [
    "docs/Containerfile",
    [
      ["USER 1000:1000", "USER root", /runs as root/],
      ["package-lock.json .npmrc", "package-lock.json .npmrcs", /\.npmrcs is not there/],
      ["npm ci", "npm install", /lock file/],
      ["launch.mjs build", "launch.mjs bild", /no command “bild”/],
      ["lib/cli/console.ts", "lib/cli/consoles.ts", /consoles\.ts is not there/],
      ["node:20.19-bookworm-slim\nENV", "node:18-bookworm-slim\nENV", /is not Node 20/],
      ["WORKDIR", "WORKDRI", /no instruction/],
    ],
  ],
])("%s with one thing wrong", (file, planted) => {
  test.each(planted)("%j becomes %j", (right, wrong, says) => {
    const text = read(file);
    expect(text).toContain(right);
    expect(CHECKS[file](text.replace(right, wrong)).join("\n")).toMatch(says);
  });
});
