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
}
