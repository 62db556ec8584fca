import { type Accuracy, type ScoreQuality, type Summary, THRESHOLD } from './summary.js';

/** One row of the table: faces of a size, the model and the mean shape on them. */
export interface Row {
  size: string;
  /** Whether the size is one that the model is meant for. */
  claimed: boolean;
  model: Summary;
  meanShape: Summary;
}

/** Results with one kind of boxes. `overall` is over the claimed sizes. */
export interface BoxResults {
  rows: Row[];
  overall: Row;
  score: ScoreQuality;
}

/** Everything `npm run evaluate` finds; written as it is to evaluate.json. */
export interface Results {
  seed: number;
  model: string;
  exactBoxes: BoxResults;
  disturbedBoxes: BoxResults;
}

/** The results as the page bench/results/evaluate.md. */
export function report(results: Results): string {
  const { exactBoxes, disturbedBoxes } = results;
  return `# Evaluation of the bundled model

Made by \`npm run evaluate\` (seed ${results.seed}) on the 337 faces of 300-W's AFW, which no training saw, shrunk and spoiled by a fixed
recipe (\`src/node/shrink-face.ts\`) that training does not use: motion blur and defocus, Lanczos shrinking, shot noise, tone curves,
sharpening, WebP and twice-saved 4:2:0 JPEG. Model: ${results.model}.

Size is sqrt(width x height) of the face box, the bounding box of the 68 points with an eighth of its height added above. Errors
are divided by sqrt(width x height) of the bounding box itself. NRMSE with its deviation over faces, AUC@${THRESHOLD} and
failures (faces of an error over ${THRESHOLD}) are percentages. "Mean shape" is the mean face of 300-W's Helen placed in the same
box: the error of not looking. Sizes in brackets are outside those the model is made for, and do not count in "all".

## Exact boxes

${table(exactBoxes)}

## Disturbed boxes

The same faces; each box moved by up to 15 % of its size in both directions and scaled by 0.8 to 1.25, as detectors' boxes are.

${table(disturbedBoxes)}

## Other normalizers

68-point NRMSE over all sizes of 16-32 px, divided by eye distances as on 300-W.

| boxes | inter-ocular (outer corners) | inter-pupil (eye centres) |
|---|---|---|
| exact | ${spread(exactBoxes.overall.model.points68ByInterOcular)} | ${spread(exactBoxes.overall.model.points68ByInterPupil)} |
| jittered | ${spread(disturbedBoxes.overall.model.points68ByInterOcular)} | ${spread(disturbedBoxes.overall.model.points68ByInterPupil)} |

## What the score is worth

A detection's score says which faces to trust: the 68-point NRMSE of the surest faces of 16-32 px, as less sure ones are left out.
The area is the mean of the risk-coverage curve over all coverages, between that of sorting by the error itself ("best") and of a score
that says nothing. Spearman's correlation is between score and error: -1 would be a perfect ranking.

${scoreTable(exactBoxes.score, disturbedBoxes.score)}

![Risk-coverage curve](evaluate-risk-coverage.svg)

![Cumulative error curve](evaluate-cumulative-error.svg)
`;
}

function table({ rows, overall }: BoxResults): string {
  const header = ['size (px)', 'faces', '68-point NRMSE', 'AUC', 'failures', 'mean shape'];
  const header5 = ['5-point NRMSE', 'AUC', 'failures', 'mean shape', 'of mean shape'];
  const columns = [...header, ...header5];
  const lines = [...rows, overall].map(({ size, claimed, model, meanShape }) => [
    claimed ? size : `(${size})`,
    model.faces,
    ...[spread(model.points68), fixed(model.points68.auc), fixed(model.points68.failureRate)],
    fixed(meanShape.points68.nrmse, 2),
    ...[spread(model.points5), fixed(model.points5.auc), fixed(model.points5.failureRate)],
    fixed(meanShape.points5.nrmse, 2),
    `${fixed((100 * model.points5.nrmse) / meanShape.points5.nrmse, 0)} %`,
  ]);
  return [columns, columns.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function scoreTable(exact: ScoreQuality, jittered: ScoreQuality): string {
  const coverages = exact.atCoverage.map(({ coverage }) => `${100 * coverage} %`);
  const header = ['boxes', ...coverages, 'area', 'best', 'useless', 'Spearman'];
  const lines = Object.entries({ exact, jittered }).map(([boxes, quality]) => [
    boxes,
    ...quality.atCoverage.map(({ nrmse, score }) => `${fixed(nrmse, 2)} (score >= ${fixed(score, 2)})`),
    ...[quality.area, quality.bestArea, quality.uselessArea, quality.spearman].map((value) => fixed(value, 2)),
  ]);
  return [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function spread({ nrmse, std }: Accuracy): string {
  return `${fixed(nrmse, 2)} ± ${fixed(std, 2)}`;
}

function fixed(value: number, digits = 1): string {
  return value.toFixed(digits);
}
