import { resolve } from 'node:path';
import { DatasetError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import { groupBy } from '../group-by.js';

/**
 * Finds the boxes of each image; undefined for one that the file does not list. A name in the boxes file is a path or
 * the end of one; the longest that matches an image counts. If none does, base names are compared, so that a boxes file
 * written in another folder works too.
 *
 * @throws DatasetError when one name matches two images, or two names match one image.
 */
export function matchBoxes(boxes: ReadonlyMap<string, Box[]>, images: readonly string[]): (Box[] | undefined)[] {
  const pathOf = (name: string) => withSlashes(name).replace(/^(\.\/)+/, '');
  const nameByPath = new Map(Array.from(boxes.keys(), (name) => [pathOf(name), name]));
  const namesByBase = groupBy(boxes.keys(), (name) => pathOf(name).slice(pathOf(name).lastIndexOf('/') + 1));
  const imageByName = new Map<string, string>();
  return images.map((image) => {
    const name = nameFor(image, nameByPath, namesByBase);
    if (name === undefined) return undefined;
    const other = imageByName.get(name);
    if (other !== undefined) {
      throw new DatasetError(
        `The boxes of ${JSON.stringify(name)} could be those of ${other} or of ${image}: put the folder before the name.`,
      );
    }
    imageByName.set(name, image);
    return boxes.get(name);
  });
}

function nameFor(
  image: string,
  nameByPath: ReadonlyMap<string, string>,
  namesByBase: ReadonlyMap<string, string[]>,
): string | undefined {
  const path = withSlashes(resolve(image));
  const whole = nameByPath.get(path);
  if (whole !== undefined) return whole;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const name = nameByPath.get(path.slice(slash + 1));
    if (name !== undefined) return name;
  }
  const candidates = namesByBase.get(path.slice(path.lastIndexOf('/') + 1)) ?? [];
  if (candidates.length > 1) {
    throw new DatasetError(
      `The boxes of ${image} could be those of ${JSON.stringify(candidates[0])} or of ${JSON.stringify(candidates[1])}: ` +
        'name it in the boxes file by its folder too.',
    );
  }
  return candidates[0];
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
