import type { RgbImage } from '../geometry/rgb-image.js';

/**
 * Anything that makes a larger image of a small one: what settings A1 and A2 (section 4.4) do before they look for
 * landmarks.
 */
export interface SuperResolver {
  /** Names it in tables. */
  readonly name: string;
  /** How many times as wide and as high the images become. */
  readonly factor: number;
  /** The image, `factor` times as wide and as high. */
  enlarge(image: RgbImage): Promise<RgbImage>;
  /** Frees what it holds. */
  dispose?(): void;
}
