import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";

/** What a log line belongs to: the request or the job during which it was written. */
export interface Trace {
  request?: string;
  job?: string;
  task?: string;
}

// The server in front and the parts of the build have modules of their own; what they write belongs to one request.
const holder = globalThis as { callboxTrace?: AsyncLocalStorage<Trace> };
const traces = () => (holder.callboxTrace ??= new AsyncLocalStorage<Trace>());

/** Runs something whose log lines carry where they belong. */
export const withTrace = <Value>(trace: Trace, run: () => Value): Value => traces().run(trace, run);

/** What the code that asks runs for; empty outside of requests and jobs. */
export const currentTrace = (): Trace => traces().getStore() ?? {};

/**
 * The id of a request: what a trusted proxy named it, so that its log and ours can be read side by side, else a new one.
 * @param named from such a proxy only; a stranger's would let two requests look like one
 */
export function nameRequest(named: string | undefined): string {
  return named !== undefined && /^[\w.-]{8,64}$/.test(named) ? named : randomUUID();
}
