import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { CHECKOUT, generateClient, openDatabase, PRISMA } from "../steps";

/**
 * `callbox migration NAME`: authors the migration that leads from the schema of
 * the last commit to the one in the working tree. Names go in as they stand in git.
 */
export async function writeMigration(name: string | undefined, now: Date): Promise<number> {
  if (!name || !/^[a-z0-9_]+$/.test(name)) {
    process.stderr.write("Name the migration in small letters, digits and underscores.\n");
    return 2;
  }
  await generateClient();
  const before = execFileSync("git", ["show", "HEAD:prisma/schema.prisma"], { cwd: CHECKOUT, encoding: "utf8" });
  const after = fs.readFileSync(path.join(PRISMA, "schema.prisma"), "utf8");
  const database = await openDatabase();
  try {
    const { diffSchemas } = await import("../../platform/migrations");
    const sql = await diffSchemas(database.ownerUrl, before, after);
    if (sql.trim() === "" || sql.includes("This is an empty migration")) {
      process.stdout.write("The schema is that of the last commit. Nothing was written.\n");
      return 1;
    }
    const stamp = now.toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = path.join(PRISMA, "migrations", `${stamp}_${name}`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "migration.sql"), sql);
    process.stdout.write(`${path.relative(CHECKOUT, folder)}/migration.sql\n`);
    return 0;
  } finally {
    await database.stop();
  }
}
