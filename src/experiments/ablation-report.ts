import {
  ABLATION_SETTINGS,
  type AblationResult,
  type AblationSetting,
  PAPER_ABLATION,
  summarizeErrors,
} from './ablation.js';
import type { NativeMeasures } from './native-measures.js';

/** What an ablation found. */
export interface AblationReport {
  scale: string;
  epochs: number;
  seed: number;
  backend: string;
  /** Number of labelled faces that G1 made small. */
  testFaces: number;
  /** Number of real low-resolution faces without labels. */
  nativeFaces: number;
  /** Of each test face. */
  errors: Readonly<Record<AblationSetting, readonly number[]>>;
  native: Readonly<Record<AblationSetting, NativeMeasures>>;
}

const DESCRIPTIONS: Readonly<Record<AblationSetting, string>> = {
  S1: 'subsampled',
  S2: "G1's",
  S3: "G1's, D2",
  S4: "G1's, D2, D3, real faces",
};

/** An ablation as Markdown, in the manner of Table 1b with the paper's own numbers beside, and as JSON. */
export function formatAblation({ errors, native, ...about }: AblationReport): { markdown: string; json: string } {
  const results = Object.fromEntries(
    ABLATION_SETTINGS.map((setting) => [setting, summarizeErrors(errors[setting])]),
  ) as Record<AblationSetting, AblationResult>;
  const markdown = `# Ablation: Table 1b

Scale ${about.scale}, ${about.epochs} epochs, seed ${about.seed}, backend ${about.backend}. ${about.testFaces} labelled test faces, made small by G1;
errors in percent of the landmarks' box. The paper's numbers are of its own data, networks and training time: what can be compared is the order.

| setting | learns from | NRMSE ± std | auc@0.07 | auc@0.08 | paper: NRMSE ± std | auc@0.07 | auc@0.08 |
|---|---|--:|--:|--:|--:|--:|--:|
${ABLATION_SETTINGS.map((setting) => tableRow(setting, results[setting])).join('\n')}

## Real low-resolution faces

${about.nativeFaces} held-out faces that nobody has labelled. Consistency is the mean distance, in percent of the predicted box, between the points
of a face and those of the same face mirrored, shifted or turned; small is good, and a network that always answers the mean shape is good
at it too. Plausibility is how far the points are from the shapes of training faces: within the model, where 1 is typical, and outside of it,
in percent of the face. Collapsed is the share of faces with all points in one place, which are left out.

| setting | flip | shift by 2 px | turn by 10° | shape, within | shape, outside | collapsed |
|---|--:|--:|--:|--:|--:|--:|
${ABLATION_SETTINGS.map((setting) => nativeRow(setting, native[setting])).join('\n')}
`;
  return { markdown, json: `${JSON.stringify({ ...about, results, paper: PAPER_ABLATION, native }, null, 2)}\n` };
}

function tableRow(setting: AblationSetting, result: AblationResult): string {
  const cells = ({ nrmse, nrmseStd, auc007, auc008 }: AblationResult) => {
    return `${nrmse.toFixed(2)} ± ${nrmseStd.toFixed(2)} | ${auc007.toFixed(2)} | ${auc008.toFixed(2)}`;
  };
  return `| ${setting} | ${DESCRIPTIONS[setting]} | ${cells(result)} | ${cells(PAPER_ABLATION[setting])} |`;
}

function nativeRow(setting: AblationSetting, measures: NativeMeasures): string {
  const { flip, shift, rotation, mahalanobis, residual, collapsed } = measures;
  const percent = (value: number) => (100 * value).toFixed(2);
  return `| ${setting} | ${percent(flip)} | ${percent(shift)} | ${percent(rotation)} | ${mahalanobis.toFixed(2)} | ${percent(residual)} | ${percent(collapsed)} |`;
}
