import { InvalidArgumentError } from '../errors.js';

/**
 * How values between pixels are computed:
 *
 * - `bilinear`: from the 4 pixels around;
 * - `bicubic`: from the 16 pixels around, by Keys' cubic convolution with a = -0.5 (Catmull-Rom, 1981), as MATLAB,
 *   Pillow's `resize`, scikit-image's `warp` and the super-resolution literature do; OpenCV and PyTorch use -0.75,
 *   sharper with more ringing. Values may overshoot.
 */
export type Interpolation = 'bilinear' | 'bicubic';

/** An interpolation along one axis. */
export interface InterpolationKernel {
  /** How many pixels are read. */
  taps: number;
  /** The first of them, relative to the pixel at or before the position. */
  first: number;
  /** Writes their weights for a position `t` (0 to 1) past that pixel. */
  weigh: (t: number, weights: Float64Array) => void;
}

const kernels: Readonly<Record<Interpolation, InterpolationKernel>> = {
  bilinear: {
    taps: 2,
    first: 0,
    weigh: (t, weights) => {
      weights[0] = 1 - t;
      weights[1] = t;
    },
  },
  bicubic: {
    taps: 4,
    first: -1,
    weigh: (t, weights) => {
      weights[0] = t * (-0.5 + t * (1 - 0.5 * t));
      weights[1] = 1 + t * t * (-2.5 + 1.5 * t);
      weights[2] = t * (0.5 + t * (2 - 1.5 * t));
      weights[3] = t * t * (-0.5 + 0.5 * t);
    },
  },
};

/** @throws InvalidArgumentError for an unknown interpolation. */
export function interpolationKernel(interpolation: Interpolation): InterpolationKernel {
  if (Object.hasOwn(kernels, interpolation)) return kernels[interpolation];
  throw new InvalidArgumentError(
    `Unknown interpolation ${JSON.stringify(interpolation)}: use one of ${Object.keys(kernels).join(', ')}.`,
  );
}

/** The nearest valid index into `length` pixels: how the border is repeated. */
export function clampIndex(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}
