import { say } from "./steps";

/**
 * Work that is due once a day, done by the launcher beside the console: no page
 * waits for it, and none has to be opened for it to happen.
 */

const HOUR_MS = 3_600_000;

/**
 * Does it at once and looks again every hour whether another day has begun. A
 * failure is told and tried again in the next hour.
 * @param work does what is due at this moment; doing it twice on a day changes nothing
 * @returns what ends it
 */
export function repeatDaily(
  work: (now: Date) => Promise<void>,
  options: { now?: () => Date; every?: number } = {},
): () => void {
  let done = "";
  return repeatHourly(
    async (at) => {
      const today = at.toISOString().slice(0, 10);
      if (done === today) return;
      await work(at);
      done = today;
    },
    { ...options, what: "The day's work" },
  );
}

/** Does something at once and every hour, or as often as is said. A failure is told once, and it is tried again. */
export function repeatHourly(
  work: (now: Date) => Promise<void>,
  options: { now?: () => Date; every?: number; what?: string; again?: string } = {},
): () => void {
  const { now = () => new Date(), every = HOUR_MS, what = "The hour's work", again = "in an hour" } = options;
  let running = false;
  let told = "";
  const look = async () => {
    if (running) return;
    running = true;
    try {
      await work(now());
      told = "";
    } catch (error) {
      const says = `${what} failed and is tried again ${again}: ${error instanceof Error ? error.message : String(error)}`;
      // The same failure is told once.
      if (says !== told) say((told = says));
    } finally {
      running = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), every);
  // It never keeps a process that is told to stop.
  timer.unref();
  return () => clearInterval(timer);
}
