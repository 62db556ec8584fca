import { extname } from 'node:path';
import type { FaceTransform } from '../alignment/place-face.js';
import { InvalidArgumentError } from '../errors.js';
import { networkPredictor } from '../evaluation/detector-predictor.js';
import { annotatedAligner, boxAligner, type FaceAligner, landmarkAligner } from '../evaluation/face-aligner.js';
import type { RecognitionNetworks } from '../experiments/recognition-networks.js';
import type { RecognitionAlignment } from '../experiments/recognition-steps.js';
import { TINY_FACE } from '../node/datasets/identification-sets.js';
import { isModule, openModule, superResolverKind } from './open-module.js';
import { nameOfFile, openPredictor } from './open-predictors.js';

/** What `--align` depends on. */
export interface AlignmentOptions {
  superResolver?: string | undefined;
  transform?: FaceTransform | undefined;
  /** Where the faces come from. */
  source: string;
}

/**
 * What a value of `--align` stands for: `none`, `mean-shape`, `ours`, `retrained`, `annotated`, a weights file or a
 * predictor's module, with `enlarge:` or `super:` before it where faces are enlarged or super-resolved first.
 *
 * @throws InvalidArgumentError when it needs something that is missing.
 */
export function parseAlignment(value: string, options: AlignmentOptions): RecognitionAlignment {
  const [, way, what = value] = /^(enlarge|super):(.*)$/.exec(value) ?? [];
  if (way && what === 'none') throw new InvalidArgumentError(`--align ${value}: without alignment there is no order.`);
  if (way === 'super' && options.superResolver === undefined) {
    throw new InvalidArgumentError(`--align ${value} needs --super-resolver: a module; examples/peers has some.`);
  }
  const isFile = isModule(what) || extname(what) === '.safetensors';
  const name = [way, isFile ? nameOfFile(what) : what].filter(Boolean).join(':');
  const suffix = way === 'super' ? ', super-resolved first' : way ? ', enlarged first' : '';
  return {
    name,
    description: `${describe(what, options.source)}${suffix}`,
    open: (networks) => openAligner(what, { name, way }, options, networks),
  };
}

async function openAligner(
  what: string,
  { name, way }: { name: string; way: string | undefined },
  { superResolver: module, transform }: AlignmentOptions,
  networks: RecognitionNetworks,
): Promise<FaceAligner> {
  const order = way ? 'enlarge-first' : 'align-first';
  if (what === 'none') return boxAligner();
  if (what === 'annotated') return annotatedAligner({ order, transform });
  const predictor =
    what === 'retrained'
      ? await networkPredictor(await networks.retrained(), { name })
      : (await openPredictor(what)).predictor;
  const superResolver = way === 'super' ? await openModule(module!, superResolverKind) : undefined;
  return landmarkAligner(predictor, { name, order, transform, superResolver });
}

function describe(what: string, source: string): string {
  const descriptions: Record<string, string> = {
    none: 'the square around the box',
    'mean-shape': 'mean shape in the box',
    annotated: 'the annotated landmarks',
    // It was trained on the frames that this protocol shrinks.
    ours: source === TINY_FACE ? 'the bundled detector' : 'the bundled detector, which was trained on these people',
    retrained: "the bundled detector's recipe, trained without these people",
  };
  return descriptions[what] ?? `aligned by ${what}`;
}
