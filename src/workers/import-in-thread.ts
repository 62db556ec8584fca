import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { InvalidArgumentError } from '../errors.js';

/**
 * Imports a module into a worker thread. On Node 20 threads do not inherit `tsx`: a TypeScript module is read with the
 * `tsx` installed beside it.
 *
 * @throws InvalidArgumentError when it is TypeScript and tsx is missing. Errors of the module itself pass through.
 */
export async function importInThread(url: string): Promise<object> {
  try {
    return await import(url);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    await registerTsx(url, error);
    // Under another name: Node remembers that it could not read the module.
    return import(`${url}?tsx`);
  }
}

async function registerTsx(url: string, cause: unknown): Promise<void> {
  let tsx: string;
  try {
    // Resolved as a CommonJS module, whose twin does not find its own files.
    tsx = createRequire(url)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs');
  } catch {
    const message = `Worker threads cannot import ${url}: install tsx (npm install tsx), or compile it to JavaScript.`;
    throw new InvalidArgumentError(message, { cause });
  }
  const { register } = await import(pathToFileURL(tsx).href);
  register();
}
