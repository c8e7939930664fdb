import { checkpointFolder, sessionSecret, withDatabase } from "../steps";

/** `callbox checkpoint`: signs how far the record reaches now, and says where it is kept. */
export async function checkpoint(options: { json: boolean }): Promise<number> {
  const { keepCheckpoint } = await import("../../evidence/commands/keep-checkpoint");
  return withDatabase(async (client, database) => {
    const settings = { folder: checkpointFolder(), secret: sessionSecret(database.home) };
    const kept = await keepCheckpoint(client, settings, new Date());
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ checkpoint: kept })}\n`
        : `${kept ? `${kept}.txt, signed in ${kept}.sig` : "There is no record yet."}\n`,
    );
    return kept ? 0 : 1;
  });
}
