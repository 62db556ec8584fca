import type { HeatmapPoint } from '../heatmaps/decode.js';
import { NetworkCropLandmarks } from './crop-landmarks.js';
import { FoldedHeatmapUNet } from './folded-heatmap-unet.js';
import type { CropThreadSetup, CropThreadTask } from './pooled-crop-landmarks.js';

/** The worker of `PooledCropLandmarks`. */
export async function prepare({ weights, decoder }: CropThreadSetup) {
  const crops = new NetworkCropLandmarks(new FoldedHeatmapUNet(weights), decoder);
  return ({ size, pixels }: CropThreadTask): Promise<HeatmapPoint[][]> => {
    const perFace = size * size * 3;
    const faces = Array.from({ length: pixels.length / perFace }, (_, face) => ({
      data: pixels.subarray(face * perFace, (face + 1) * perFace),
      width: size,
      height: size,
    }));
    return crops.find(faces, () => {});
  };
}
