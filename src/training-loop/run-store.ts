import type { RgbImage } from '../geometry/rgb-image.js';

/** Where a run keeps its files: in Node a run folder (`createRunFolder`), in a browser your own implementation. */
export interface RunStore {
  /** Names the place in messages. */
  readonly location: string;
  /** Replaces a file atomically. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  /** Adds to a file, or creates it. */
  append(name: string, content: Uint8Array | string): Promise<void>;
  /** A file's content; undefined if it does not exist. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Saves a picture in a format of the store's choice; `name` has no extension. Without it a run has no pictures. */
  writeImage?(name: string, image: RgbImage): Promise<void>;
}

/** A subfolder of a store. */
export function subStore(store: RunStore, name: string): RunStore {
  const within = (file: string) => `${name}/${file}`;
  return {
    location: `${store.location}/${name}`,
    write: (file, content) => store.write(within(file), content),
    append: (file, content) => store.append(within(file), content),
    read: (file) => store.read(within(file)),
    ...(store.writeImage && { writeImage: (file, image) => store.writeImage!(within(file), image) }),
  };
}
