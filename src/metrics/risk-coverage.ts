import { InvalidArgumentError } from '../errors.js';
import { assertErrors, assertSameLength } from './validate.js';

/** A point of the risk-coverage curve: the error when only the most confident faces are kept. */
export interface RiskAtCoverage {
  /** Share (0-1] of faces kept. */
  coverage: number;
  /** Mean error of the faces kept. */
  risk: number;
  /** The lowest score kept: as a threshold it gives this coverage. */
  score: number;
}

/**
 * The risk-coverage curve (El-Yaniv and Wiener 2010): the mean error of the most confident faces, as more are kept. It
 * rises with coverage if scores are informative, and is flat if not.
 *
 * @param errors One error per face.
 * @param scores One score per face, higher for surer. Faces of equal score are kept together.
 * @returns From the smallest coverage to coverage 1, one point per distinct score.
 * @throws InvalidArgumentError without errors, when one is NaN or negative, a score is NaN, or the lengths differ.
 */
export function riskCoverageCurve(errors: readonly number[], scores: readonly number[]): RiskAtCoverage[] {
  assertErrors(errors);
  assertSameLength(errors, scores, 'Errors and scores');
  const wrong = scores.findIndex(Number.isNaN);
  if (wrong !== -1) {
    throw new InvalidArgumentError(`Score ${wrong} is NaN: give every face a score, 0 where nothing was found.`);
  }
  const order = errors.map((_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  const curve: RiskAtCoverage[] = [];
  let sum = 0;
  order.forEach((face, rank) => {
    sum += errors[face]!;
    const kept = rank + 1;
    const next = order[kept];
    if (next !== undefined && scores[next] === scores[face]) return;
    curve.push({ coverage: kept / errors.length, risk: sum / kept, score: scores[face]! });
  });
  return curve;
}

/**
 * Area under the risk-coverage curve (AURC, Geifman et al. 2019): the mean risk over all coverages, in the errors'
 * unit. Lower is better; uninformative scores give about the mean error.
 */
export function areaUnderRiskCoverage(curve: readonly RiskAtCoverage[]): number {
  return curve.reduce((area, { coverage, risk }, index) => {
    const previous = curve[index - 1]?.coverage ?? 0;
    return area + risk * (coverage - previous);
  }, 0);
}

/**
 * The risk when at least this share of the faces must be kept: the curve's first point of that coverage.
 *
 * @throws InvalidArgumentError unless 0 < coverage <= 1.
 */
export function riskAtCoverage(curve: readonly RiskAtCoverage[], coverage: number): RiskAtCoverage {
  // Coverages are rounded multiples of 1/n: 0.7 must find 7 of 10.
  const point = coverage > 0 ? curve.find((candidate) => candidate.coverage >= coverage - 1e-9) : undefined;
  if (!point) throw new InvalidArgumentError(`Coverage ${coverage} must be a share of faces over 0 and up to 1.`);
  return point;
}
