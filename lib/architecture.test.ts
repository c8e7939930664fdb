import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** The laws of lib/README.md, over import specifiers, each with a planted counter-example. */

interface Source {
  file: string;
  text: string;
}
interface Import {
  /** As resolved from the root, or a package name. */
  target: string;
  typeOnly: boolean;
}

const ROOTS = ["app", "components", "lib", "prisma", "e2e"];

function walk(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "prisma-client" ? [] : walk(at);
    return /\.tsx?$/.test(entry.name) ? [at] : [];
  });
}

const files = [...ROOTS.flatMap(walk), "instrumentation.ts", "proxy.ts", "next.config.ts"];
const sources: Source[] = files.map((file) => ({ file, text: fs.readFileSync(file, "utf8") }));

function importsOf({ file, text }: Source): Import[] {
  const found: Import[] = [];
  const pattern = /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s*)?"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g;
  for (const match of text.matchAll(pattern)) {
    const specifier = match[2] ?? match[3]!;
    const target = specifier.startsWith(".") ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
    found.push({ target, typeOnly: match[1] !== undefined });
  }
  return found;
}

interface Law {
  because: string;
  who: (file: string) => boolean;
  mustNot: (imported: Import, file: string) => boolean;
  planted: Source;
}

const isTest = (file: string) =>
  /\.(test|spec)\.tsx?$/.test(file) || file.includes("for-tests") || file.includes("test-database");
const within = (folder: string) => (file: string) => file.startsWith(`${folder}/`) && !isTest(file);
const isData = (target: string) =>
  /\/(data|mutations|append|seals|verify|mint|publish|jurisdiction|transition)$|\/commands\/\w/.test(target);
/** Files that read or write: the only ones that know the database, the clock and chance. */
const touchesDatabase = (file: string) =>
  /\/(data|mutations|append|session|options|seals|verify|mint|publish|jurisdiction|transition)\.ts$|\/commands\//.test(
    file,
  );
/** SQL with a constant, or with a name out of the database's own catalog, in it. None knows of a request. */
const RAW_SQL = ["lib/platform/backup/load.ts", "lib/platform/embedded-postgres.ts", "lib/platform/worker.ts"];
/** A name that a file hands to others. */
const EXPORTED = /^export (?:async )?(const|function\*?|class|type|interface|enum) (\w+)/gm;
const isPackage = (target: string) => !/^(app|components|lib|prisma)\//.test(target);

/** What the standards may use anywhere, the browser included. */
const STANDARD_PACKAGES = new Set([
  "zod",
  "robust-predicates",
  "@turf/area",
  "@turf/boolean-point-in-polygon",
  "@turf/circle",
  "@turf/helpers",
  "@turf/intersect",
  "polyclip-ts",
]);
/** Reading XML and signatures run on the server; so does what calls them. */
const READ_ON_SERVER = /^lib\/standards\/(xml\/read|signature\/\w+)\.ts$/;

/** The stack of lib, the ground first. A folder imports what lies below it. */
const FLOORS: readonly (readonly string[])[] = [
  ["platform"],
  ["access"],
  ["record", "help"],
  ["standards", "places"],
  ["directory", "people"],
  ["incidents", "wording"],
  ["alerts"],
  ["delivery", "exchange", "exercises"],
  ["evidence", "operations"],
  ["cli"],
];
const floorOf = (folder: string) => FLOORS.findIndex((floor) => floor.includes(folder));
/** The folder of lib a file is in; null for files elsewhere. */
const folderOf = (file: string) => /^lib\/([^/]+)\//.exec(file)?.[1] ?? null;

const LAWS: Law[] = [
  {
    because: "1. standards stand alone: zod, XML and geometry packages and themselves",
    who: within("lib/standards"),
    mustNot: ({ target, typeOnly }, file) =>
      isPackage(target)
        ? !(
            STANDARD_PACKAGES.has(target) ||
            (typeOnly && target === "geojson") ||
            (READ_ON_SERVER.test(file) && ["libxml2-wasm", "node:crypto"].includes(target)) ||
            (typeOnly && target === "node:crypto")
          )
        : !target.startsWith("lib/standards/"),
    planted: { file: "lib/standards/cap/x.ts", text: `import { db } from "../../platform/db";` },
  },
  {
    because: "the browser is never sent what reads XML or signatures",
    who: within("components"),
    mustNot: ({ target, typeOnly }) =>
      !typeOnly &&
      /^lib\/standards\/(check|standard-rules|xml\/read|cap\/read|feeds\/feed|signature\/\w+)$/.test(target),
    planted: { file: "components/alerts/x.tsx", text: `import { checkFile } from "../../lib/standards/check";` },
  },
  {
    because: "3. inside lib, only access and people know the framework, and the process that serves it",
    who: (file) => within("lib")(file) && !/^lib\/(access|people)\//.test(file) && file !== "lib/cli/console.ts",
    mustNot: ({ target }) => /^next(\/|$|-auth)/.test(target),
    planted: { file: "lib/alerts/x.ts", text: `import { headers } from "next/headers";` },
  },
  {
    because: "4. components never reach the database or the pages (types alone are erased)",
    who: within("components"),
    mustNot: ({ target, typeOnly }) =>
      (!typeOnly && isData(target)) ||
      target.includes("prisma-client") ||
      target.endsWith("platform/db") ||
      target.startsWith("app/"),
    planted: { file: "components/alerts/x.tsx", text: `import { listAlerts } from "../../lib/alerts/data";` },
  },
  {
    because: "5. only reads, writes, platform, the seed and the command line touch the database",
    who: (file) => within("lib")(file) && !touchesDatabase(file) && !/^lib\/(platform|cli)\//.test(file),
    mustNot: ({ target }) => target.endsWith("platform/db") || target.includes("prisma-client") || target === "pg",
    planted: { file: "lib/alerts/content.ts", text: `import { db } from "../platform/db";` },
  },
  {
    because: "direction: lib never reaches up",
    who: within("lib"),
    mustNot: ({ target }) => /^(app|components)\//.test(target),
    planted: { file: "lib/alerts/x.ts", text: `import { State } from "../../components/ui/state";` },
  },
  {
    because: "direction: ui pieces know nothing of the domain",
    who: within("components/ui"),
    mustNot: ({ target, typeOnly }) => target.startsWith("lib/") && !(typeOnly && target === "lib/platform/result"),
    planted: { file: "components/ui/x.tsx", text: `import { formatNumber } from "../../lib/directory/schema";` },
  },
];

function breaches(law: Law, among: readonly Source[]): string[] {
  return among
    .filter(({ file }) => law.who(file))
    .flatMap((source) =>
      importsOf(source)
        .filter((imported) => law.mustNot(imported, source.file))
        .map(({ target }) => `${source.file} imports ${target}`),
    );
}

describe("laws over imports", () => {
  test.each(LAWS.map((law) => [law.because, law] as const))("%s", (_, law) => {
    expect(breaches(law, sources)).toEqual([]);
    expect(breaches(law, [law.planted])).toHaveLength(1);
  });

  test("2. floors: no folder of lib imports one beside or above it", () => {
    const check = (among: readonly Source[]) =>
      among.flatMap(({ file, text }) => {
        const own = folderOf(file);
        return own === null || isTest(file)
          ? []
          : importsOf({ file, text }).flatMap(({ target }) => {
              const other = target.startsWith("lib/") ? folderOf(`${target}.ts`) : null;
              return other === null || other === own || floorOf(other) < floorOf(own)
                ? []
                : [`${file} imports ${target}`];
            });
      });
    const unknown = sources
      .map(({ file }) => folderOf(file))
      .filter((folder) => folder !== null && floorOf(folder) < 0);
    expect([...new Set(unknown)]).toEqual([]);
    expect(check(sources)).toEqual([]);
    expect(check([{ file: "lib/incidents/x.ts", text: `import { x } from "../wording/slots";` }])).toHaveLength(1);
    expect(check([{ file: "lib/record/x.ts", text: `import { x } from "../alerts/content";` }])).toHaveLength(1);
    expect(
      check([{ file: "lib/alerts/commands/x.ts", text: `const x = await import("../../delivery/worker");` }]),
    ).toHaveLength(1);
    expect(check([{ file: "lib/alerts/x.ts", text: `import { x } from "../directory/schema";` }])).toEqual([]);
  });

  test("6. no import cycles", () => {
    const graph = new Map<string, string[]>();
    const known = new Set(files);
    const resolve = (target: string) =>
      [`${target}.ts`, `${target}.tsx`, target].find((candidate) => known.has(candidate));
    for (const source of sources) {
      graph.set(
        source.file,
        importsOf(source).flatMap(({ target, typeOnly }) => (typeOnly ? [] : (resolve(target) ?? []))),
      );
    }
    expect(findCycle(graph)).toEqual([]);
    expect(
      findCycle(
        new Map([
          ["a", ["b"]],
          ["b", ["a"]],
        ]),
      ),
    ).toEqual(["a", "b", "a"]);
  });
});

function findCycle(graph: ReadonlyMap<string, string[]>): string[] {
  const done = new Set<string>();
  const visit = (node: string, trail: string[]): string[] => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...trail, node]);
      if (cycle.length > 0) return cycle;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

describe("laws over code", () => {
  const exportsOf = (text: string) => [
    ...text.matchAll(/^export (?:async )?(?:const|function|let|class) (\w+)([^\n]*)/gm),
  ];

  test("7. every exported action is built by createAction and names its permission", () => {
    const check = (text: string) =>
      exportsOf(text)
        .filter(
          ([whole, name]) =>
            !new RegExp(`export const ${name} = create(Public)?Action\\(\\{\\s*permission: "[a-z:]+"`).test(
              text.slice(text.indexOf(whole)),
            ),
        )
        .map(([, name]) => name);
    const actions = sources.filter(({ text }) => text.startsWith('"use server"'));
    expect(actions.length).toBeGreaterThan(4);
    for (const { text } of actions) expect(check(text)).toEqual([]);
    expect(
      sources.filter(
        ({ file, text }) => text.includes('"use server"') && !file.endsWith("actions.ts") && !isTest(file),
      ),
    ).toEqual([]);
    expect(check(`export async function loose() {}`)).toEqual(["loose"]);
  });

  test("7. what a component calls is typed from the schema, never unknown", () => {
    const loose = /\(input: unknown\) => Promise</;
    expect(sources.filter(({ file, text }) => loose.test(text) && !isTest(file)).map(({ file }) => file)).toEqual([]);
    expect(loose.test("save: (input: unknown) => Promise<Result<null>>")).toBe(true);
  });

  test("7. every route method is built by createRoute and names its permission", () => {
    const check = (text: string) =>
      exportsOf(text)
        .filter(
          ([whole, name]) =>
            !new RegExp(`export const ${name} = create(Public)?Route(<[^>]+>)?\\(\\{\\s*permission: "[a-z:]+"`).test(
              text.slice(text.indexOf(whole)),
            ),
        )
        .map(([, name]) => name);
    const routes = sources.filter(({ file }) => file.endsWith("/route.ts"));
    expect(routes.length).toBeGreaterThan(5);
    for (const { text } of routes) expect(check(text)).toEqual([]);
    expect(check(`export async function GET() {}`)).toEqual(["GET"]);
  });

  test("every page asks who is there, or is one of the few that need not", () => {
    const open = ["app/(auth)/sign-in/page.tsx", "app/(auth)/welcome/[token]/page.tsx", "app/demonstration/page.tsx"];
    const pages = sources.filter(({ file }) => file.endsWith("/page.tsx") || file === "app/page.tsx");
    expect(
      pages
        .filter(({ file, text }) => !open.includes(file) && !text.includes("await requireActor("))
        .map(({ file }) => file),
    ).toEqual([]);
  });

  test("one function writes the state of an alert", () => {
    const writes = /\balert\.(update|updateMany|upsert)\(|update "Alert"/;
    const writers = sources.filter(({ file, text }) => writes.test(text) && !isTest(file)).map(({ file }) => file);
    expect(writers).toEqual(["lib/alerts/lifecycle/transition.ts"]);
    expect(writes.test(`await transaction.alert.update({ data: { state: "published" } })`)).toBe(true);
  });

  test("8. the environment is read in one place", () => {
    const readers = sources
      .filter(({ file, text }) => /process\.env/.test(text) && !isTest(file))
      .map(({ file }) => file);
    expect(readers.filter((file) => !["lib/platform/env.ts", "e2e/console.ts"].includes(file))).toEqual([]);
  });

  test("9. the stem of a test file is that of a source file", () => {
    const stems = new Set(files.filter((file) => !isTest(file)).map((file) => file.replace(/\.tsx?$/, "")));
    const orphans = files
      .filter((file) => /\.test\.tsx?$/.test(file) && file !== "lib/architecture.test.ts")
      .filter((file) => !stems.has(file.replace(/\.test\.tsx?$/, "")))
      // The launcher is plain JavaScript.
      .filter((file) => !fs.existsSync(file.replace(/\.test\.ts$/, ".mjs")));
    expect(orphans).toEqual([]);
  });

  test("what is exported is imported somewhere", () => {
    // Next, Prisma and the tools call these by name themselves.
    const calledByTools = /^(?:app\/|[\w-]+\.ts$|prisma\/|lib\/platform\/test-database\.ts$)/;
    const taken = new Map<string, Set<string>>();
    const take = (target: string, name: string) =>
      taken.set(target, (taken.get(target) ?? new Set<string>()).add(name));
    const lists = /(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s*"(\.[^"]+)"/g;
    const whole = /import\s+\*\s+as\s+\w+\s+from\s+"(\.[^"]+)"|import\(\s*"(\.[^"]+)"\s*\)/g;
    for (const { file, text } of sources) {
      const resolved = (specifier: string) => path.posix.join(path.posix.dirname(file), specifier);
      for (const [, names, specifier] of text.matchAll(lists))
        for (const name of names!.split(",")) {
          const [plain] = name
            .trim()
            .replace(/^type\s+/, "")
            .split(/\s+as\s+/);
          take(resolved(specifier!), plain!);
        }
      for (const [, named, later] of text.matchAll(whole)) take(resolved((named ?? later)!), "*");
    }
    const idle = (file: string, text: string) => {
      const users = taken.get(file.replace(/\.tsx?$/, ""));
      const names = [...text.matchAll(EXPORTED)]
        // A type that only describes what a function here takes or gives may be named for whoever calls it.
        .filter(
          ([, kind, name]) => !/type|interface/.test(kind!) || text.split(new RegExp(`\\b${name!}\\b`)).length < 3,
        )
        .map(([, , name]) => name!);
      return users?.has("*") ? [] : names.filter((name) => !users?.has(name)).map((name) => `${file}: ${name}`);
    };
    expect(
      sources.filter(({ file }) => !calledByTools.test(file)).flatMap(({ file, text }) => idle(file, text)),
    ).toEqual([]);
    expect(idle("lib/places/planted.ts", "export const LEFT = 1;\nexport async function left() {}")).toEqual([
      "lib/places/planted.ts: LEFT",
      "lib/places/planted.ts: left",
    ]);
  });

  test("no drawers, no barrels, no any", () => {
    expect(files.filter((file) => /\/(utils?|helpers?|common|misc|types|index)(\.tsx?|\/)/.test(file))).toEqual([]);
    expect(
      sources
        .filter(({ file, text }) => /(:|as|<)\s*any\b/.test(text) && file !== "lib/architecture.test.ts")
        .map(({ file }) => file),
    ).toEqual([]);
  });

  test("no table is an object that any text is looked up in", () => {
    // An object has members of its own: "constructor" would be found in it. A Map has what was put in.
    const loose = /^(?:export )?const [A-Za-z_]+: (?:Readonly<|Partial<)*Record<string,|\bin [A-Z][A-Z_]{2,}\b/m;
    const code = (text: string) => text.replace(/\/\*[^]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "");
    const found = sources.filter(
      ({ file, text }) =>
        /^(?:lib|app|components)\//.test(file) &&
        !/\.test\.tsx?$|-for-tests/.test(file) &&
        file !== "lib/standards/xml/scan.ts" &&
        loose.test(code(text)),
    );
    expect(found.map(({ file }) => file)).toEqual([]);
    for (const planted of [
      "const WORDS: Readonly<Record<string, string>> = {};",
      "export const A: Record<string, B> = {",
      "if (word in WORDS) return;",
    ])
      expect(loose.test(code(planted)), planted).toBe(true);
    expect(loose.test(code('say("a word in CAPITALS"); // in CAPITALS'))).toBe(false);
  });

  test("no SQL is put together from text", () => {
    const loose = /\$(?:query|execute)RawUnsafe\b|\bPrisma\.raw\(|\.query(?:<[^>]*>)?\(\s*`[^`]*\$\{/;
    const found = sources.filter(
      ({ file, text }) =>
        /^(?:lib|app|components)\//.test(file) &&
        !/\.test\.tsx?$|-for-tests|\/test-database\.ts$|^lib\/cli\/|prisma-client/.test(file) &&
        loose.test(text),
    );
    expect(found.map(({ file }) => file)).toEqual(RAW_SQL);
    for (const planted of [
      "await db.$queryRawUnsafe(text)",
      "Prisma.raw(name)",
      "client.query(`select $" + "{column}`)",
    ])
      expect(loose.test(planted), planted).toBe(true);
    expect(loose.test("await db.$queryRaw`select $" + "{value}`")).toBe(false);
  });

  test("no pattern is put together from text that is not escaped", () => {
    /** Patterns are asked for there, of constants or digits, or of a build: none has a character that means another thing. */
    const meant = new Map([
      ["lib/alerts/import.ts", "digits of a number of the directory"],
      ["lib/alerts/rules.ts", "what a language recognizes is a pattern, and refused where it is none"],
      ["lib/directory/typed-numbers.ts", "digits of a number of the directory, its dot escaped"],
      ["lib/evidence/compare.ts", "approved texts, escaped"],
      ["lib/people/agency-schema.ts", "the two letters of a state"],
      ["lib/platform/route-names.ts", "the patterns of the build"],
      ["lib/wording/languages.ts", "a pattern is what is tried"],
      ["lib/wording/parity.ts", "the names of months and days"],
      ["lib/wording/wording-rules.ts", "the two letters of a state, and what a language recognizes"],
    ]);
    /** Whatever is not a text in quotes, or put together from constants in capitals alone. */
    const loose = (text: string) =>
      [...text.matchAll(/\bRegExp\(\s*(`[^`]*`|"[^"]*"|[^",`)]+)/g)].some(([, given = ""]) =>
        given.startsWith("`") ? /\$\{(?![A-Z_]+(?:\.|\}))/.test(given) : !given.startsWith('"'),
      );
    const found = sources.filter(
      ({ file, text }) =>
        /^(?:app|components|lib)\//.test(file) &&
        !/^lib\/cli\/|prisma-client/.test(file) &&
        !isTest(file) &&
        loose(text),
    );
    expect(found.map(({ file }) => file).toSorted()).toEqual([...meant.keys()].toSorted());
    for (const planted of ["new RegExp(`^${" + "prefix}:`)", "new RegExp(name)", "RegExp(typed, 'i')"])
      expect(loose(planted), planted).toBe(true);
    expect(loose("new RegExp(`(?:${" + "WORD})`)")).toBe(false);
  });

  test("no program is started through a shell, and none by what answers a request", () => {
    const shell = /\bshell: true|\bexec(?:Sync)?\(\s*["'`\w]|(?:spawn|execFile)(?:Sync)?\(\s*"(?:sh|bash)"/;
    const starts = /node:child_process/;
    const code = sources.filter(({ file }) => !isTest(file) && !file.startsWith("lib/cli/bench/"));
    // A method of a pattern has the same name.
    const calls = (text: string) => shell.test(text.replaceAll(/\.exec\(/g, ""));
    // What developers check with asks a shell which programs there are.
    expect(code.filter(({ text }) => starts.test(text) && calls(text)).map(({ file }) => file)).toEqual([
      "lib/cli/check/packages.ts",
    ]);
    expect(
      code.filter(({ file, text }) => starts.test(text) && !file.startsWith("lib/cli/")).map(({ file }) => file),
    ).toEqual([
      "lib/platform/embedded-postgres.ts",
      // Starts a file of this repository, with what is to be read as a message.
      "lib/platform/file-worker.ts",
      "lib/platform/owner-lock.ts",
      "lib/platform/unprivileged.ts",
    ]);
    for (const planted of ['spawn("a", [], { shell: true })', "execSync(`tar ${" + "name}`)", 'spawn("sh", ["-c", x])'])
      expect(calls(planted), planted).toBe(true);
    expect(calls("/a/.exec(text)")).toBe(false);
  });

  test("the name of a download is made of codes, or other characters are taken out of it", () => {
    const names = (text: string) =>
      [...text.matchAll(/filename="((?:\$\{[^}]*\}|[^"$])*)"/g)].map(([, name = ""]) => name);
    /** A code of ours, an identifier of a message, or one of a list that was looked up; or nothing but letters, digits, dots and lines. */
    const isPlain = (name: string) =>
      [...name.matchAll(/\$\{([^}]*)\}/g)].every(([, part = ""]) =>
        /^(?:\w+\.(?:code|identifier)|params\.type|\w+(?:\.\w+)?\.replace\(\/\[\^\\w\.?-\]\+?\/g, "[-_]?"\))$/.test(
          part,
        ),
      );
    const all = sources.filter(({ file }) => file.startsWith("app/")).flatMap(({ text }) => names(text));
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((name) => !isPlain(name))).toEqual([]);
    expect(isPlain("${" + "place.name}.csv")).toBe(false);
    expect(isPlain("${" + 'name.replace(/[^\\w.-]/g, "_")}')).toBe(true);
  });

  test("pure files have no clock, no chance and no outside", () => {
    const pure = sources.filter(
      ({ file }) =>
        within("lib")(file) &&
        !touchesDatabase(file) &&
        !/\/(create-action|create-route|passwords|site-secret|atlas)\.ts$/.test(file) &&
        // A channel speaks with the outside, the public server reads files, and a page carries a script of its reader's.
        !/^lib\/delivery\/(channels\/[\w-]+\/(channel|pack|layout)|public-server\/serve)\.ts$/.test(file) &&
        !/^lib\/(platform|cli)\//.test(file),
    );
    const impure = /Date\.now\(|new Date\(\)|Math\.random|randomUUID|randomBytes|fetch\(|node:fs/;
    expect(pure.filter(({ text }) => impure.test(text)).map(({ file }) => file)).toEqual([]);
    expect(impure.test("const now = Date.now();")).toBe(true);
  });

  test("every file a document names is there", () => {
    const named = (text: string) =>
      [...text.matchAll(/`((?:app|components|e2e|lib|prisma)\/[\w./[\]-]+\.(?:tsx?|mjs|md|json|gz|sql))/g)].map(
        (found) => found[1]!,
      );
    const missing = ["README.md", "lib/README.md"].flatMap((file) =>
      named(fs.readFileSync(file, "utf8")).filter((name) => !fs.existsSync(name)),
    );
    expect(missing).toEqual([]);
    expect(named("see `lib/alerts/nothing.ts`, and `e2e/a.spec.ts`: x")).toEqual([
      "lib/alerts/nothing.ts",
      "e2e/a.spec.ts",
    ]);
  });

  test("the top level holds what the stack names and tool configuration, nothing else", () => {
    const allowed = [
      "app", "components", "docs", "e2e", "lib", "prisma", "package.json", "package-lock.json", "next.config.ts", "README.md", "SECURITY.md", "LICENSE",
      "instrumentation.ts", "proxy.ts", "tsconfig.json", "vitest.config.ts", "playwright.config.ts", "eslint.config.mjs", "prisma.config.ts",
    ]; // prettier-ignore
    const made = ["node_modules", "next-env.d.ts", "test-results"];
    const found = fs
      .readdirSync(".")
      .filter((name) => !name.startsWith(".") && !name.endsWith(".tsbuildinfo") && !made.includes(name));
    expect(found.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  test("nothing here names a machine, a registry host or a tone", () => {
    const names = /\/home\/|\/root\/|registry\.npmjs|853 ?Hz|960 ?Hz|<audio|new Audio\(|AudioContext/;
    expect(
      sources
        .filter(({ file, text }) => names.test(text) && file !== "lib/architecture.test.ts")
        .map(({ file }) => file),
    ).toEqual([]);
  });
});

/** Words of an older dialect (shared vocabulary: one word for one thing), with what stands in their place. */
const GONE: readonly [pattern: RegExp, instead: string][] = [
  [/\bdoubtful\b/i, "with questions"],
  [/\bvouch/i, "keeps verified"],
  [/\bfates?\b/i, "result"],
  [/\bgoodUntil\b/, "verifiedUntil"],
  [/\bregionIds?\b|\bRegion\b/, "place"],
  [/\bneighbour/i, "neighbor"],
  [/\bcolour/i, "color"],
  [/\bbehaviour/i, "behavior"],
  [/\bcancelled\b|\bcancelling\b/, "canceled, canceling"],
  [/\bdialled\b/, "dialed"],
  [/\be-mail\b/i, "email"],
  [/\bsomebody\b(?!-else)/i, "someone"],
  [/\bcontradictions?\b/i, "conflict"],
  [/\bmobile phones?\b|\bmobiles\b/i, "cell phone"],
  [/\btelephones?\b(?! (number|Outage)"|=no)/i, "phone"],
  [/\btake with you\b/i, "downloads"],
  [/\bplaces-only\b|\bplaces only\b/i, "no number"],
  [/\bsay[A-Z]\w*\(/, "format…"],
  [/\bROUTE_KINDS\b|\bRouteFacts\b/, "help option"],
];
/** Formats that earlier versions wrote keep the names they were written with; standards keep theirs. */
const KEEPS_OLD_WORDS =
  /^lib\/(standards\/|CONFORMANCE|architecture\.test|alerts\/(bundle|schema|conformance)\.|alerts\/renderers\/|record\/(seals|schema)\.|exchange\/columns\.|evidence\/verify\.test|platform\/migrations\.test|cli\/bench\/before\.)/;

describe("words that are gone", () => {
  const read = sources.filter(({ file }) => !KEEPS_OLD_WORDS.test(file) && !file.startsWith("prisma/migrations"));
  test.each(GONE.map(([pattern, instead]) => [String(pattern), pattern, instead] as const))(
    "%s",
    (_, pattern, instead) => {
      const found = read.flatMap(({ file, text }) =>
        text
          .split("\n")
          .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} → ${instead}: ${line.trim()}`] : [])),
      );
      expect(found.map((line) => line.slice(0, 160))).toEqual([]);
    },
  );
  test("the patterns find what they are for", () => {
    expect(GONE.filter(([pattern]) => pattern.test(`const region = ${"doubt"}ful(mobiles)`)).length).toBe(2);
  });
});
