import type { RgbImage } from '../../geometry/rgb-image.js';
import type { ImageHeader } from './image-header.js';

/**
 * Decodes the bytes of an image file to upright RGB of 8 bits, whatever it stores (grey, palette, CMYK, alpha, 16 bits). The
 * header's size, where there is one, has been checked. Throws any Error for a file that is corrupt or incomplete.
 */
export type ImageDecoder = (bytes: Uint8Array, header: ImageHeader, maxPixels: number) => Promise<RgbImage>;
