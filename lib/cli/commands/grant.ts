import { asOperator, welcomeAt } from "../as-operator";
import { misuse } from "../input-files";
import { withDatabase } from "../steps";

/** `callbox grant`: a role on the word of whoever runs the machine. */

/** @returns 0 when it is given, 1 when it is refused, 2 when something needed is missing */
export async function grant(given: Readonly<Record<string, string | boolean | undefined>>): Promise<number> {
  const { emailSchema } = await import("../../people/schema");
  const { isSensitive } = await import("../../access/permissions");
  const { grantByOperator } = await import("../../people/grants/commands/operator");
  const email = emailSchema.safeParse(given.email ?? "");
  if (!email.success) return misuse("Name the person: --email ADDRESS.");
  const { role } = given;
  if (typeof role !== "string" || !isSensitive(role)) {
    return misuse("Name the role: --role approver or --role administrator. Other roles are given in the console.");
  }
  return withDatabase(async (client, database) => {
    const agencies = await client.agency.findMany({ orderBy: { code: "asc" } });
    const code = typeof given.agency === "string" ? given.agency.toUpperCase() : undefined;
    const top = agencies.filter(({ parentId }) => parentId === null);
    const agency = code ? agencies.find((one) => one.code === code) : top.length === 1 ? top[0] : undefined;
    if (!agency) return misuse(`Name the agency: --agency ${agencies.map((one) => one.code).join(", ") || "CODE"}.`);
    const granted = await asOperator(database.ownerUrl, (owner) =>
      grantByOperator(owner, { email: email.data, role, agencyId: agency.id }, new Date()),
    );
    if (!granted) return 1;
    const { name, token } = granted;
    const link = token ? welcomeAt(token) : null;
    process.stdout.write(
      given.json === true
        ? `${JSON.stringify({ email: email.data, role, agency: agency.code, ...(link ? { link } : {}) })}\n`
        : `${name} is ${role} of ${agency.name} now. The activity log says that it was given on the command line.\n${link ? `\nA password is set here, once, within 72 hours:\n\n  ${link}\n` : ""}`,
    );
    return 0;
  });
}
