/**
 * Long work in slices, so that the process answers others in between. The work
 * is a generator that stops after each piece; its result is what it returns.
 */

/** Nothing holds the event loop for much longer than this, in milliseconds. */
const SLICE_MS = 30;

export async function inSlices<Value>(work: Generator<void, Value>): Promise<Value> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began > SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      began = performance.now();
    }
  }
}

/** The same at once, where nobody else waits. */
export function atOnce<Value>(work: Generator<void, Value>): Value {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
