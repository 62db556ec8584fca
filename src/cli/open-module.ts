import { stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidArgumentError, isLowResLandmarksError } from '../errors.js';
import { LightCNN29 } from '../networks/light-cnn.js';
import { readWeights } from '../node/runs/read-weights.js';
import type { FaceEmbedder } from '../recognition/face-embedder.js';
import { LightCnnEmbedder } from '../recognition/light-cnn-embedder.js';
import type { SuperResolver } from '../recognition/super-resolver.js';

/** What an option's file holds or makes. */
export interface ModuleKind<Made> {
  option: string;
  /** The name of the type. */
  type: string;
  /** Its fields: what each must be, in words, and whether a value is. */
  fields: Readonly<Record<string, readonly [words: string, accepts: (value: unknown) => boolean]>>;
  /** Where a weights file will do too. */
  fromWeights?: (path: string) => Promise<Made>;
}

/** A field that must be a method. */
export const METHOD = ['a method', (value: unknown) => typeof value === 'function'] as const;
const NAME = ['a string', (value: unknown) => typeof value === 'string'] as const;

/** `--embedder`: a module, or LightCNN's weights. */
export const embedderKind: ModuleKind<FaceEmbedder> = {
  option: '--embedder',
  type: 'FaceEmbedder',
  fields: {
    name: NAME,
    inputSize: ['a number of pixels', (size) => Number.isInteger(size) && Number(size) > 0],
    embed: METHOD,
  },
  fromWeights: async (path) => new LightCnnEmbedder(LightCNN29.load(await readWeights(path))),
};

/** `--super-resolver`: a module. */
export const superResolverKind: ModuleKind<SuperResolver> = {
  option: '--super-resolver',
  type: 'SuperResolver',
  fields: { name: NAME, factor: ['a number from 1', (factor) => Number(factor) >= 1], enlarge: METHOD },
};

/** Whether a path is that of a module, by its name. */
export function isModule(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

/**
 * Opens the file of an option: weights, or a module whose default export is a factory.
 *
 * @param spec The file as the user named it.
 * @throws InvalidArgumentError when there is no such file or it is neither; when the module does not load or exports no
 * function; when that throws or returns something else.
 */
export async function openModule<Made>(spec: string, kind: ModuleKind<Made>): Promise<Made> {
  const { option, type, fields, fromWeights } = kind;
  const path = resolve(spec);
  const found = await stat(path).catch(() => undefined);
  const isWeights = fromWeights && extname(path) === '.safetensors';
  const module = `a module whose default export is a function that returns a ${type}, or a promise of one`;
  const takes = `${option} takes ${fromWeights ? 'a weights file (.safetensors) or ' : ''}${module}`;
  if (!found?.isFile()) {
    throw new InvalidArgumentError(`${option} ${spec}: ${found ? 'it is a folder' : 'no such file'}. ${takes}.`);
  }
  if (isWeights) return fromWeights(path);
  if (!isModule(path)) throw new InvalidArgumentError(`${option} ${spec}: ${takes}.`);
  const factory = await importDefault(`${option} ${spec}`, path);
  if (typeof factory !== 'function') {
    throw new InvalidArgumentError(`${option} ${spec}: its default export is no function. ${takes}.`);
  }
  const made = await makeBy(factory as () => unknown, `${option} ${spec}`);
  for (const [field, [words, accepts]] of Object.entries(fields)) {
    const value: unknown = Object(made)[field];
    if (accepts(value)) continue;
    throw new InvalidArgumentError(
      `${option} ${spec} returned no ${type}: its ${field} must be ${words}, not ${JSON.stringify(value)}.`,
    );
  }
  return made as Made;
}

async function importDefault(where: string, path: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
  } catch (cause) {
    const unknown = (cause as NodeJS.ErrnoException).code === 'ERR_UNKNOWN_FILE_EXTENSION';
    const remedy = unknown
      ? ' Node does not run TypeScript here: start the command with npx tsx, or use JavaScript.'
      : '';
    throw new InvalidArgumentError(`${where} cannot be loaded: ${(cause as Error).message}${remedy}`, { cause });
  }
}

async function makeBy(factory: () => unknown, where: string): Promise<unknown> {
  try {
    return await factory();
  } catch (cause) {
    if (isLowResLandmarksError(cause)) throw cause;
    throw new InvalidArgumentError(`${where} threw: ${(cause as Error)?.message ?? cause}`, { cause });
  }
}
