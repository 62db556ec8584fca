import { pathToFileURL } from 'node:url';
import { InvalidArgumentError, isLowResLandmarksError } from '../errors.js';

/** Whether a path is that of a module, by its name. */
export function isModule(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

/**
 * What the factory makes that a module of the user's exports by default: a predictor, an embedder, a super-resolver.
 *
 * @param option The command line's, for messages: `--predictor`.
 * @param spec The module as the user named it.
 * @param expected What it must be, in words.
 * @throws InvalidArgumentError when the module does not load, exports no function, or the function throws something that is not this library's.
 */
export async function madeByModule(option: string, spec: string, path: string, expected: string): Promise<unknown> {
  const { default: factory } = await importModule(option, spec, path);
  if (typeof factory !== 'function') {
    throw new InvalidArgumentError(`${option} ${spec} has no function as its default export: it must be ${expected}.`);
  }
  try {
    return await factory();
  } catch (cause) {
    if (isLowResLandmarksError(cause)) throw cause;
    throw new InvalidArgumentError(`${option} ${spec} could not be made: ${(cause as Error)?.message ?? cause}`, {
      cause,
    });
  }
}

async function importModule(option: string, spec: string, path: string): Promise<{ default?: unknown }> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (cause) {
    const unknown = (cause as NodeJS.ErrnoException).code === 'ERR_UNKNOWN_FILE_EXTENSION';
    const remedy = unknown
      ? ' Node does not run TypeScript here: start the command with npx tsx, or give JavaScript.'
      : '';
    throw new InvalidArgumentError(`${option} ${spec} cannot be loaded: ${(cause as Error).message}${remedy}`, {
      cause,
    });
  }
}
