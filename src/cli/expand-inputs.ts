import { stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { InvalidArgumentError } from '../errors.js';

const IMAGE_FILE = /\.(jpe?g|png|webp|gif|tiff?|avif)$/i;

/**
 * The image files of a command line, each once, in its order: files whatever their ending, also missing ones, which
 * fail when read; images by their ending in folders and subfolders; matches of glob patterns. The last two are sorted
 * by name, so that results have the same order everywhere.
 *
 * @throws InvalidArgumentError for a folder or pattern without images.
 */
export async function expandInputs(inputs: readonly string[]): Promise<string[]> {
  const found = new Map<string, string>();
  for (const input of inputs) {
    for (const file of await expand(input)) {
      const key = resolve(file);
      if (!found.has(key)) found.set(key, file);
    }
  }
  return [...found.values()];
}

async function expand(input: string): Promise<string[]> {
  const entry = await stat(input).catch(() => undefined);
  if (entry?.isDirectory()) {
    const files = await glob('**/*', { cwd: input, expandDirectories: false });
    return images(files, input).map((file) => join(input, file));
  }
  if (entry || !isDynamicPattern(input)) return [input];
  const pattern = process.platform === 'win32' ? input.replaceAll('\\', '/') : input;
  return images(await glob(pattern, { absolute: isAbsolute(pattern), expandDirectories: false }), input);
}

function images(files: readonly string[], input: string): string[] {
  const matching = files.filter((file) => IMAGE_FILE.test(file)).sort();
  if (matching.length === 0) {
    throw new InvalidArgumentError(
      `No image found in ${input} (looked for .jpg, .png, .webp, .gif, .tif and .avif files).`,
    );
  }
  return matching;
}
