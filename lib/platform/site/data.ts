import "server-only";
import { db, type Reader } from "../db";

export interface SiteFacts {
  mode: "demonstration" | "real";
  name: string;
  timeZone: string;
}

/**
 * What this installation is. It never changes, but it is one small row and the
 * answer must never be wrong, so it is read each time.
 * @throws when nothing was set up yet
 */
export async function getSite(client: Reader = db()): Promise<SiteFacts> {
  const site = await client.site.findUnique({ where: { id: 1 } });
  if (!site) throw new Error("This installation was not set up. Run “npm start” or “npm run callbox -- init”.");
  return { mode: site.mode === "real" ? "real" : "demonstration", name: site.name, timeZone: site.timeZone };
}

/** The invented officials, in a demonstration only; a real site shows none. */
export async function listDemonstrationAccounts() {
  const site = await getSite();
  if (site.mode !== "demonstration") return null;
  const { DEMONSTRATION_PASSWORD, PEOPLE } = await import("../../../prisma/seed/demonstration");
  const agencies = await db().agency.findMany({ select: { id: true, name: true } });
  return {
    password: DEMONSTRATION_PASSWORD,
    people: PEOPLE.map(({ name, email, roles, does, agency }) => ({
      name,
      email,
      roles: roles.join(", "),
      does,
      agency: agencies.find(({ id }) => id === agency)?.name ?? "",
    })),
  };
}
