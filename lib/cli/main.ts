import { parseArgs } from "node:util";
import { describeTrouble } from "../platform/trouble";
import { WrongUsage } from "./input-files";

/** The `callbox` command. Exit 0 good, 1 findings, 2 wrong usage. */

interface Command {
  usage: string;
  says: string;
  options?: Record<string, { type: "string" | "boolean" }>;
  positionals?: boolean;
  run: (values: Record<string, string | boolean | undefined>, positionals: string[]) => Promise<number>;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries<Command>({
    start: {
      usage: "start [--demonstration]",
      says:
        "Set up what is missing and serve the console (npm start). In an empty database of your own it makes the\n" +
        "      demonstration only with --demonstration; in a new data folder on this machine it does so by itself.",
      options: { demonstration: { type: "boolean" } },
      run: async (values) => (await import("./commands/start")).start({ demonstration: values.demonstration === true }),
    },
    build: {
      usage: "build",
      says: "Build the console and the database client, as for an image. Needs no database.",
      run: async () => (await import("./commands/prepare")).build(),
    },
    migrate: {
      usage: "migrate",
      says: "Bring the database up to date, once for all processes that use it (npm start does it by itself).",
      run: async () => (await import("./commands/prepare")).migrate(),
    },
    test: {
      usage: "test",
      says: "Run the whole check (npm test).",
      run: async () => (await import("./check/test")).test(),
    },
    journeys: {
      usage: "journeys [NAME...]",
      says: "For developers: walk some or all journeys of e2e/ in a browser.",
      positionals: true,
      run: async (_, names) => (await import("./check/test")).testJourneys(names),
    },
    nightly: {
      usage: "nightly",
      says: "Run the long checks: a million mangled messages, a thousand signatures, a hundred kills (npm run test:nightly).",
      run: async () => (await import("./check/test")).testNightly(),
    },
    bench: {
      usage: "bench [--json] [PART...]",
      says: "Measure, and print the figures with the machine. Parts: before, prepare, locks, load, security, core, public, directory, record.",
      options: { json: { type: "boolean" } },
      positionals: true,
      run: async (values, only) => (await import("./bench/bench")).bench({ json: values.json === true, only }),
    },
    init: {
      usage:
        "init --site NAME --administrator NAME --email ADDRESS --agency NAME --code CODE --short NAME --sender ADDRESS\n" +
        "             [--agency-es NAME] [--short-es NAME] [--web URL] [--jurisdiction GEOID] [--json]",
      says: "Make a real site in an empty database, with a one-time link for its first administrator.",
      options: Object.fromEntries(
        [
          "site",
          "administrator",
          "email",
          "agency",
          "agency-es",
          "code",
          "short",
          "short-es",
          "sender",
          "web",
          "jurisdiction",
        ]
          .map((name) => [name, { type: "string" as const }])
          .concat([["json", { type: "boolean" } as never]]),
      ),
      run: async (values) => (await import("./commands/init")).init(values),
    },
    agency: {
      usage:
        "agency CODE [--below CODE] [--area PLACE] [--name NAME] [--short NAME] [--name-es NAME] [--short-es NAME]\n" +
        "             [--sender ADDRESS] [--web URL] [--json]",
      says:
        "Make the agency with this code, below another and for an area (a name or Census GEOID), or change what it is\n" +
        "      called. What is not given stays as it is.",
      options: {
        ...Object.fromEntries(
          ["below", "area", "name", "short", "name-es", "short-es", "sender", "web"].map((name) => [
            name,
            { type: "string" as const },
          ]),
        ),
        json: { type: "boolean" },
      },
      positionals: true,
      run: async (values, [code]) => (await import("./commands/agency")).saveAgencyFrom(code, values),
    },
    grant: {
      usage: "grant --email ADDRESS --role approver|administrator [--agency CODE] [--json]",
      says:
        "Give someone a role that otherwise takes two administrators: how a site gets its second administrator, and how\n" +
        "      one without any gets in again. It is on record as given by whoever runs this machine.",
      options: {
        email: { type: "string" },
        role: { type: "string" },
        agency: { type: "string" },
        json: { type: "boolean" },
      },
      run: async (values) => (await import("./commands/grant")).grant(values),
    },
    "renew-link": {
      usage: "renew-link [--json] ADDRESS",
      says:
        "Make a one-time link for someone who lost the password, such as one of two administrators, for whom it takes two\n" +
        "      others. A second factor stays. It is on record as made by whoever runs this machine.",
      options: { json: { type: "boolean" } },
      positionals: true,
      run: async ({ json }, [email]) =>
        (await import("./commands/renew-link")).renewLink(email, { json: json === true }),
    },
    rekey: {
      usage: "rekey [--json]",
      says:
        "Give the site another secret, while it is stopped: all that is sealed with it is sealed anew, sessions end and\n" +
        "      recovery codes are void. Where NEXTAUTH_SECRET is set, the new one is in CALLBOX_NEW_SECRET.",
      options: { json: { type: "boolean" } },
      run: async ({ json }) => (await import("./commands/rekey")).rekey({ json: json === true }),
    },
    "verify-log": {
      usage: "verify-log [--json] [--expect SEQ:HASH] [--checkpoint FILE.txt [--key KEY.pem]]",
      says:
        "Verify the log from its first entry to its last, every published byte, and every row the record speaks of.\n" +
        "      An entry noted elsewhere (--expect), or a checkpoint kept elsewhere with its .sig beside it, finds a record\n" +
        "      that was cut, replaced or restored. The key is key.pem beside the checkpoint, unless --key names yours.",
      options: {
        json: { type: "boolean" },
        expect: { type: "string" },
        checkpoint: { type: "string" },
        key: { type: "string" },
      },
      run: async (values) =>
        (await import("./commands/verify-log")).verifyLog({
          json: values.json === true,
          ...text(values, "expect"),
          ...text(values, "checkpoint"),
          ...text(values, "key"),
        }),
    },
    checkpoint: {
      usage: "checkpoint [--json]",
      says: "Sign how far the record reaches now, and keep it in the folder of checkpoints. Copy that folder elsewhere.",
      options: { json: { type: "boolean" } },
      run: async (values) => (await import("./commands/checkpoint")).checkpoint({ json: values.json === true }),
    },
    backup: {
      usage: "backup [--json] DIR",
      says:
        "Back up the database, the keys, the public site and the checkpoints into a new folder, while the console runs.\n" +
        "      It holds secret keys: docs/backup.md says which, and how to encrypt it.",
      options: { json: { type: "boolean" } },
      positionals: true,
      run: async (values, [folder]) =>
        (await import("./commands/backup")).backup(folder, { json: values.json === true }),
    },
    restore: {
      usage: "restore [--replace DATABASE] [--json] DIR",
      says:
        "Put a backup into an empty database, and its files into their places; the console does not run meanwhile. A\n" +
        "      database that holds a site is replaced only when it is named.",
      options: { replace: { type: "string" }, json: { type: "boolean" } },
      positionals: true,
      run: async (values, [folder]) =>
        (await import("./commands/restore")).restore(folder, {
          json: values.json === true,
          ...text(values, "replace"),
        }),
    },
    drill: {
      usage: "drill [--json] [--checkpoint FILE.txt [--key KEY.pem]] [DIR]",
      says:
        "Prove that a backup works, this one or a new one: put it back beside the site, without touching it, verify the\n" +
        "      record against a checkpoint from outside, compare the public site byte for byte, try the keys; timed.",
      options: { json: { type: "boolean" }, checkpoint: { type: "string" }, key: { type: "string" } },
      positionals: true,
      run: async (values, [folder]) =>
        (await import("./commands/drill")).drill(folder, {
          json: values.json === true,
          ...text(values, "checkpoint"),
          ...text(values, "key"),
        }),
    },
    prove: {
      usage: "prove [--json] ALERT",
      says:
        "Prove a published alert (its code or id) from its bytes: parsed and without times they are what was approved,\n" +
        "      their signatures are valid, and the entries that say so follow each other. Exit 0 when everything fits.",
      options: { json: { type: "boolean" } },
      positionals: true,
      run: async (values, [name]) => (await import("./commands/prove")).prove(name, { json: values.json === true }),
    },
    export: {
      usage: "export [--json] [--out FOLDER] ALERT",
      says: "Write the stored CAP bytes of a published alert (its code or id) to a folder or a ZIP.",
      options: { json: { type: "boolean" }, out: { type: "string" } },
      positionals: true,
      run: async (values, positionals) =>
        (await import("./commands/export")).exportAlert({
          json: values.json === true,
          out: typeof values.out === "string" ? values.out : undefined,
          alert: positionals[0],
        }),
    },
    validate: {
      usage: "validate [--json] [--now ISO] FILE...",
      says:
        "Check CAP messages and feeds against every rule. - is standard input; folders are walked. With --json one object a\n" +
        "      file and line. --now asks, too, whether IPAWS would take a message at that moment.",
      options: { json: { type: "boolean" }, now: { type: "string" } },
      positionals: true,
      run: async (values, files) =>
        (await import("./commands/validate")).validate({ json: values.json === true, ...text(values, "now"), files }),
    },
    verify: {
      usage: "verify [--json] [--trust CERT.pem] FILE...",
      says: "Check signatures: valid-trusted, valid-unknown-signer, invalid, absent or unsupported. Exit 0 when all are valid.",
      options: { json: { type: "boolean" }, trust: { type: "string" } },
      positionals: true,
      run: async (values, files) =>
        (await import("./commands/signatures")).verifyFiles({
          json: values.json === true,
          ...text(values, "trust"),
          files,
        }),
    },
    sign: {
      usage: "sign [--json] --key KEY.pem --certificate CERT.pem [--out FILE] FILE",
      says: "Sign a CAP message with RSA or P-256, as IPAWS asks for it.",
      options: {
        json: { type: "boolean" },
        key: { type: "string" },
        certificate: { type: "string" },
        out: { type: "string" },
      },
      positionals: true,
      run: async (values, files) =>
        (await import("./commands/signatures")).signFile(
          {
            json: values.json === true,
            ...text(values, "key"),
            ...text(values, "certificate"),
            ...text(values, "out"),
            files,
          },
          Date.now(),
        ),
    },
    pages: {
      usage: "pages [--json] [--code N] [--update N] FILE...  |  pages --decode [--json] FILE...",
      says: "Print the cell-broadcast pages of a message's texts in hexadecimal, or read such pages back. Nothing is sent.",
      options: {
        json: { type: "boolean" },
        decode: { type: "boolean" },
        code: { type: "string" },
        update: { type: "string" },
      },
      positionals: true,
      run: async (values, files) =>
        (await import("./commands/pages")).pages({
          json: values.json === true,
          decode: values.decode === true,
          code: Number(values.code ?? 0),
          update: Number(values.update ?? 0),
          files,
        }),
    },
    "import-numbers": {
      usage: "import-numbers [--dry-run] [--json] [--agency CODE] [--map ROLE=COLUMN,…] FILE",
      says:
        "Read a CSV file of direct numbers, show every row's result, and write all of it or nothing. Rows that are refused\n" +
        "      are left out. --dry-run writes nothing. --map says which column is which: place:town=Town,number=Phone,number:fire=Fire.\n" +
        "      Exit 1 when a row was refused.",
      options: {
        "dry-run": { type: "boolean" },
        json: { type: "boolean" },
        agency: { type: "string" },
        map: { type: "string" },
      },
      positionals: true,
      run: async (values, [file]) =>
        (await import("./commands/exchange")).importFile({
          kind: "numbers",
          file,
          dryRun: values["dry-run"] === true,
          json: values.json === true,
          ...text(values, "agency"),
          ...text(values, "map"),
        }),
    },
    "import-multilingual": {
      usage: "import-multilingual [--dry-run] [--json] [--source TEXT] FILE",
      says:
        "Load regulated texts in many languages (such as the FCC's template for 911 outages) from JSON or CSV with\n" +
        "      language, name, text, note and source. They are kept as the file has them. Exit 1 when something in it is wrong.",
      options: { "dry-run": { type: "boolean" }, json: { type: "boolean" }, source: { type: "string" } },
      positionals: true,
      run: async (values, [file]) =>
        (await import("./commands/multilingual")).importMultilingualFile({
          file,
          source: values.source as string | undefined,
          dryRun: values["dry-run"] === true,
          json: values.json === true,
        }),
    },
    "import-places": {
      usage:
        "import-places [--dry-run] [--json] [--agency CODE] [--name PROPERTY] [--geoid PROPERTY] [--population PROPERTY]\n             [--as municipality|psap|custom] FILE",
      says:
        "Read cities and towns from GeoJSON, a zipped shapefile or a gazetteer text (no outlines), people from a table of the\n" +
        "      Census, or dispatch areas from boundaries (NENA) or the FCC's list of 911 centers. What a file is, is seen by what\n" +
        "      is in it; --as says what its outlines are. Properties are guessed when not named.",
      options: {
        "dry-run": { type: "boolean" },
        json: { type: "boolean" },
        agency: { type: "string" },
        name: { type: "string" },
        geoid: { type: "string" },
        population: { type: "string" },
        as: { type: "string" },
      },
      positionals: true,
      run: async (values, [file]) =>
        (await import("./commands/exchange")).importFile({
          kind: "places",
          file,
          dryRun: values["dry-run"] === true,
          json: values.json === true,
          ...text(values, "agency"),
          ...text(values, "name"),
          ...text(values, "geoid"),
          ...text(values, "population"),
          ...text(values, "as"),
        }),
    },
    "export-numbers": {
      usage: "export-numbers [--json] [--out FILE]",
      says: "Write every direct number in use as CSV, to standard output or a file. An import takes it back unchanged.",
      options: { json: { type: "boolean" }, out: { type: "string" } },
      run: async (values) =>
        (await import("./commands/exchange")).exportNumbers({ json: values.json === true, ...text(values, "out") }),
    },
    "verify-kit": {
      usage: "verify-kit [--json] [--key HEX] FILE …",
      says: "Check that offline kits are unaltered, against this site's key or the one its console shows.",
      options: { json: { type: "boolean" }, key: { type: "string" } },
      positionals: true,
      run: async (values, files) =>
        (await import("./commands/kit")).verifyKits({ json: values.json === true, files, ...text(values, "key") }),
    },
    sbom: {
      usage: "sbom [--out FILE]",
      says:
        "Write what Callbox is made of, from the lock file: a CycloneDX 1.6 bill of materials as JSON. Exit 1 when a\n" +
        "      license or an install script is on no list.",
      options: { out: { type: "string" } },
      run: async (values) => (await import("./commands/sbom")).sbom(text(values, "out")),
    },
    migration: {
      usage: "migration NAME",
      says: "For developers: write the migration from the schema of the last commit to the present one.",
      positionals: true,
      run: async (_, [name]) => (await import("./commands/migration")).writeMigration(name, new Date()),
    },
    conformance: {
      usage: "conformance",
      says: "Print lib/CONFORMANCE.md from the tables of rules.",
      run: async () => {
        process.stdout.write((await import("../alerts/conformance")).writeConformance());
        return 0;
      },
    },
  }),
);

/** A text option, when it was given. */
function text<Name extends string>(
  values: Record<string, string | boolean | undefined>,
  name: Name,
): { [Key in Name]?: string } {
  const value = values[name];
  return (typeof value === "string" ? { [name]: value } : {}) as { [Key in Name]?: string };
}

function help(): string {
  const lines = [...COMMANDS.values()].map(({ usage, says }) => `  callbox ${usage}\n      ${says}`);
  return `Usage: npm run callbox -- <command> [options]\n\n${lines.join("\n")}\n\nExit status: 0 good, 1 findings, 2 wrong usage.\n`;
}

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(help());
    return 0;
  }
  const command = COMMANDS.get(name ?? "");
  if (!command) {
    process.stderr.write(`${name ? `There is no command “${name}”.` : "Name a command."}\n\n${help()}`);
    return 2;
  }
  let parsed;
  try {
    parsed = parseArgs({
      args: rest,
      options: { help: { type: "boolean", short: "h" }, ...command.options },
      allowPositionals: command.positionals === true,
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\nUsage: callbox ${command.usage}\n`);
    return 2;
  }
  if (parsed.values.help) {
    process.stdout.write(`Usage: callbox ${command.usage}\n\n${command.says}\n`);
    return 0;
  }
  return command.run(parsed.values as Record<string, string | boolean | undefined>, parsed.positionals);
}

/** An error in words; of a library's own, neither its text nor the addresses in it. */
function formatError(error: unknown): string {
  const trouble = describeTrouble(error);
  if (trouble) return trouble;
  if (!(error instanceof Error)) return "Something went wrong.";
  return /^Prisma|^DriverAdapter/.test(error.name) ? "The database refused this. Nothing was changed." : error.message;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${formatError(error)}\n`);
    process.exit(error instanceof WrongUsage ? 2 : 1);
  },
);
