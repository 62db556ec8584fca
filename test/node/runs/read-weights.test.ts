import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLandmarkDetector } from '../../../src/detect/create-landmark-detector.js';
import { InvalidArgumentError } from '../../../src/errors.js';
import { HeatmapUNet } from '../../../src/networks/heatmap-unet.js';
import { readWeights } from '../../../src/node/runs/read-weights.js';
import { tinyNetwork, weightValues } from '../../networks/tiny-network.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { expectNoLeak } from '../../support/tensors.js';

it('readWeights reads a saved network, for Network.load and for a detector', async () => {
  const path = join(await temporaryFolder(), 'network.safetensors');
  using network = tinyNetwork({ landmarks: 5 });
  await writeFile(path, await network.save('F32'));
  await expectNoLeak(async () => {
    using loaded = HeatmapUNet.load(await readWeights(path));
    expect(await weightValues(loaded)).toEqual(await weightValues(network));
    using detector = await createLandmarkDetector({ weights: await readWeights(path) });
    const { points } = await detector.detect({ data: new Uint8Array(64), width: 8, height: 8 });
    expect(points).toHaveLength(5);
  });
});

it('readWeights refuses a missing file, and names it', async () => {
  const path = join(await temporaryFolder(), 'missing.safetensors');
  await expect(readWeights(path)).rejects.toThrow(InvalidArgumentError);
  await expect(readWeights(path)).rejects.toThrow(path);
});
