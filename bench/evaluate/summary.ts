import { areaUnderCurve } from '../../src/metrics/auc.js';
import { failureRate } from '../../src/metrics/failure-rate.js';
import { nrmse } from '../../src/metrics/nrmse.js';
import { areaUnderRiskCoverage, riskAtCoverage, riskCoverageCurve } from '../../src/metrics/risk-coverage.js';
import { spearmanCorrelation } from '../../src/metrics/spearman.js';
import type { FaceErrors } from './measure.js';

/** Where AUC ends and failures begin: 8 % of the face. */
export const THRESHOLD = 0.08;

const COVERAGES = [1, 0.9, 0.8, 0.7, 0.5] as const;

/** The paper's metrics over some faces, all in percent. */
export interface Accuracy {
  nrmse: number;
  std: number;
  auc: number;
  failureRate: number;
}

/** Accuracies over some faces, by what is measured. */
export interface Summary {
  faces: number;
  points68: Accuracy;
  points5: Accuracy;
  points68ByInterOcular: Accuracy;
  points68ByInterPupil: Accuracy;
}

/** What the detection's score tells about the 68-point error by box, in percent of the box. */
export interface ScoreQuality {
  /** Rank correlation of score and error; -1 is perfect, 0 useless. */
  spearman: number;
  /** Area under the risk-coverage curve, beside that of the best and of a meaningless score. */
  area: number;
  bestArea: number;
  uselessArea: number;
  /** NRMSE of the surest share of faces, and the score they all have. */
  atCoverage: { coverage: number; nrmse: number; score: number }[];
}

export function summarize(errors: readonly FaceErrors[]): Summary {
  return {
    faces: errors.length,
    points68: accuracy(errors.map((error) => error.points68ByBox)),
    points5: accuracy(errors.map((error) => error.points5ByBox)),
    points68ByInterOcular: accuracy(errors.map((error) => error.points68ByInterOcular)),
    points68ByInterPupil: accuracy(errors.map((error) => error.points68ByInterPupil)),
  };
}

export function scoreQuality(faces: readonly FaceErrors[]): ScoreQuality {
  const errors = faces.map((face) => face.points68ByBox);
  const scores = faces.map((face) => face.score);
  const curve = riskCoverageCurve(errors, scores);
  const best = riskCoverageCurve(
    errors,
    errors.map((error) => -error),
  );
  return {
    spearman: spearmanCorrelation(scores, errors),
    area: 100 * areaUnderRiskCoverage(curve),
    bestArea: 100 * areaUnderRiskCoverage(best),
    uselessArea: nrmse(errors).mean,
    atCoverage: COVERAGES.map((coverage) => {
      const { risk, score } = riskAtCoverage(curve, coverage);
      return { coverage, nrmse: 100 * risk, score };
    }),
  };
}

function accuracy(errors: readonly number[]): Accuracy {
  const { mean, std } = nrmse(errors);
  return { nrmse: mean, std, auc: areaUnderCurve(errors, THRESHOLD), failureRate: failureRate(errors, THRESHOLD) };
}
