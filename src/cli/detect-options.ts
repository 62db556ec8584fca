import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { InvalidArgumentError } from '../errors.js';
import { DEFAULT_MAX_PIXELS } from '../images/image-input.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { wholeNumber } from './whole-number.js';

/** The words of a `detect` command line, as typed. */
export interface DetectCommandOptions {
  images: readonly string[];
  boxes?: string | undefined;
  points?: string | undefined;
  out?: string | undefined;
  draw?: string | undefined;
  json?: boolean | undefined;
  backend?: string | undefined;
  maxPixels?: string | undefined;
  workers?: string | undefined;
}

/** Where results are written: to one file, or to a folder with a `.pts` file per face. */
export interface ResultTarget {
  format: 'json' | 'csv' | 'pts' | 'pts-folder';
  path: string;
}

/** @throws InvalidArgumentError unless `--points` names a scheme. */
export function parsePoints(text = '68'): SchemeName {
  if (text === '68' || text === '19' || text === '5') return Number(text) as SchemeName;
  throw new InvalidArgumentError(`--points takes 68, 19 or 5, not ${JSON.stringify(text)}.`);
}

/** @throws InvalidArgumentError unless `--max-pixels` is a positive whole number. */
export function parseMaxPixels(text = String(DEFAULT_MAX_PIXELS)): number {
  return wholeNumber('max-pixels', text, 1);
}

/**
 * Chooses the format by `--out`'s ending. A folder (one that exists, or a path that ends in a slash) gets `.pts` files.
 *
 * @returns undefined without `--out`.
 * @throws InvalidArgumentError for another ending, or one `.pts` file for several images.
 */
export async function parseTarget(path: string | undefined, imageCount: number): Promise<ResultTarget | undefined> {
  if (path === undefined) return undefined;
  const isFolder = /[\\/]$/.test(path) || (await stat(path).catch(() => undefined))?.isDirectory();
  if (isFolder) return { format: 'pts-folder', path };
  switch (extname(path).toLowerCase()) {
    case '.json':
      return { format: 'json', path };
    case '.csv':
      return { format: 'csv', path };
    case '.pts':
      if (imageCount === 1) return { format: 'pts', path };
      throw new InvalidArgumentError(
        `A .pts file holds one face, but there are ${imageCount} images: give a folder, --out ${path.slice(0, -4)}/.`,
      );
    default:
      throw new InvalidArgumentError(
        `--out takes a file that ends in .json, .csv or .pts, or a folder for .pts files (with / at its end); got ${JSON.stringify(path)}.`,
      );
  }
}
