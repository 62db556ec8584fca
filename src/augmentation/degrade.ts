import { InvalidImageError } from '../errors.js';
import { cropAndResize } from '../geometry/crop.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { Random } from '../random.js';
import { gaussianBlur } from './gaussian-blur.js';
import { logUniform } from './jitter-box.js';
import { jpegArtifacts } from './jpeg-artifacts.js';

/**
 * Turns a high-resolution face into a low-resolution one without learning, unlike G1, before the network's resampling.
 */
export type Degradation = (face: RgbImage, random: Random) => RgbImage;

/** No degradation: training at high resolution (HR-LD, section 4.4). */
export const keepResolution: Degradation = (face) => face;

/**
 * The operation F of Eq. 4 and the source of setting S1: Gaussian smoothing, then average pooling by 4 (128 to 32
 * pixels). It is a sequence of two 3x3 averages, each followed by a 2x2 average pooling: "four average pooling layers".
 *
 * @throws InvalidImageError unless width and height are multiples of 4.
 */
export const subsample: Degradation = (face) => {
  if (face.width % 4 !== 0 || face.height % 4 !== 0) {
    throw new InvalidImageError(`A face of ${face.width} x ${face.height} pixels: both sides must be multiples of 4.`);
  }
  return halve(average3x3(halve(average3x3(face))));
};

/** Ranges that {@link variedDegradation} draws from. */
export interface VariedDegradationConfig {
  /**
   * Width of the shrunk crop in pixels, drawn log-uniformly. 12-48: faces of 10-40 pixels in crops 1.2 times as wide.
   */
  size: readonly [number, number];
  /** Standard deviation of the blur before the crop is shrunk, in pixels of the *shrunk* crop. */
  blur: readonly [number, number];
  /** Standard deviation of sensor noise, in grey levels of 255. */
  noise: readonly [number, number];
  /** JPEG quality. */
  quality: readonly [number, number];
}

const variedDefaults: VariedDegradationConfig = { size: [12, 48], blur: [0, 0.8], noise: [0, 12], quality: [25, 95] };

/**
 * Blur, shrinking, noise and JPEG compression of random strength, as by cameras and networks. Blur, noise and
 * compression apply to half of the faces each; half are shrunk with smoothing, half by picking pixels, which aliases.
 */
export function variedDegradation(config: Partial<VariedDegradationConfig> = {}): Degradation {
  const { size, blur, noise, quality } = { ...variedDefaults, ...config };
  return (face, random) => {
    const target = Math.round(logUniform(...size, random));
    // Blurred at twice the final size, where a wide blur costs little.
    const source = random.bernoulli(0.5) ? gaussianBlur(shrink(face, 2 * target), 2 * random.uniform(...blur)) : face;
    let image = random.bernoulli(0.5) ? pickPixels(source, target) : shrink(source, target);
    if (random.bernoulli(0.5)) image = addNoise(image, random.uniform(...noise), random);
    if (random.bernoulli(0.5)) return jpegArtifacts(image, random.integer(...quality));
    return image;
  };
}

function shrink(face: RgbImage, size: number): RgbImage {
  return cropAndResize(face, { left: 0, top: 0, side: face.width }, size);
}

function pickPixels({ data, width }: RgbImage, size: number): RgbImage {
  const picked = new Float32Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const column = Math.min(width - 1, Math.floor(((x + 0.5) * width) / size));
      const row = Math.min(width - 1, Math.floor(((y + 0.5) * width) / size));
      for (let channel = 0; channel < 3; channel++) {
        picked[(y * size + x) * 3 + channel] = data[(row * width + column) * 3 + channel]!;
      }
    }
  }
  return { data: picked, width: size, height: size };
}

/** Noise that is half common to the three channels and half their own, as of sensors with a colour filter. */
function addNoise({ data, width, height }: RgbImage, standardDeviation: number, random: Random): RgbImage {
  const noisy = new Float32Array(data.length);
  const share = standardDeviation * Math.SQRT1_2;
  for (let pixel = 0; pixel < data.length; pixel += 3) {
    const common = random.normal(0, share);
    for (let channel = 0; channel < 3; channel++) {
      noisy[pixel + channel] = Math.min(255, Math.max(0, data[pixel + channel]! + common + random.normal(0, share)));
    }
  }
  return { data: noisy, width, height };
}

/** The mean of each pixel and its eight neighbours, the border repeated. */
function average3x3({ data, width, height }: RgbImage): RgbImage {
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let dy = -1; dy <= 1; dy++) {
          const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
          for (let dx = -1; dx <= 1; dx++) sum += data[(row + Math.min(width - 1, Math.max(0, x + dx))) * 3 + channel]!;
        }
        out[(y * width + x) * 3 + channel] = sum / 9;
      }
    }
  }
  return { data: out, width, height };
}

/** 2x2 average pooling. */
function halve({ data, width, height }: RgbImage): RgbImage {
  const out = new Float32Array((data.length / 12) * 3);
  for (let y = 0, target = 0; y < height / 2; y++) {
    for (let x = 0; x < width / 2; x++) {
      const source = (2 * y * width + 2 * x) * 3;
      for (let channel = 0; channel < 3; channel++, target++) {
        const top = data[source + channel]! + data[source + 3 + channel]!;
        const bottom = data[source + width * 3 + channel]! + data[source + width * 3 + 3 + channel]!;
        out[target] = (top + bottom) / 4;
      }
    }
  }
  return { data: out, width: width / 2, height: height / 2 };
}
