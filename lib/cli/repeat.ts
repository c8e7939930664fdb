import { say } from "./steps";

/** Work the launcher does again and again beside the console, since nobody else has its rights. */

/**
 * Does something at once and then as often as is said. A failure is told once, and it is tried again.
 * @param options.every pause between two looks, in milliseconds
 * @param options.what what it does, and options.again when it is tried again, as parts of the sentence that tells a failure
 * @returns what ends it
 */
export function repeat(
  work: (now: Date) => Promise<void>,
  { every, what, again, now = () => new Date() }: { every: number; what: string; again: string; now?: () => Date },
): () => void {
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
