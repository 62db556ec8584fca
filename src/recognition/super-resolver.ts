import type { RgbImage } from '../geometry/rgb-image.js';

/** Enlarges images: settings A1 and A2 (section 4.4) do so before they detect landmarks. */
export interface SuperResolver {
  /** Names it in tables. */
  readonly name: string;
  /** How many times as wide and high the images become. */
  readonly factor: number;
  /** The image, `factor` times as wide and as high. */
  enlarge(image: RgbImage): Promise<RgbImage>;
  /** Frees its resources. */
  dispose?(): void;
}
