import { asOperator, welcomeAt } from "../as-operator";
import { misuse } from "../input-files";
import { withDatabase } from "../steps";

/** `callbox renew-link`: a one-time link for someone who lost the password, on the word of whoever runs the machine. */

/** @returns 0 when it is made, 1 when it is refused, 2 when nobody is named */
export async function renewLink(named: string | undefined, options: { json: boolean }): Promise<number> {
  const { emailSchema } = await import("../../people/schema");
  const { renewLinkByOperator } = await import("../../people/grants/commands/operator");
  const email = emailSchema.safeParse(named ?? "");
  if (!email.success) return misuse("Name the person: callbox renew-link ADDRESS.");
  return withDatabase(async (_, database) => {
    const made = await asOperator(database.ownerUrl, (owner) =>
      renewLinkByOperator(owner, { email: email.data }, new Date()),
    );
    if (!made) return 1;
    const link = welcomeAt(made.token);
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ email: email.data, link })}\n`
        : `${made.name} sets a new password here, once, within 72 hours. A second factor stays and is asked for as before.\n` +
            `The activity log says that the link was made on the command line.\n\n  ${link}\n`,
    );
    return 0;
  });
}
