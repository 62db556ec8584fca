import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { loadBundledWeights } from '../detect/bundled-weights.js';
import { createLandmarkDetector } from '../detect/create-landmark-detector.js';
import { InvalidArgumentError } from '../errors.js';
import { detectorPredictor, networkPredictor } from '../evaluation/detector-predictor.js';
import type { LandmarkPredictor } from '../evaluation/landmark-predictor.js';
import { meanShapePredictor } from '../evaluation/mean-shape-predictor.js';
import { assertFileNames, fileNameOf } from '../experiments/run-files.js';
import { shortChecksum } from '../formats/checksum.js';
import { landmarkSchemes } from '../landmarks/schemes.js';
import { WEIGHTS_FILE } from '../training/heatmap-trainer.js';
import { isModule, madeByModule } from './made-by-module.js';

/** A predictor, and what it was made of. */
export interface OpenedPredictor {
  predictor: LandmarkPredictor;
  /** The same for the same predictor: a resumed run must have the same. */
  source: string;
}

const EXPECTED = 'a module whose default export is a function that gives a LandmarkPredictor, or a promise of one';

/**
 * Opens the predictors of a comparison: `ours`, the detector in this package, and `mean-shape`, the floor, which are
 * always among them; a trained network's weights file; or a module that exports a factory.
 *
 * The backend must have started.
 *
 * @param specs In the order of the tables, after the two. Paths are relative to the current folder.
 * @throws InvalidArgumentError when one is none of these or two have one name, and what opening them throws; none
 * stays open then.
 */
export async function openPredictors(specs: readonly string[]): Promise<OpenedPredictor[]> {
  const builtIn = ['ours', 'mean-shape'];
  const twice = specs.find((spec, index) => specs.indexOf(spec) !== index);
  if (twice !== undefined) throw new InvalidArgumentError(`--predictor ${twice} is given twice.`);
  const opened: OpenedPredictor[] = [];
  try {
    for (const spec of [...builtIn, ...specs.filter((spec) => !builtIn.includes(spec))]) {
      opened.push(await openPredictor(spec));
      assertFileNames(
        opened.map(({ predictor }) => predictor.name),
        'predictors',
      );
    }
    return opened;
  } catch (error) {
    for (const { predictor } of opened) predictor.dispose?.();
    throw error;
  }
}

/**
 * Opens one predictor: see {@link openPredictors}.
 *
 * @throws InvalidArgumentError, and what opening it throws.
 */
export async function openPredictor(spec: string): Promise<OpenedPredictor> {
  if (spec === 'mean-shape') return { predictor: meanShapePredictor(), source: spec };
  if (spec === 'ours') {
    const detector = await createLandmarkDetector();
    return { predictor: detectorPredictor(detector), source: `${spec} ${checksum(await loadBundledWeights())}` };
  }
  const path = resolve(spec);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    const there = found ? 'is a folder, not a file' : 'is neither ours nor mean-shape, and there is no such file';
    throw new InvalidArgumentError(`--predictor ${spec} ${there}: give a weights file (.safetensors) or ${EXPECTED}.`);
  }
  if (extname(path) === '.safetensors') {
    const weights = await readFile(path);
    const predictor = await networkPredictor(weights, { name: nameOfFile(path) });
    return { predictor, source: `${spec} ${checksum(weights)}` };
  }
  if (!isModule(path)) {
    throw new InvalidArgumentError(`--predictor ${spec} is neither a .safetensors file nor ${EXPECTED}.`);
  }
  return { predictor: await openModule(spec, path), source: spec };
}

/**
 * What a weights file or module is called in tables: without its folders, but a run's weights, which are all of one
 * name, after their folder.
 */
export function nameOfFile(path: string): string {
  return basename(path) === WEIGHTS_FILE ? basename(dirname(path)) : basename(path, extname(path));
}

function checksum(content: Uint8Array): string {
  return `SHA-256 ${shortChecksum(content)}`;
}

async function openModule(spec: string, path: string): Promise<LandmarkPredictor> {
  const predictor = (await madeByModule('--predictor', spec, path, EXPECTED)) as Partial<LandmarkPredictor> | undefined;
  const { name, scheme, predict } = predictor ?? {};
  const isNamed = typeof name === 'string' && fileNameOf(name) !== '';
  if (isNamed && Object.hasOwn(landmarkSchemes, String(scheme)) && typeof predict === 'function') {
    return predictor as LandmarkPredictor;
  }
  throw new InvalidArgumentError(
    `--predictor ${spec} made no predictor: it needs a name with a letter or digit (got ${JSON.stringify(name)}), a scheme of 68, 19 or 5 (got ${JSON.stringify(scheme)}) and a method predict (got ${typeof predict}).`,
  );
}
