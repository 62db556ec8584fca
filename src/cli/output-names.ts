import { dirname, extname, relative, resolve, sep } from 'node:path';
import { InvalidArgumentError } from '../errors.js';

/**
 * A name without ending for what is written about each image: its path from the folder that all images share, so that
 * `day1/a.jpg` and `day2/a.jpg` do not overwrite each other.
 *
 * @throws InvalidArgumentError when two images differ by their ending only, and so would share a name.
 */
export function outputNames(images: readonly string[]): string[] {
  const folder = sharedFolder(images.map((image) => dirname(resolve(image))));
  const imageByName = new Map<string, string>();
  for (const image of images) {
    const path = relative(folder, resolve(image));
    const name = path.slice(0, path.length - extname(path).length);
    const other = imageByName.get(name);
    if (other !== undefined) {
      throw new InvalidArgumentError(
        `The files written for ${other} and ${image} would have the same name: run them apart.`,
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
