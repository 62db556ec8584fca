import { readBoxesFile } from './boxes-file.js';
import { detectGroup, type FaceDetector } from './detect-group.js';
import { type DetectCommandOptions, parseMaxPixels, parsePoints, parseTarget } from './detect-options.js';
import { expandInputs } from './expand-inputs.js';
import type { FileResult } from './file-result.js';
import { formatJson } from './format-json.js';
import { formatTable } from './format-table.js';
import { matchBoxes } from './match-boxes.js';
import { outputNames } from './output-names.js';
import { parseWorkers } from './parse-workers.js';
import { readAhead, readGroups } from './read-groups.js';
import type { CommandOutput } from './run-command.js';
import { prepareFolders, writeDrawing, writeResults } from './write-results.js';

/** Makes the detector; called once the command line is known to be in order. */
export type DetectorFactory = (options: {
  backend: string;
  maxPixels: number;
  workers: number;
}) => Promise<FaceDetector>;

/** Faces of different images that are detected together, for each worker: two full passes. */
const FACES_PER_WORKER = 64;

/**
 * Finds landmarks in image files and writes them; the work of `lowres-landmarks detect`. An image that fails is reported on stderr
 * and does not stop the rest. When the signal aborts, what is finished is still written.
 *
 * @returns The exit code: 0 when every image was done, 1 when some failed or were not reached.
 * @throws InvalidArgumentError, DatasetError for options or a boxes file that cannot be used, before any image is read.
 */
export async function runDetect(
  options: DetectCommandOptions,
  { stdout, stderr }: CommandOutput,
  signal: AbortSignal,
  createDetector: DetectorFactory,
): Promise<number> {
  const points = parsePoints(options.points);
  const maxPixels = parseMaxPixels(options.maxPixels);
  const workers = parseWorkers(options.workers);
  const files = await expandInputs(options.images);
  const target = await parseTarget(options.out, files.length);
  const names = options.draw !== undefined || target?.format === 'pts-folder' ? outputNames(files) : [];
  const boxes = options.boxes === undefined ? undefined : await boxesOf(options.boxes, files);
  await prepareFolders(target, options.draw);
  const detector = await createDetector({ backend: options.backend ?? 'auto', maxPixels, workers });
  const showProgress = (text: string) => stderr.isTTY && stderr.write(`\r\u001b[K${text}`);
  const results: FileResult[] = [];
  try {
    const groups = readAhead(
      readGroups({ files, boxes, maxPixels, facesPerGroup: FACES_PER_WORKER * workers, signal }),
    );
    for await (const group of groups) {
      if (signal.aborted) break;
      showProgress(`${results.length + group.length}/${files.length} ${group.at(-1)!.file}`);
      const detected = await detectGroup(detector, group, { points, signal }).catch((error: unknown) => {
        if (signal.aborted) return [];
        throw error;
      });
      showProgress('');
      for (const { result, image } of detected) {
        if (image && options.draw !== undefined)
          await writeDrawing(image, result, options.draw, names[results.length]!);
        results.push(result);
        if (result.error) stderr.write(`${result.file}: ${result.error.code}: ${result.error.message}\n`);
        if (!target && !options.json) stdout.write(formatTable(result));
      }
    }
  } finally {
    showProgress('');
    detector.dispose();
  }
  if (target) await writeResults(results, target, points, names);
  if (options.json) stdout.write(formatJson(results));
  if (results.length < files.length)
    stderr.write(`Interrupted: ${results.length} of ${files.length} images are done.\n`);
  return results.length < files.length || results.some(({ error }) => error) ? 1 : 0;
}

async function boxesOf(source: string, files: readonly string[]) {
  return { source, ofFiles: matchBoxes(await readBoxesFile(source), files) };
}
