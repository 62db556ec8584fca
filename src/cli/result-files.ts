import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { drawLandmarks } from '../drawing/draw-landmarks.js';
import { InvalidArgumentError } from '../errors.js';
import { formatPts } from '../formats/pts.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { isFolder } from '../node/datasets/files.js';
import { encodePng } from '../node/images/write-png.js';
import { writeFileAtomic } from '../node/runs/atomic-write.js';
import { type FileResult, formatCsv, formatJson } from './file-results.js';

/** Writes what was found in some image files. Results and images have the order of the files. */
export interface ResultFiles {
  /**
   * Writes all results. A `.pts` file holds one face: the only face of an image goes to `a.pts`, several to
   * `a_face1.pts`, `a_face2.pts`, in the order of their boxes. Undefined without `--out`.
   */
  write?: (results: readonly FileResult[]) => Promise<void>;
  /**
   * Draws the landmarks of an image into `DIR/a.landmarks.png`, a name that cannot be the image's own. Undefined
   * without `--draw`.
   */
  draw?: (index: number, image: RgbImage, result: FileResult) => Promise<void>;
}

/**
 * Plans where results go, and creates the folders, so that a run does not fail at its end. The ending of `out` chooses
 * the format; a folder (one that exists, or a path that ends in a slash) gets `.pts` files.
 *
 * @throws InvalidArgumentError for another ending, one `.pts` file for several images, two images whose outputs would
 * share a name, and
 *   a folder that cannot be written to.
 */
export async function planResultFiles(
  files: readonly string[],
  { out, draw, points }: { out?: string | undefined; draw?: string | undefined; points: SchemeName },
): Promise<ResultFiles> {
  const toFolder = out !== undefined && (await namesFolder(out));
  const write = out === undefined ? undefined : writerOf(out, toFolder, files, points);
  const names = draw === undefined ? [] : outputNames(files);
  if (out !== undefined) await prepareFolder(toFolder ? out : dirname(out));
  if (draw !== undefined) await prepareFolder(draw);
  return {
    ...(write && { write }),
    ...(draw !== undefined && {
      draw: (index, image, { faces }) =>
        writeResult(join(draw, `${names[index]}.landmarks.png`), encodePng(drawLandmarks(image, faces))),
    }),
  };
}

async function namesFolder(path: string): Promise<boolean> {
  return /[\\/]$/.test(path) || (await isFolder(path));
}

function writerOf(
  out: string,
  toFolder: boolean,
  files: readonly string[],
  scheme: SchemeName,
): NonNullable<ResultFiles['write']> {
  if (toFolder) {
    const stems = outputNames(files).map((name) => join(out, name));
    return (results) => writePts(results, stems);
  }
  switch (extname(out).toLowerCase()) {
    case '.json':
      return (results) => writeResult(out, formatJson(results));
    case '.csv':
      return (results) => writeResult(out, formatCsv(results, scheme));
    case '.pts': {
      const stem = out.slice(0, -'.pts'.length);
      if (files.length === 1) return (results) => writePts(results, [stem]);
      throw new InvalidArgumentError(
        `A .pts file holds one face, but there are ${files.length} images: give a folder, --out ${stem}/.`,
      );
    }
    default:
      throw new InvalidArgumentError(
        `--out takes a file that ends in .json, .csv or .pts, or a folder for .pts files (with / at its end); got ${JSON.stringify(out)}.`,
      );
  }
}

async function writePts(results: readonly FileResult[], stems: readonly string[]): Promise<void> {
  for (const [index, { faces }] of results.entries()) {
    for (const [face, { points }] of faces.entries()) {
      await writeResult(`${stems[index]}${faces.length > 1 ? `_face${face + 1}` : ''}.pts`, formatPts(points));
    }
  }
}

/** Names without ending: paths from the folder that all images share, so that `day1/a` and `day2/a` stay apart. */
function outputNames(images: readonly string[]): string[] {
  const folder = sharedFolder(images.map((image) => dirname(resolve(image))));
  const imageByName = new Map<string, string>();
  for (const image of images) {
    const path = relative(folder, resolve(image));
    const name = path.slice(0, path.length - extname(path).length);
    const other = imageByName.get(name);
    if (other !== undefined) {
      throw new InvalidArgumentError(
        `The files written for ${other} and ${image} would have the same name: run them separately.`,
      );
    }
    imageByName.set(name, image);
  }
  return [...imageByName.keys()];
}

function sharedFolder(folders: readonly string[]): string {
  return folders.reduce((shared, folder) => {
    const [ours, theirs] = [shared.split(sep), folder.split(sep)];
    const differing = ours.findIndex((part, index) => part !== theirs[index]);
    return differing < 0 ? shared : ours.slice(0, differing).join(sep) || sep;
  });
}

async function prepareFolder(folder: string): Promise<void> {
  await writable(`to the folder ${folder}`, async () => {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  });
}

function writeResult(path: string, content: string | Uint8Array): Promise<void> {
  return writable(path, () => writeFileAtomic(path, content));
}

async function writable(what: string, write: () => Promise<void>): Promise<void> {
  await write().catch((cause: Error) => {
    throw new InvalidArgumentError(`Cannot write ${what}: ${cause.message}.`, { cause });
  });
}
