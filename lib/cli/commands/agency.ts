import { misuse } from "../input-files";
import { withDatabase } from "../steps";

/** `callbox agency`: makes an agency below another, or changes what one is called. */

type Given = Readonly<Record<string, string | boolean | undefined>>;

/** The form's field that an option fills, so that what is wrong is said by the option's name. */
const OPTION_OF: ReadonlyMap<string, string> = new Map([
  ["parentId", "--below"],
  ["jurisdiction", "--area"],
  ["name", "--name"],
  ["shortName", "--short"],
  ["names", "--name-es"],
  ["shortNames", "--short-es"],
  ["sender", "--sender"],
  ["web", "--web"],
  ["code", "CODE"],
]);

const formatFault = (field: string, message: string) => `${OPTION_OF.get(field) ?? field}: ${message}`;

/** @returns 0 when it is saved, 1 when it is refused, 2 when something needed is missing */
export async function saveAgencyFrom(code: string | undefined, given: Given): Promise<number> {
  if (!code) return misuse("Name the agency's code, such as NELAN.");
  const text = (name: string) => (typeof given[name] === "string" ? given[name] : undefined);
  const { agencyFormSchema } = await import("../../people/agency-schema");
  const { saveAgency } = await import("../../people/commands/save-agency");
  return withDatabase(async (client) => {
    const before = await client.agency.findUnique({ where: { code: code.toUpperCase() } });
    if (before && (given.below !== undefined || given.area !== undefined)) {
      return misuse(`${before.name} has this code already. What it lies below and its area stay.`);
    }
    const below = text("below");
    const parent = below ? await client.agency.findUnique({ where: { code: below.toUpperCase() } }) : null;
    if (!before && !parent) {
      return misuse(
        below
          ? `There is no agency ${below}.`
          : `There is no agency ${code}. To make it, name the one above: --below CODE.`,
      );
    }
    // An empty name replaces none, so those in other languages stay where none is given.
    const spanish = (name: string) => ({ "es-US": text(name) ?? "" });
    const form = agencyFormSchema.safeParse({
      ...(before ? { id: before.id } : { parentId: parent!.id, jurisdiction: text("area") }),
      code,
      name: text("name") ?? before?.name ?? "",
      shortName: text("short") ?? before?.shortName ?? "",
      names: spanish("name-es"),
      shortNames: spanish("short-es"),
      sender: text("sender") ?? before?.sender ?? "",
      web: text("web") ?? before?.web ?? "",
    });
    if (!form.success) {
      const why = form.error.issues.map(({ path, message }) => formatFault(String(path[0]), message));
      process.stderr.write(`${why.join("\n")}\nNothing was saved.\n`);
      return 2;
    }
    const saved = await saveAgency(client, null, form.data, new Date());
    if (!saved.ok) {
      const why = Object.entries(saved.fields ?? {}).map(([field, message]) => formatFault(field, message));
      process.stderr.write(`${[...why, saved.message].join("\n")}\n`);
      return 1;
    }
    const row = await client.agency.findUniqueOrThrow({ where: { id: saved.value.id } });
    process.stdout.write(
      given.json === true
        ? `${JSON.stringify({ code: row.code, name: row.name, area: row.jurisdictionId, made: !before })}\n`
        : `${before ? "Changed" : "Made"} the agency ${row.name} (${row.code}). Its people are invited in the console, under Admin.\n`,
    );
    return 0;
  });
}
