import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { drawLandmarks } from '../drawing/draw-landmarks.js';
import { InvalidArgumentError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { encodePng } from '../node/images/write-png.js';
import { writeFileAtomic } from '../node/runs/atomic-write.js';
import type { ResultTarget } from './detect-options.js';
import type { FileResult } from './file-result.js';
import { formatCsv } from './format-csv.js';
import { formatJson } from './format-json.js';
import { formatPts } from './format-pts.js';

/**
 * Makes the folders that will be written to, so that a run does not find at its end that it cannot write.
 *
 * @throws InvalidArgumentError
 */
export async function prepareFolders(target: ResultTarget | undefined, drawFolder: string | undefined): Promise<void> {
  const ofTarget = target && (target.format === 'pts-folder' ? target.path : dirname(target.path));
  for (const folder of [ofTarget, drawFolder]) {
    if (folder === undefined) continue;
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
    } catch (error) {
      throw new InvalidArgumentError(`Cannot write to the folder ${folder}: ${(error as Error).message}.`, {
        cause: error,
      });
    }
  }
}

/**
 * Writes all results of a run where they go.
 *
 * A `.pts` file holds one face. The only face of an image goes to the image's name, `a.pts`; several become `a_face1.pts`,
 * `a_face2.pts`, in the order of their boxes.
 *
 * @param names Per result, its image's name without folder and ending, for a folder of `.pts` files.
 */
export async function writeResults(
  results: readonly FileResult[],
  { format, path }: ResultTarget,
  scheme: SchemeName,
  names: readonly string[],
): Promise<void> {
  if (format === 'json') return write(path, formatJson(results));
  if (format === 'csv') return write(path, formatCsv(results, scheme));
  for (const [index, { faces }] of results.entries()) {
    const stem = format === 'pts' ? path.slice(0, -'.pts'.length) : join(path, names[index]!);
    for (const [face, { points }] of faces.entries()) {
      await write(`${stem}${faces.length > 1 ? `_face${face + 1}` : ''}.pts`, formatPts(points));
    }
  }
}

/** Writes the picture of one image's detections: `DIR/a.landmarks.png`, a name that cannot be the image's own. */
export function writeDrawing(image: RgbImage, { faces }: FileResult, folder: string, name: string): Promise<void> {
  return write(join(folder, `${name}.landmarks.png`), encodePng(drawLandmarks(image, faces)));
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFileAtomic(path, content);
  } catch (error) {
    throw new InvalidArgumentError(`Cannot write ${path}: ${(error as Error).message}.`, { cause: error });
  }
}
