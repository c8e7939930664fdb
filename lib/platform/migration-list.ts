import fs from "node:fs";
import path from "node:path";

/** Names of the migrations in the checkout, oldest first. */
export function listMigrations(prismaFolder: string): string[] {
  const folder = path.join(prismaFolder, "migrations");
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
