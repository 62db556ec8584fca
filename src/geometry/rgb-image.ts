/** Interleaved RGB pixels, row by row: the one image type inside the library. */
export interface RgbImage {
  /** `width * height * 3` values in 0-255. */
  data: Uint8Array | Uint8ClampedArray | Float32Array;
  width: number;
  height: number;
}
