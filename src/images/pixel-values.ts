import { InvalidImageError } from '../errors.js';

type PixelValues = Uint8Array | Uint8ClampedArray | Float32Array;

/**
 * Grey, RGB or RGBA values as a new array of RGB, without alpha (see `toRgbImage`). Bytes stay bytes and floats floats,
 * but not of the given class, which may be Node's Buffer (whose `slice` shares memory) or another realm's.
 */
export function interleavedRgb(values: PixelValues, channels: 1 | 3 | 4): Uint8Array | Float32Array {
  const length = (values.length / channels) * 3;
  const rgb = values.BYTES_PER_ELEMENT === 4 ? new Float32Array(length) : new Uint8Array(length);
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let source = 0, target = 0; target < length; source += channels, target += 3) {
    rgb[target] = values[source]!;
    rgb[target + 1] = values[source + green]!;
    rgb[target + 2] = values[source + blue]!;
  }
  return rgb;
}

/** Overshoot of resampling in single precision. */
const ROUNDING = 0.01;

/**
 * Float pixels, checked to be 0-255. Images in [0, 1], almost black, are refused too; the message says how to scale
 * them.
 *
 * @throws InvalidImageError with the first wrong value and its index.
 */
export function floatPixels<T extends Float32Array | Int32Array>(values: T): T {
  let highest = 0;
  let fractional = false;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!(value >= -ROUNDING && value <= 255 + ROUNDING)) throw outOfRange(values, index);
    if (value > highest) highest = value;
    fractional ||= value % 1 !== 0;
  }
  if (highest <= 1 && fractional) {
    throw new InvalidImageError(`Pixels must be 0-255; the highest is ${highest}. Scaled to [0, 1]? Multiply by 255.`);
  }
  return values;
}

function outOfRange(values: Float32Array | Int32Array, index: number): InvalidImageError {
  const value = values[index]!;
  const found = `Pixels must be finite numbers in 0-255; the value at index ${index} is ${value}.`;
  // Decided by all values: one overshoot of a sharpening filter is no image in [-1, 1].
  const signedUnit = Number.isFinite(value) && values.every((other) => Math.abs(other) <= 1);
  return new InvalidImageError(signedUnit ? `${found} Scaled to [-1, 1]? Use (x + 1) * 127.5.` : found);
}
