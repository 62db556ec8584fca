/** How long a loop may keep the thread: input and timers that wait less than 50 ms feel immediate. */
const LONGEST_MS = 25;

let lastTurn = 0;

/**
 * Gives the event loop its turn, at most once in 25 ms. Every long loop awaits it: on backends that compute in the
 * caller's thread, awaiting a result alone lets no timer tick and no signal arrive.
 *
 * @example
 * for (const face of faces) {
 *   await giveTurn();
 *   work(face);
 * }
 */
export async function giveTurn(): Promise<void> {
  if (performance.now() - lastTurn < LONGEST_MS) return;
  await nextTask();
  lastTurn = performance.now();
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
