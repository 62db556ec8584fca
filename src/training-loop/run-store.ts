import type { RgbImage } from '../geometry/rgb-image.js';

/** Where a run keeps its files: a folder in Node (`createRunFolder`), or whatever you make of it in a browser. */
export interface RunStore {
  /** Names the place in messages. */
  readonly location: string;
  /** Replaces a file as a whole: afterwards it holds either its old or its new content, whatever happens meanwhile. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  /** Adds to a file, which is made when missing. */
  append(name: string, content: Uint8Array | string): Promise<void>;
  /** A file's content; undefined when there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /**
   * Keeps a picture; `name` has no extension, as the store chooses the format. Without this method a run keeps no
   * pictures.
   */
  writeImage?(name: string, image: RgbImage): Promise<void>;
}

/** The part of a store under a name: a folder within the folder. */
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
