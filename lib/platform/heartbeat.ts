/** Numbers of the rows of `Heartbeat`: who shows in it that it is alive. */
export const CONSOLE_BEAT = 1;
export const WORKER_BEAT = 2;

/** A worker that was not heard of for so long counts as gone, in milliseconds: it shows itself every minute. */
export const WORKER_SILENT_MS = 180_000;
