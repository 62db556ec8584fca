import { readBoxesFile } from './boxes-file.js';
import { detectFile, type FaceDetector } from './detect-file.js';
import { type DetectCommandOptions, parseMaxPixels, parsePoints, parseTarget } from './detect-options.js';
import { expandInputs } from './expand-inputs.js';
import type { FileResult } from './file-result.js';
import { formatJson } from './format-json.js';
import { formatTable } from './format-table.js';
import { matchBoxes } from './match-boxes.js';
import { outputNames } from './output-names.js';
import type { CommandOutput } from './run-command.js';
import { prepareFolders, writeDrawing, writeResults } from './write-results.js';

/** Makes the detector; called once the command line is known to be in order. */
export type DetectorFactory = (options: { backend: string; maxPixels: number }) => Promise<FaceDetector>;

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
  const files = await expandInputs(options.images);
  const target = await parseTarget(options.out, files.length);
  const names = options.draw !== undefined || target?.format === 'pts-folder' ? outputNames(files) : [];
  const boxes = options.boxes === undefined ? undefined : matchBoxes(await readBoxesFile(options.boxes), files);
  await prepareFolders(target, options.draw);
  const detector = await createDetector({ backend: options.backend ?? 'auto', maxPixels });
  const showProgress = (text: string) => stderr.isTTY && stderr.write(`\r\u001b[K${text}`);
  const results: FileResult[] = [];
  try {
    for (const [index, file] of files.entries()) {
      if (signal.aborted) break;
      showProgress(`${index + 1}/${files.length} ${file}`);
      const ofFile = boxes && { boxes: { source: options.boxes!, ofFile: boxes[index] } };
      const { result, image } = await detectFile(detector, file, { points, maxPixels, signal, ...ofFile });
      if (signal.aborted && result.error) break;
      results.push(result);
      if (image && options.draw !== undefined) await writeDrawing(image, result, options.draw, names[index]!);
      showProgress('');
      if (result.error) stderr.write(`${file}: ${result.error.code}: ${result.error.message}\n`);
      if (!target && !options.json) stdout.write(formatTable(result));
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
