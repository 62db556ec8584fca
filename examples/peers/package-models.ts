/** Models that npm packages bring along, read from their files: nothing is downloaded. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';

const require = createRequire(import.meta.url);

/**
 * The folder in which a package is installed, also when its `exports` hide its files.
 *
 * @throws Error when it is not installed.
 */
export function packageFolder(name: string): string {
  const folder = (require.resolve.paths(name) ?? []).map((place) => join(place, name)).find(existsSync);
  if (!folder) throw new Error(`${name} is not installed: npm run setup`);
  return folder;
}

/** What `loadGraphModel` and `loadLayersModel` take: a `model.json` of a package, and the weights files beside it. */
export function packageModel(name: string, path: string): tf.io.IOHandler {
  return {
    load: async () => {
      const file = join(packageFolder(name), path);
      return tf.io.getModelArtifactsForJSON(JSON.parse(await readFile(file, 'utf8')), async (manifest) => {
        const parts = await Promise.all(
          manifest.flatMap(({ paths }) => paths.map((part) => readFile(join(dirname(file), part)))),
        );
        const weights = Buffer.concat(parts);
        const { buffer, byteOffset, byteLength } = weights;
        return [
          manifest.flatMap((group) => group.weights),
          buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer,
        ];
      });
    },
  };
}
