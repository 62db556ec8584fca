/**
 * Interleaved RGB pixels, row by row, values 0-255: the one image type inside the library. Every other input is
 * converted to it.
 */
export interface RgbImage {
  /** `width * height * 3` values in 0-255. */
  data: Uint8Array | Uint8ClampedArray | Float32Array;
  width: number;
  height: number;
}
