import { DatasetError } from '../errors.js';

/** How to read a file's bytes, and its name for messages. */
export interface MatContext {
  source: string;
  littleEndian: boolean;
}

/** A data element: its type and its bytes. */
export interface MatElement {
  type: number;
  data: DataView;
}

/** Types of data elements, by their names in the format's description. */
export const mi = { INT32: 5, UINT32: 6, MATRIX: 14, COMPRESSED: 15 } as const;

const TAG_BYTES = 8;

/** @throws DatasetError always: the file's bytes contradict themselves. */
export function damaged({ source }: MatContext, what: string): never {
  throw new DatasetError(`${source} is truncated or damaged: ${what}. Copy it again, or save it again with save -v7.`);
}

/** The data elements of a stretch of bytes, one after the other. No element reaches beyond the stretch. */
export class MatElements {
  readonly #view: DataView;
  readonly #context: MatContext;
  #offset = 0;

  constructor(view: DataView, context: MatContext) {
    this.#view = view;
    this.#context = context;
  }

  /** Bytes left. */
  get remaining(): number {
    return this.#view.byteLength - this.#offset;
  }

  /** The next element, called `what` in messages. @throws DatasetError when it is missing or reaches beyond the end. */
  next(what: string): MatElement {
    if (this.remaining < TAG_BYTES) damaged(this.#context, `it ends before ${what}`);
    const tag = this.#view.getUint32(this.#offset, this.#context.littleEndian);
    // A small element has its length in the tag's upper half and up to four bytes of data in the tag's second word.
    const smallLength = tag >>> 16;
    if (smallLength > 0) {
      if (smallLength > 4) damaged(this.#context, `${what} claims ${smallLength} bytes where 4 fit`);
      return this.#take(tag & 0xffff, this.#offset + 4, smallLength, TAG_BYTES);
    }
    const length = this.#view.getUint32(this.#offset + 4, this.#context.littleEndian);
    if (length > this.remaining - TAG_BYTES) {
      damaged(this.#context, `${what} claims ${length} bytes where ${this.remaining - TAG_BYTES} are left`);
    }
    // Elements are padded to eight bytes, except compressed ones and perhaps the last.
    const stored = tag === mi.COMPRESSED ? length : Math.ceil(length / 8) * 8;
    return this.#take(tag, this.#offset + TAG_BYTES, length, Math.min(TAG_BYTES + stored, this.remaining));
  }

  #take(type: number, start: number, length: number, advance: number): MatElement {
    this.#offset += advance;
    return { type, data: new DataView(this.#view.buffer, this.#view.byteOffset + start, length) };
  }
}
