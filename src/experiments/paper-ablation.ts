/** A setting of section 4.1. */
export type AblationSetting = 'S1' | 'S2' | 'S3' | 'S4';

/** The settings in the order of Table 1b. */
export const ABLATION_SETTINGS: readonly AblationSetting[] = ['S1', 'S2', 'S3', 'S4'];

/** A row of Table 1b, in percent. */
export interface PaperNumbers {
  nrmse: number;
  nrmseStd: number;
  auc007: number;
  auc008: number;
}

/** Table 1b of the paper: 4,386 AFLW test faces, rendered in low resolution by the paper's G1. */
export const PAPER_ABLATION: Readonly<Record<AblationSetting, PaperNumbers>> = {
  S1: { nrmse: 11.33, nrmseStd: 9.81, auc007: 11.897, auc008: 21.894 },
  S2: { nrmse: 4.23, nrmseStd: 4.52, auc007: 50.843, auc008: 55.751 },
  S3: { nrmse: 4.12, nrmseStd: 4.43, auc007: 51.889, auc008: 56.791 },
  S4: { nrmse: 4.123, nrmseStd: 4.394, auc007: 51.775, auc008: 56.697 },
};

/** The paper's row for a setting, where Table 1b has it. */
export function paperNumbers(setting: string): PaperNumbers | undefined {
  return Object.hasOwn(PAPER_ABLATION, setting) ? PAPER_ABLATION[setting as AblationSetting] : undefined;
}
