const MAIN = "import('lowres-landmarks')";
const TRAINING = "import('lowres-landmarks/training')";
const EVALUATION = "import('lowres-landmarks/evaluation')";
const BATCH = "import('@tensorflow/tfjs-core').Tensor4D";

/** What a reader has who copies a block: the names that any block may use without declaring them, and their types. */
const everywhere: Record<string, string> = {
  image: `${MAIN}.RgbImage`,
  photograph: `${MAIN}.RgbImage`,
  canvas: 'HTMLCanvasElement',
  context: 'CanvasRenderingContext2D',
  crop: `${MAIN}.ImageInput`,
  box: `${MAIN}.Box`,
  boxes: `${MAIN}.Box[]`,
  points: `${MAIN}.Point[]`,
  points5: `${MAIN}.Point[]`,
  points68: `${MAIN}.Point[]`,
  predicted: `${MAIN}.Point[]`,
  truth: `${MAIN}.Point[]`,
  detection: `${MAIN}.LandmarkDetection`,
  detections: `${MAIN}.LandmarkDetection[]`,
  findFivePoints: `(image: ${MAIN}.RgbImage, box: ${MAIN}.Box) => Promise<${MAIN}.Point[]>`,
  config: `${TRAINING}.HeatmapTrainerConfig`,
  training: `${TRAINING}.LandmarkDataset`,
  validation: `${TRAINING}.LandmarkDataset`,
  real: `${TRAINING}.Dataset<${TRAINING}.UnlabelledSample>`,
  store: `${TRAINING}.RunStore`,
  network: `${TRAINING}.HeatmapUNet`,
  weights: 'Uint8Array',
  images: BATCH,
  heatmaps: BATCH,
  noise: "import('@tensorflow/tfjs-core').Tensor2D",
  errors: 'number[]',
  scores: 'number[]',
  ourErrors: 'number[]',
  theirErrors: 'number[]',
  photographs: 'string[]',
  mean: '(values: readonly number[]) => number',
  faces: `${MAIN}.RgbImage[]`,
  embedder: `${EVALUATION}.FaceEmbedder`,
  probes: `${EVALUATION}.IdentifiedFace[]`,
  gallery: `${EVALUATION}.IdentifiedFace[]`,
  report: `${EVALUATION}.Report`,
};

const FACES = { faces: BATCH };

/** Names that mean something else in the examples of these files. */
const inFiles: Record<string, Record<string, string>> = {
  'src/alignment/warp-image.ts': { faces: `${MAIN}.LandmarkDetection[]` },
  'src/evaluation/evaluate-predictions.ts': {
    ours: `${EVALUATION}.PredictorRecords`,
    floor: `${EVALUATION}.PredictorRecords`,
    truths: `${EVALUATION}.FaceTruth[]`,
  },
  'src/evaluation/mean-shape-predictor.ts': { trainingFaces: `{ points: ${MAIN}.Point[]; box: ${MAIN}.Box }[]` },
  'src/evaluation/predict-faces.ts': { predictor: `${EVALUATION}.LandmarkPredictor`, faces: `${EVALUATION}.FaceSet` },
  'src/evaluation/worst-and-best.ts': { faces: '{ id: string; error: number }[]' },
  'src/heatmaps/decode.ts': FACES,
  'src/metrics/embeddings.ts': {
    embed: `(face: ${MAIN}.RgbImage) => Promise<Float32Array>`,
    face: `${MAIN}.RgbImage`,
    mirrored: `${MAIN}.RgbImage`,
  },
  'src/metrics/paired-comparison.ts': {
    ours: `${EVALUATION}.Identification`,
    theirs: `${EVALUATION}.Identification`,
    peerErrors: 'number[]',
  },
  'src/metrics/point-errors.ts': {
    faces: `{ predicted: ${MAIN}.Point[]; truth: ${MAIN}.Point[]; box: ${MAIN}.Box }[]`,
  },
  'src/networks/began-heatmap-discriminator.ts': FACES,
  'src/networks/confidence-discriminator.ts': FACES,
  'src/networks/heatmap-unet.ts': FACES,
  'src/networks/high-to-low-generator.ts': FACES,
  'src/networks/identity-classifier.ts': { ...FACES, network: `${TRAINING}.LightCNN29` },
  'src/networks/light-cnn.ts': FACES,
  'src/networks/low-res-discriminator.ts': FACES,
  'src/node/datasets/shrink-face.ts': { afw: `${TRAINING}.LandmarkDataset` },
  'src/node/report/html.ts': { name: 'string' },
  'src/recognition/embed-faces.ts': { first: `${MAIN}.RgbImage`, second: `${MAIN}.RgbImage` },
  'src/reports/charts/error-charts.ts': { floor: 'number[]' },
  'src/reports/report.ts': { columns: `${EVALUATION}.TableColumn[]`, rows: `${EVALUATION}.TableCell[][]` },
  'src/training/bundled-generator.ts': {
    data: `{ training: ${TRAINING}.LandmarkDataset; validation: ${TRAINING}.LandmarkDataset }`,
  },
  'src/training/high-to-low-trainer.ts': { data: `${TRAINING}.HighToLowData` },
  'src/training/identity-trainer.ts': { faces: `${TRAINING}.AlignedSample[]` },
  'src/training/kt-balancer.ts': {
    real: "import('@tensorflow/tfjs-core').Scalar",
    fake: "import('@tensorflow/tfjs-core').Scalar",
  },
  'src/turns.ts': { work: `(face: ${MAIN}.RgbImage) => void` },
};

/** `declare const` for those placeholders of a file that a block uses. */
export function declarePlaceholders(file: string, used: ReadonlySet<string>): string {
  return Object.entries({ ...everywhere, ...inFiles[file] })
    .filter(([name]) => used.has(name))
    .map(([name, type]) => `declare const ${name}: ${type};`)
    .join(' ');
}
