import type { RgbImage } from '../geometry/rgb-image.js';
import { classifierTwoSampleTest } from '../metrics/classifier-two-sample-test.js';
import { degradationFeatures } from '../metrics/degradation-features.js';
import { type FeatureRows, standardize } from '../metrics/feature-statistics.js';
import { frechetDistance } from '../metrics/frechet-distance.js';
import { Random } from '../random.js';
import type { Metrics } from '../training-loop/trainer-types.js';

/** Low-resolution faces of one size. */
export interface DegradedSets {
  generated: readonly RgbImage[];
  subsampled: readonly RgbImage[];
  real: readonly RgbImage[];
}

/** With fewer faces of a kind, the measures say nothing. */
const FEWEST_FACES = 20;

/**
 * How far generated and subsampled faces are from real ones: the Fréchet distance in the space of
 * `degradationFeatures`, in units of the real faces' spread, and the accuracy of a classifier two-sample test, 0.5
 * where it cannot distinguish them. Empty for fewer than 20 faces of a kind, or faces under 16 pixels.
 */
export function compareDegradations({ generated, subsampled, real }: DegradedSets, seed: number): Metrics {
  const fewest = Math.min(generated.length, real.length);
  if (fewest < FEWEST_FACES || real[0]!.width < 16) return {};
  const features = real.map(degradationFeatures);
  const [ofGenerated, ofSubsampled] = [generated.map(degradationFeatures), subsampled.map(degradationFeatures)];
  const frechet = (rows: FeatureRows) => frechetDistance(standardize(rows, features), standardize(features, features));
  const accuracy = (rows: FeatureRows) => classifierTwoSampleTest(rows, features, new Random(seed)).accuracy;
  return {
    generatedFrechet: frechet(ofGenerated),
    subsampledFrechet: frechet(ofSubsampled),
    generatedAccuracy: accuracy(ofGenerated),
    subsampledAccuracy: accuracy(ofSubsampled),
  };
}
