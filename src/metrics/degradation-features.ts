import { InvalidImageError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';

/** Number of rings of frequencies of the cosine transform. */
const RINGS = 8;
/** Keeps logarithms finite, in squared grey levels: below the effect of rounding to 8 bits. */
const FLOOR = 0.05;

/**
 * Features of how a small face was captured rather than whose it is, in which sets of faces are compared. In this
 * order:
 *
 * - 24: for luminance and the two colour differences, the log mean power of the cosine transform in eight rings of
 *   frequency, coarse to fine (blur lowers the fine ones, noise raises them);
 * - 3: the log mean squared diagonal difference of 2x2 pixels, luminance and colours (noise);
 * - 2: how much more neighbours differ across than within columns and rows of two (blocks, repeated pixels);
 * - 4: mean and spread of luminance and of colourfulness.
 *
 * @param face A square of at least 16 pixels, 0..255.
 * @returns 33 finite numbers.
 * @throws InvalidImageError when the face is not such a square.
 */
export function degradationFeatures(face: RgbImage): number[] {
  const { width, height } = face;
  if (width !== height || width < 16) {
    throw new InvalidImageError(`A face of ${width} x ${height} pixels: give a square of at least 16 pixels.`);
  }
  const planes = [plane(face, 0.299, 0.587, 0.114), plane(face, -0.169, -0.331, 0.5), plane(face, 0.5, -0.419, -0.081)];
  const [luminance, blueness, redness] = planes as [Float64Array, Float64Array, Float64Array];
  const colourfulness = luminance.map((_, i) => Math.hypot(blueness[i]!, redness[i]!));
  return [
    ...planes.flatMap((values) => ringPower(values, width)),
    ...planes.map((values) => Math.log(diagonalPower(values, width) + FLOOR)),
    evenness(luminance, width, 1),
    evenness(luminance, width, width),
    ...meanAndSpread(luminance),
    ...meanAndSpread(colourfulness),
  ];
}

function plane({ data, width, height }: RgbImage, red: number, green: number, blue: number): Float64Array {
  return Float64Array.from({ length: width * height }, (_, i) => {
    return red * data[3 * i]! + green * data[3 * i + 1]! + blue * data[3 * i + 2]!;
  });
}

/** Log power of the orthonormal cosine transform in rings around frequency 0, which is left out. */
function ringPower(values: Float64Array, size: number): number[] {
  const transformed = cosineTransform(cosineTransform(values, size), size);
  const power = new Array<number>(RINGS).fill(0);
  const counts = new Array<number>(RINGS).fill(0);
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      if (u + v === 0) continue;
      const ring = Math.min(RINGS - 1, Math.floor((Math.hypot(u, v) / size) * RINGS));
      power[ring]! += transformed[v * size + u]! ** 2;
      counts[ring]!++;
    }
  }
  return power.map((sum, ring) => Math.log(sum / counts[ring]! + FLOOR));
}

/** The transform of each row, transposed: applied twice, that of the image. */
function cosineTransform(values: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let frequency = 0; frequency < size; frequency++) {
    const scale = Math.sqrt((frequency === 0 ? 1 : 2) / size);
    const basis = Float64Array.from({ length: size }, (_, x) => {
      return scale * Math.cos((Math.PI * (2 * x + 1) * frequency) / (2 * size));
    });
    for (let row = 0; row < size; row++) {
      let sum = 0;
      for (let x = 0; x < size; x++) sum += basis[x]! * values[row * size + x]!;
      out[frequency * size + row] = sum;
    }
  }
  return out;
}

/** Mean square of `a - b - c + d` over all 2x2 pixels: edges along an axis cancel, noise does not. */
function diagonalPower(values: Float64Array, size: number): number {
  let sum = 0;
  for (let y = 0; y < size - 1; y++) {
    for (let x = 0; x < size - 1; x++) {
      const i = y * size + x;
      sum += (values[i]! - values[i + 1]! - values[i + size]! + values[i + size + 1]!) ** 2;
    }
  }
  return sum / (size - 1) ** 2 / 4;
}

/** Log ratio of the mean squared differences of neighbours at odd and at even positions. */
function evenness(values: Float64Array, size: number, step: number): number {
  const sums = [FLOOR, FLOOR];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size - 1; x++) {
      const i = step === 1 ? y * size + x : x * size + y;
      sums[x % 2]! += (values[i + step]! - values[i]!) ** 2;
    }
  }
  return Math.log(sums[1]! / sums[0]!);
}

function meanAndSpread(values: Float64Array): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return [mean / 255, Math.sqrt(variance) / 255];
}
