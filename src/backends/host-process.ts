/**
 * The handlers that Emscripten's start-up code adds to Node's process: they throw what they are given, over the
 * application's own.
 */
const HANDLERS: Readonly<Record<'uncaughtException' | 'unhandledRejection', RegExp>> = {
  uncaughtException: /instanceof ExitStatus/,
  unhandledRejection: /^function ?\((\w+)\) ?\{\s*throw \1;?\s*\}$/,
};

/**
 * Runs what starts an Emscripten module, and takes the process handlers off that the module has added: an application
 * that logs an unhandled rejection and goes on must not be ended by it because it has detected a face. Handlers that
 * others add meanwhile stay.
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
