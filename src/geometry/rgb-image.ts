/** Interleaved RGB pixels, row by row, values 0-255. The one image type inside the library; `detect/` and `node/` make it from what callers have. */
export interface RgbImage {
  /** `width * height * 3` values in 0-255. */
  data: Uint8Array | Uint8ClampedArray | Float32Array;
  width: number;
  height: number;
}
