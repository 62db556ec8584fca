/**
 * What a camera does to a small face. Training uses none of it (see `degrade.ts`), so that an evaluation shows how a
 * detector does on images that it was not trained for.
 */
import type { RgbImage } from '../geometry/rgb-image.js';
import type { Random } from '../random.js';

/** Weights of neighbours, `dx` and `dy` pixels away; they sum to 1. */
type Kernel = { dx: number; dy: number; weight: number }[];

/** Blur along a line of `length` pixels, as of a camera or face that moves during the exposure. */
export function motionBlur(image: RgbImage, length: number, angle: number): RgbImage {
  const steps = Math.max(2, Math.ceil(4 * length));
  const weights = new Map<string, Kernel[number]>();
  for (let step = 0; step < steps; step += 1) {
    const along = length * ((step + 0.5) / steps - 0.5);
    splat(weights, along * Math.cos(angle), along * Math.sin(angle), 1 / steps);
  }
  return convolve(image, [...weights.values()]);
}

/** Blur by a disc, the image of a point that is out of focus. */
export function defocus(image: RgbImage, radius: number): RgbImage {
  const reach = Math.ceil(radius);
  const kernel: Kernel = [];
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      // A soft edge of one pixel, so that the blur grows smoothly with the radius.
      const weight = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(dx, dy)));
      if (weight > 0) kernel.push({ dx, dy, weight });
    }
  }
  const sum = kernel.reduce((total, { weight }) => total + weight, 0);
  const normalized = kernel.map(({ dx, dy, weight }) => ({ dx, dy, weight: weight / sum }));
  return convolve(image, normalized);
}

/** Shot noise of a sensor that counts `photons` where the image is white: brighter pixels are noisier. */
export function shotNoise(image: RgbImage, photons: number, random: Random): RgbImage {
  return mapValues(image, (value) => (255 * poisson((photons * value) / 255, random)) / photons);
}

/** A tone curve: under 1 brightens, over 1 darkens. */
export function gamma(image: RgbImage, exponent: number): RgbImage {
  return mapValues(image, (value) => 255 * (value / 255) ** exponent);
}

/** Sharpening as cameras do it: adds `amount` times what a 3x3 blur takes away. */
export function unsharpMask(image: RgbImage, amount: number): RgbImage {
  const [edge, corner] = [1 / 8, 1 / 16];
  const blurred = convolve(image, [
    { dx: 0, dy: 0, weight: 1 / 4 },
    ...[-1, 1].flatMap((side) => [
      { dx: side, dy: 0, weight: edge },
      { dx: 0, dy: side, weight: edge },
      { dx: side, dy: -1, weight: corner },
      { dx: side, dy: 1, weight: corner },
    ]),
  ]);
  return mapValues(image, (value, index) => value + amount * (value - blurred.data[index]!));
}

function convolve({ data, width, height }: RgbImage, kernel: Kernel): RgbImage {
  const out = new Float32Array(data.length);
  for (const { dx, dy, weight } of kernel) {
    const columns = Int32Array.from({ length: width }, (_, x) => 3 * Math.min(width - 1, Math.max(0, x + dx)));
    for (let y = 0, target = 0; y < height; y += 1) {
      const row = Math.min(height - 1, Math.max(0, y + dy)) * width * 3;
      for (let x = 0; x < width; x += 1, target += 3) {
        const source = row + columns[x]!;
        out[target]! += weight * data[source]!;
        out[target + 1]! += weight * data[source + 1]!;
        out[target + 2]! += weight * data[source + 2]!;
      }
    }
  }
  return { data: out, width, height };
}

/** Divides a weight at a place between pixels among the four pixels around it. */
function splat(weights: Map<string, Kernel[number]>, x: number, y: number, weight: number): void {
  for (const dx of [Math.floor(x), Math.floor(x) + 1]) {
    for (const dy of [Math.floor(y), Math.floor(y) + 1]) {
      const share = weight * (1 - Math.abs(x - dx)) * (1 - Math.abs(y - dy));
      if (share === 0) continue;
      const key = `${dx},${dy}`;
      weights.set(key, { dx, dy, weight: share + (weights.get(key)?.weight ?? 0) });
    }
  }
}

function mapValues(image: RgbImage, change: (value: number, index: number) => number): RgbImage {
  const data = Float32Array.from(image.data, (value, index) => Math.min(255, Math.max(0, change(value, index))));
  return { data, width: image.width, height: image.height };
}

/** A Poisson-distributed number: Knuth's algorithm for small means, the normal approximation for large ones. */
function poisson(mean: number, random: Random): number {
  if (mean > 40) return Math.max(0, Math.round(random.normal(mean, Math.sqrt(mean))));
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; count += 1) product *= random.uniform();
  return Math.max(0, count);
}
