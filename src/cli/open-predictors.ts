import { readFile } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
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
import { METHOD, type ModuleKind, openModule } from './open-module.js';

/** A predictor, and what it was made of. */
export interface OpenedPredictor {
  predictor: LandmarkPredictor;
  /** Identifies it: a resumed run must have the same. */
  source: string;
}

const predictorKind: ModuleKind<LandmarkPredictor> = {
  option: '--predictor',
  type: 'LandmarkPredictor',
  fields: {
    name: ['a name with a letter or digit', (name) => typeof name === 'string' && fileNameOf(name) !== ''],
    scheme: ['68, 19 or 5', (scheme) => Object.hasOwn(landmarkSchemes, String(scheme))],
    predict: METHOD,
  },
  fromWeights: async (path) => networkPredictor(await readFile(path), { name: nameOfFile(path) }),
};

/**
 * Opens the predictors of a comparison: `ours`, the detector in this package, and the baseline `mean-shape`, which are
 * always among them; weights files of trained networks; modules. The backend must have started.
 *
 * @param specs In the order of the tables, after the two. Paths are relative to the current folder.
 * @throws InvalidArgumentError when one is none of these or two have one name, and what opening them throws; none stays
 * open then.
 */
export async function openPredictors(specs: readonly string[]): Promise<OpenedPredictor[]> {
  const builtIn = ['ours', 'mean-shape'];
  const twice = specs.find((spec, index) => specs.indexOf(spec) !== index);
  if (twice !== undefined) throw new InvalidArgumentError(`--predictor ${twice} is given twice.`);
  const opened: OpenedPredictor[] = [];
  try {
    for (const spec of [...builtIn, ...specs.filter((spec) => !builtIn.includes(spec))]) {
      opened.push(await openPredictor(spec));
      const names = opened.map(({ predictor }) => predictor.name);
      assertFileNames(names, 'predictors');
    }
    return opened;
  } catch (error) {
    for (const { predictor } of opened) predictor.dispose?.();
    throw error;
  }
}

/** Opens one predictor: see {@link openPredictors}. */
export async function openPredictor(spec: string): Promise<OpenedPredictor> {
  if (spec === 'mean-shape') return { predictor: meanShapePredictor(), source: spec };
  if (spec === 'ours') {
    const predictor = detectorPredictor(await createLandmarkDetector());
    return { predictor, source: `${spec} ${checksum(await loadBundledWeights())}` };
  }
  const predictor = await openModule(spec, predictorKind);
  const isWeights = extname(spec) === '.safetensors';
  return { predictor, source: isWeights ? `${spec} ${checksum(await readFile(spec))}` : spec };
}

/**
 * A weights file's or module's name in tables: that of the file, or of the folder for a run's weights, which are all
 * named alike.
 */
export function nameOfFile(path: string): string {
  return basename(path) === WEIGHTS_FILE ? basename(dirname(path)) : basename(path, extname(path));
}

function checksum(content: Uint8Array): string {
  return `SHA-256 ${shortChecksum(content)}`;
}
