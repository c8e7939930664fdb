import { createInterface } from "node:readline/promises";
import { z } from "zod";
import { shortNameProblem } from "../../people/agency-schema";
import { STATE_CODES, stateNameOf } from "../../places/codes";
import { welcomeAt } from "../as-operator";
import { withDatabase } from "../steps";

/** `callbox init`: a real site in an empty database. Nobody's password is known. */

/** A name within limits: one that is there and too long is not missing. */
function name(option: string, what: string, least: number, most: number) {
  const limits = (how: string) => `--${option} is too ${how}: it takes ${least} to ${most} characters.`;
  return z.string(`--${option} is missing: ${what}.`).trim().min(least, limits("short")).max(most, limits("long"));
}

const optionsSchema = z.object({
  site: name("site", "the site's name", 2, 100),
  administrator: name("administrator", "the first administrator's name", 2, 100),
  email: z
    .string("--email is missing: the administrator's email.")
    .trim()
    .toLowerCase()
    .pipe(z.email("--email is not an email address.")),
  agency: name("agency", "the agency's full name, no acronym", 3, 80),
  "agency-es": z.string().trim().max(80, "--agency-es is too long: it takes at most 80 characters.").optional(),
  code: z
    .string("--code is missing: a short code for message identifiers, such as MA911.")
    .regex(/^[A-Z0-9]{2,10}$/, "--code takes 2 to 10 capital letters and digits."),
  short: name("short", "the agency's name in 90-character texts, at most 20 characters", 2, 20),
  "short-es": z.string().trim().max(20, "--short-es is too long: it takes at most 20 characters.").optional(),
  sender: z
    .string("--sender is missing: the CAP sender, such as alerts@agency.example.gov.")
    .regex(/^[^\s,"<>&{}|\\^~]+$/, "--sender has a character that CAP or IPAWS refuses."),
  web: z.url({ protocol: /^https?$/, error: "--web is not a complete web address." }).optional(),
  jurisdiction: z
    .string("--jurisdiction is missing: the Census GEOID of the agency's state (two digits) or county (five).")
    .regex(/^\d{2,10}$/, "--jurisdiction is a Census GEOID: two digits of a state, five of a county."),
  json: z.boolean().optional(),
});

/** What is asked at a terminal, in order; nothing is guessed. */
const QUESTIONS = [
  ["site", "Name of the site, such as “Nebraska 911”"],
  ["jurisdiction", "Census GEOID of the agency's area: two digits of a state (31), five of a county (31109)"],
  ["agency", "The agency's full name, no acronym"],
  ["short", "Its name in 90-character texts, at most 20 characters, with the state's two letters"],
  ["code", "A short code for message identifiers, such as NE911"],
  ["sender", "The CAP sender, such as alerts@agency.example.gov"],
  ["administrator", "The first administrator's name"],
  ["email", "The administrator's email"],
] as const;

/** Asks at the terminal for what was not given; the same question again while its answer is wrong. */
async function askMissing(values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = { ...values };
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (const [name, question] of QUESTIONS) {
      while (!optionsSchema.shape[name].safeParse(answers[name]).success) {
        answers[name] = (await terminal.question(`${question}: `)).trim();
        const checked = optionsSchema.shape[name].safeParse(answers[name]);
        if (!checked.success) process.stderr.write(`  ${checked.error.issues[0]?.message ?? ""}\n`);
      }
    }
    return answers;
  } finally {
    terminal.close();
  }
}

export async function init(given: Record<string, unknown>): Promise<number> {
  const values = process.stdin.isTTY && given.json !== true ? await askMissing(given) : given;
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) {
    process.stderr.write(`${parsed.error.issues.map(({ message }) => message).join("\n")}\n`);
    return 2;
  }
  const options = parsed.data;
  const fips = options.jurisdiction.slice(0, 2);
  const state = { code: STATE_CODES.get(fips) ?? "", name: stateNameOf(fips) ?? "" };
  if (state.name === "") {
    process.stderr.write(`--jurisdiction: no state has the code ${fips}. Nothing was made.\n`);
    return 2;
  }
  const short = [options.short, options["short-es"] ?? ""].filter(Boolean).map((name) => shortNameProblem(name, state));
  const problem = short.find((one) => one !== null);
  if (problem) {
    process.stderr.write(`--short: ${problem}\n`);
    return 2;
  }
  return withDatabase(async (client, database) => {
    const { isEmpty, seedRealSite } = await import("../../../prisma/seed");
    if (!(await isEmpty(client))) {
      process.stderr.write(
        "This database already holds a site, and a site stays what it is. " +
          "Name an empty database in DATABASE_URL, or another folder in CALLBOX_DATA. Nothing was changed.\n",
      );
      return 1;
    }
    const token = await seedRealSite(
      client,
      {
        siteName: options.site,
        administratorName: options.administrator,
        administratorEmail: options.email,
        agency: {
          id: options.code.toLowerCase(),
          code: options.code,
          name: options.agency,
          shortName: options.short,
          sender: options.sender,
          web: options.web ?? null,
          jurisdictionId: options.jurisdiction,
        },
        translations: {
          name: { "es-US": options["agency-es"] ?? "" },
          shortName: { "es-US": options["short-es"] ?? "" },
        },
      },
      new Date(),
    );
    database.markTouched();
    const link = welcomeAt(token);
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ site: options.site, administrator: options.email, link })}\n`
        : `The site is made for ${state.name}. A short text will read: “${options.short}: 911 is down in …”.\n${options.administrator} sets a password here, once, within 72 hours:\n\n  ${link}\n\nStart the console with “npm start”.\n`,
    );
    return 0;
  });
}
