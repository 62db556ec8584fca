/** The handlers that Emscripten's start-up code adds to Node's process: they rethrow, whatever the application's do. */
const HANDLERS: Readonly<Record<'uncaughtException' | 'unhandledRejection', RegExp>> = {
  uncaughtException: /instanceof ExitStatus/,
  unhandledRejection: /^function ?\((\w+)\) ?\{\s*throw \1;?\s*\}$/,
};

/**
 * Starts an Emscripten module and removes the process handlers it adds: detecting a face must not make unhandled
 * rejections fatal that the application logs. Handlers that others add meanwhile stay.
 */
export async function withoutAddedHandlers<Result>(start: () => Promise<Result>): Promise<Result> {
  if (typeof process === 'undefined' || typeof process.rawListeners !== 'function') return start();
  const events = Object.keys(HANDLERS) as (keyof typeof HANDLERS)[];
  const before = new Map(events.map((event) => [event, new Set(process.rawListeners(event))]));
  try {
    return await start();
  } finally {
    for (const event of events) {
      for (const listener of process.rawListeners(event)) {
        if (before.get(event)!.has(listener) || !HANDLERS[event].test(listener.toString())) continue;
        process.off(event, listener as () => void);
      }
    }
  }
}
