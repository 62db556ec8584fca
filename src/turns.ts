/** How long a loop may keep the thread: input and timers that wait less than 50 ms feel immediate. */
const LONGEST_MS = 25;

/**
 * Gives the event loop its turn in a long loop: on backends that compute in the caller's thread, awaiting a result
 * alone lets no timer tick and no signal arrive.
 *
 * @example
 * const turns = new Turns();
 * for (const face of faces) {
 *   await turns.give();
 *   work(face);
 * }
 */
export class Turns {
  #since = performance.now();

  /** Returns at once, or once in 25 ms after timers, input and signals have had their turn. */
  async give(): Promise<void> {
    if (performance.now() - this.#since < LONGEST_MS) return;
    await nextTask();
    this.#since = performance.now();
  }
}

/** A task later; not by a timer, which browsers hold back for 4 ms. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
