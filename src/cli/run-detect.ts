import type { BackendName } from '../backends/use-backend.js';
import { createLandmarkDetector } from '../detect/create-landmark-detector.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { readBoxesFile } from './boxes-file.js';
import { expandInputs } from './expand-inputs.js';
import { type FileResult, formatJson, formatTable } from './file-results.js';
import { detectGroup, type FaceDetector, readGroups } from './image-groups.js';
import { matchBoxes } from './match-boxes.js';
import { planResultFiles } from './result-files.js';
import type { CommandOutput } from './run-command.js';

/** The options of `detect`. */
export interface DetectOptions {
  boxes?: string | undefined;
  points: SchemeName;
  out?: string | undefined;
  json?: boolean | undefined;
  draw?: string | undefined;
  backend: BackendName;
  maxPixels: number;
  workers: number;
}

/** Makes the detector; called once the command line is known to be in order. */
export type DetectorFactory = (options: {
  backend: BackendName;
  maxPixels: number;
  workers: number;
}) => Promise<FaceDetector>;

/** Faces of different images that are detected together, for each worker: two full passes. */
const FACES_PER_WORKER = 64;

/**
 * `lowres-landmarks detect`: finds landmarks in image files and writes them. An image that fails is reported on stderr
 * and does not stop the rest. When the signal aborts, finished results are still written.
 *
 * @returns The exit code: 1 when some images failed or were not reached.
 * @throws InvalidArgumentError, DatasetError for wrong options or boxes, before any image is read.
 */
export async function runDetect(
  images: readonly string[],
  options: DetectOptions,
  { stdout, stderr }: CommandOutput,
  signal: AbortSignal,
  createDetector: DetectorFactory = createLandmarkDetector,
): Promise<number> {
  const { points, backend, maxPixels, workers } = options;
  const files = await expandInputs(images);
  const boxes = options.boxes === undefined ? undefined : await boxesOf(options.boxes, files);
  const outputs = await planResultFiles(files, options);
  const detector = await createDetector({ backend, maxPixels, workers });
  const showProgress = (text: string) => stderr.isTTY && stderr.write(`\r\u001b[K${text}`);
  const results: FileResult[] = [];
  try {
    const facesPerGroup = FACES_PER_WORKER * workers;
    for await (const group of readGroups({ files, boxes, maxPixels, facesPerGroup, signal })) {
      if (signal.aborted) break;
      showProgress(`${results.length + group.length}/${files.length} ${group.at(-1)!.file}`);
      const detected = await detectGroup(detector, group, { points, signal }).catch((error: unknown) => {
        if (signal.aborted) return [];
        throw error;
      });
      showProgress('');
      for (const { result, image } of detected) {
        if (image) await outputs.draw?.(results.length, image, result);
        results.push(result);
        if (result.error) stderr.write(`${result.file}: ${result.error.code}: ${result.error.message}\n`);
        if (!outputs.write && !options.json) stdout.write(formatTable(result));
      }
    }
  } finally {
    showProgress('');
    detector.dispose();
  }
  await outputs.write?.(results);
  if (options.json) stdout.write(formatJson(results));
  if (results.length < files.length)
    stderr.write(`Interrupted: ${results.length} of ${files.length} images are done.\n`);
  return results.length < files.length || results.some(({ error }) => error) ? 1 : 0;
}

async function boxesOf(source: string, files: readonly string[]) {
  return { source, ofFiles: matchBoxes(await readBoxesFile(source), files) };
}
