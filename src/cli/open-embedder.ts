import { stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { InvalidArgumentError } from '../errors.js';
import { LightCNN29 } from '../networks/light-cnn.js';
import { readWeights } from '../node/runs/read-weights.js';
import type { FaceEmbedder } from '../recognition/face-embedder.js';
import { LightCnnEmbedder } from '../recognition/light-cnn-embedder.js';
import type { SuperResolver } from '../recognition/super-resolver.js';
import { isModule, madeByModule } from './made-by-module.js';

/**
 * Opens an embedder: LightCNN's weights file, or a module that exports a factory.
 *
 * @throws InvalidArgumentError when it is neither, and what opening it throws.
 */
export async function openEmbedder(spec: string): Promise<FaceEmbedder> {
  const expected = 'a module whose default export is a function that gives a FaceEmbedder, or a promise of one';
  const path = await existingFile('--embedder', spec);
  if (extname(path) === '.safetensors') return new LightCnnEmbedder(LightCNN29.load(await readWeights(path)));
  const made = (await madeBy('--embedder', spec, path, expected)) as Partial<FaceEmbedder> | undefined;
  const { name, inputSize, embed } = made ?? {};
  if (typeof name === 'string' && Number.isInteger(inputSize) && inputSize! > 0 && typeof embed === 'function') {
    return made as FaceEmbedder;
  }
  throw new InvalidArgumentError(
    `--embedder ${spec} made no embedder: it needs a name (got ${JSON.stringify(name)}), an inputSize in pixels (got ${JSON.stringify(inputSize)}) and a method embed (got ${typeof embed}).`,
  );
}

/**
 * Opens a super-resolver: a module that exports a factory.
 *
 * @throws InvalidArgumentError when it is none, and what opening it throws.
 */
export async function openSuperResolver(spec: string): Promise<SuperResolver> {
  const expected = 'a module whose default export is a function that gives a SuperResolver, or a promise of one';
  const path = await existingFile('--super-resolver', spec);
  const made = (await madeBy('--super-resolver', spec, path, expected)) as Partial<SuperResolver> | undefined;
  const { name, factor, enlarge } = made ?? {};
  if (typeof name === 'string' && factor! >= 1 && typeof enlarge === 'function') return made as SuperResolver;
  throw new InvalidArgumentError(
    `--super-resolver ${spec} made no super-resolver: it needs a name (got ${JSON.stringify(name)}), a factor of at least 1 (got ${JSON.stringify(factor)}) and a method enlarge (got ${typeof enlarge}).`,
  );
}

async function existingFile(option: string, spec: string): Promise<string> {
  const path = resolve(spec);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new InvalidArgumentError(`${option} ${spec}: there is no such file.`);
  return path;
}

function madeBy(option: string, spec: string, path: string, expected: string): Promise<unknown> {
  if (!isModule(path)) throw new InvalidArgumentError(`${option} ${spec} is not ${expected}.`);
  return madeByModule(option, spec, path, expected);
}
