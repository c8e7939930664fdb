import "server-only";
import { headers } from "next/headers";
import { z } from "zod";
import { cleanInput } from "../platform/clean-text";
import { env } from "../platform/env";
import { log } from "../platform/log";
import { Pace } from "../platform/pace";
import { type Action, fieldMessages, refuse, type Result } from "../platform/result";
import { describeTrouble } from "../platform/trouble";
import { type Actor, can } from "./actor";
import { noteRefused } from "./note-refused";
import { isSameOrigin } from "./origin";
import type { Permission } from "./permissions";
import { getActor } from "./session";

interface ActionContext<Input> {
  actor: Actor;
  input: Input;
  now: Date;
}

interface PublicContext<Input> {
  input: Input;
  now: Date;
}

/** Acts of one person in a minute: no hand reaches it, a program that writes at random does. */
export const ACTS = new Pace(300);

const FAILED = "Something went wrong on our side. Nothing was changed, and your text is still here. Try again.";

/** Refuses what fits no form, with a line in the log: names of fields, never what was in them. */
function refuseInput(fields: Record<string, string>, person?: string) {
  const names = Object.keys(fields).slice(0, 20);
  log.info({
    event: "input refused",
    fields: names.map((name) => name.slice(0, 60)),
    ...(person ? { person } : {}),
  });
  return refuse("invalid", "Check the marked fields. Nothing was changed.", fields);
}

function guarded<Schema extends z.ZodType, Output>(
  input: Schema,
  run: (parsed: z.output<Schema>, now: Date) => Promise<Result<Output>>,
): (raw: unknown) => Promise<Result<Output>> {
  return async (raw) => {
    if (!isSameOrigin(await headers(), env().NEXTAUTH_URL))
      return refuse("foreign-origin", "This request did not come from Callbox. Nothing was changed.");
    const cleaned = cleanInput(raw);
    if (!cleaned.ok) return refuseInput(cleaned.fields);
    const parsed = input.safeParse(cleaned.value);
    if (!parsed.success) return refuseInput(fieldMessages(parsed.error));
    try {
      return await run(parsed.data, new Date());
    } catch (error) {
      log.error({ event: "action failed", error });
      return refuse("failed", describeTrouble(error) ?? FAILED);
    }
  };
}

/**
 * Builds a server action: the request's origin, the person, the permission and
 * the input are checked, in this order of answers, before `run` sees any of it.
 */
export function createAction<Schema extends z.ZodType, Output>(options: {
  /** `any`: whoever is signed in, with no right to anything; `enrolling`: also before a second factor is set up. */
  permission: Permission | "any" | "enrolling";
  input: Schema;
  run: (context: ActionContext<z.output<Schema>>) => Promise<Result<Output>>;
}): Action<z.input<Schema>, Output> {
  return guarded(z.unknown(), async (raw, now) => {
    const actor = await getActor();
    if (!actor) return refuse("signed-out", "You are signed out. What you typed is still here.");
    if (actor.enrolling && options.permission !== "enrolling")
      return refuse("second-factor", "Set up a second factor first. Nothing was changed.");
    if (options.permission !== "any" && options.permission !== "enrolling" && !can(actor, options.permission)) {
      noteRefused(actor, options.permission, "action");
      return refuse("not-permitted", "Your role does not allow this. Nothing was changed.");
    }
    if (!ACTS.take(actor.personId, now)) {
      log.warn({ event: "too many", asked: "action", person: actor.personId });
      return refuse("too-many", `More than ${ACTS.most} changes within a minute. Wait a minute. Nothing was changed.`);
    }
    const parsed = options.input.safeParse(raw);
    if (!parsed.success) return refuseInput(fieldMessages(parsed.error), actor.personId);
    return options.run({ actor, input: parsed.data, now });
  });
}

/** Builds one of the few actions that need no account, such as setting a first password. */
export function createPublicAction<Schema extends z.ZodType, Output>(options: {
  permission: "public";
  input: Schema;
  run: (context: PublicContext<z.output<Schema>>) => Promise<Result<Output>>;
}): Action<z.input<Schema>, Output> {
  return guarded(options.input, (input, now) => options.run({ input, now }));
}
