import { approve, signInTo, type Story } from "../alerts/story-for-tests";
import { connect } from "../platform/db";
import { env } from "../platform/env";

/**
 * A process that approves what it is told to, with the console's own functions:
 * a console small enough to be killed in every test run. At night the console
 * itself stands in its place.
 */

const client = connect(env().DATABASE_URL, { connections: 2 });
const story = { client, actor: (key: string) => signInTo(client, key) } as Story;

process.on("message", ({ id }: { id: string }) => {
  story
    .actor("luis")
    .then((luis) => approve(story, luis, id))
    .then(
      (result) => process.send?.({ id, answer: result.ok ? null : result.message }),
      (error: unknown) => process.send?.({ id, answer: String(error) }),
    );
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
