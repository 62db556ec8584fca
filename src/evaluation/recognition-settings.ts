import { InvalidArgumentError } from '../errors.js';

/** Which landmarks a setting aligns faces with, and who compares the aligned faces. */
export interface RecognitionSetting {
  /** What it asks, in the paper's words or near to them. */
  readonly question: string;
  /** The setting of section 4.1 (or HR-LD, section 4.4) that G2 is trained in. */
  readonly landmarks: 'S2' | 'S3' | 'S4' | 'HR-LD';
  /**
   * Real low-resolution faces that G2 learned from: `wild` street photographs, or the training part of the
   * `identities`.
   */
  readonly realFaces: 'wild' | 'identities';
  /** Real low-resolution faces that G1 learned from. */
  readonly generator: 'wild' | 'identities';
  /** Whether faces are aligned at their own size and then enlarged, or enlarged first as is usual. */
  readonly order: 'align-first' | 'enlarge-first';
  /** Whether a super-resolution network enlarges them. */
  readonly superResolved: boolean;
  /** A LightCNN trained here from scratch or from given weights, or an embedder trained elsewhere. */
  readonly embedder: 'light-cnn' | 'light-cnn-given' | 'given';
  /** What the paper found, on TinyFace: percent, and mAP as a share. */
  readonly paper: Readonly<Partial<Record<'top1' | 'top5' | 'top10' | 'top20' | 'map', number>>>;
}

const lowResolution = {
  landmarks: 'S4',
  realFaces: 'wild',
  generator: 'wild',
  order: 'align-first',
  superResolved: false,
} as const;
const scratch = { ...lowResolution, embedder: 'light-cnn' } as const;
const given = { ...lowResolution, embedder: 'given' } as const;
const endToEnd = { realFaces: 'identities', generator: 'identities' } as const;
const highResolution = { landmarks: 'HR-LD', order: 'enlarge-first' } as const;
const superResolution = { ...highResolution, superResolved: true } as const;
const found = (top1: number, top5: number, top10: number, top20: number, map: number) =>
  ({ top1, top5, top10, top20, map }) as const;

const ADVERSARIAL = 'Does adversarial training help?';
const REAL = 'Does it scale to real faces?';
const GIVEN_WEIGHTS = 'End to end, LightCNN from given weights';
const ENLARGED = 'Enlarge, then align';
const SRGAN = 'Super-resolve (paper: SRGAN), then align';
const ESRGAN = 'Super-resolve (ESRGAN), then align';

/**
 * The settings of the paper's recognition experiments with its own numbers: L1 to L5 (section 4.3, Table 2a: LightCNN
 * trained on the aligned faces), the baseline and I1 to I3 (Table 2b: an embedder trained elsewhere), A1 and A2
 * (section 4.4, Table 3: super-resolution first).
 */
export const recognitionSettings = {
  L1: { ...scratch, question: 'Trained on generated faces', landmarks: 'S2', paper: { top1: 31.17 } },
  L2: { ...scratch, question: ADVERSARIAL, landmarks: 'S3', paper: { top1: 35.11 } },
  L3: { ...scratch, question: REAL, realFaces: 'identities', paper: { top1: 39.03 } },
  L4: { ...scratch, question: 'End to end', ...endToEnd, paper: { top1: 39.87 } },
  L5: { ...scratch, question: GIVEN_WEIGHTS, ...endToEnd, embedder: 'light-cnn-given', paper: { top1: 43.82 } },
  baseline: { ...given, question: ENLARGED, ...highResolution, paper: found(34.71, 44.82, 49.01, 53.7, 0.32) },
  I1: { ...given, question: ADVERSARIAL, landmarks: 'S3', paper: found(34.01, 41.98, 45.36, 49.22, 0.29) },
  I2: { ...given, question: REAL, realFaces: 'identities', paper: found(45.04, 56.3, 60.11, 63.71, 0.43) },
  I3: { ...given, question: 'End to end', ...endToEnd, paper: found(51.1, 61.05, 64.38, 67.89, 0.47) },
  A1: { ...given, question: SRGAN, ...superResolution, paper: found(11.75, 14.58, 24.57, 30.47, 0.1) },
  A2: { ...given, question: ESRGAN, ...superResolution, paper: found(26.21, 34.76, 39.03, 43.99, 0.24) },
} as const satisfies Readonly<Record<string, RecognitionSetting>>;

/** The name of one of {@link recognitionSettings}. */
export type RecognitionSettingName = keyof typeof recognitionSettings;

/** @throws InvalidArgumentError for an unknown name. */
export function recognitionSetting(name: string): RecognitionSetting {
  if (!Object.hasOwn(recognitionSettings, name)) {
    throw new InvalidArgumentError(
      `There is no setting "${name}" of recognition. Choose ${Object.keys(recognitionSettings).join(', ')}.`,
    );
  }
  return recognitionSettings[name as RecognitionSettingName];
}
