import { drawPredictions } from '../drawing/draw-predictions.js';
import type { Report, ReportTable } from '../reports/report.js';
import { settingsSection } from '../reports/settings-section.js';
import type { Prediction } from '../training/heatmap-trainer.js';
import type { EvaluatedSet } from './evaluate-set.js';
import type { RunSettings } from './experiment.js';
import { landmarkSections } from './landmark-sections.js';
import type { NativeMeasures } from './native-measures.js';
import { ABLATION_SETTINGS, type AblationSetting, PAPER_ABLATION } from './paper-ablation.js';

/** What an ablation found, for its report. */
export interface AblationFindings {
  /** The labelled faces, and what each setting predicted. */
  set: EvaluatedSet;
  native: Readonly<Record<AblationSetting, NativeMeasures>>;
  /** Number of real low-resolution faces. */
  nativeFaces: number;
  /** Some of them, as each setting predicted them. */
  shown: readonly { id: string; predictions: readonly Pick<Prediction, 'image' | 'predicted'>[] }[];
  settings: RunSettings;
  environment: Readonly<Record<string, string>> | undefined;
}

/** An ablation as a report, with Table 1b's columns and the paper's own numbers. */
export async function ablationReport(findings: AblationFindings): Promise<Report> {
  const { set, native, nativeFaces, shown, settings, environment } = findings;
  return {
    title: 'Ablation (Table 1b)',
    lead: `${set.faces.length} labelled test faces, rendered in low resolution by G1. S1 learns from subsampled faces, S2 from G1's, S3 with D2, S4 with D2, D3 and real faces. The paper's numbers are of its own data, networks and training time: what can be compared is the order.`,
    sections: [
      ...(await landmarkSections({ ...set, paper: PAPER_ABLATION })),
      {
        kind: 'table',
        name: 'real-faces',
        heading: 'Real low-resolution faces',
        note: `${nativeFaces} held-out faces without labels. Consistency is the mean distance, in percent of the predicted box, between the points of a face and those of the same face mirrored, shifted by 2 pixels or turned by 10°; a network that always answers the mean shape has low values too. Plausibility is how far the points are from the shapes of training faces: within the model, where 1 is typical, and outside of it, in percent of the face. Collapsed is the share of faces with all points in one place, which the other columns leave out.`,
        table: nativeTable(native),
      },
      {
        kind: 'figures',
        heading: 'Real low-resolution faces, by setting',
        note: `Each face as ${ABLATION_SETTINGS.join(', ')} see it, from left to right.`,
        figures: shown.map(({ id, predictions }) => ({ image: drawPredictions(predictions), name: id, caption: '' })),
      },
      settingsSection(settings, environment),
    ],
  };
}

function nativeTable(native: Readonly<Record<AblationSetting, NativeMeasures>>): ReportTable {
  const columns = [
    { key: 'setting', label: 'setting' },
    { key: 'flip', label: 'flip (%)' },
    { key: 'shift', label: 'shift (%)' },
    { key: 'rotation', label: 'rotation (%)' },
    { key: 'mahalanobis', label: 'shape, within' },
    { key: 'residual', label: 'shape, outside (%)' },
    { key: 'collapsed', label: 'collapsed (%)' },
  ];
  const rows = ABLATION_SETTINGS.map((setting) => {
    const { flip, shift, rotation, mahalanobis, residual, collapsed } = native[setting];
    return [setting, 100 * flip, 100 * shift, 100 * rotation, mahalanobis, 100 * residual, 100 * collapsed];
  });
  return { columns, rows };
}
