import { describe, expect, it } from 'vitest';
import { networkPredictor } from '../../src/evaluation/detector-predictor.js';
import { evaluatePredictions } from '../../src/evaluation/evaluate-predictions.js';
import { truthsOf } from '../../src/evaluation/evaluated-face.js';
import { generatedFaces } from '../../src/evaluation/generated-faces.js';
import { predictFaces } from '../../src/evaluation/predict-faces.js';
import { encodeWeightsFile } from '../../src/formats/weights-file.js';
import { boundingBox } from '../../src/geometry/box.js';
import { faceError } from '../../src/metrics/face-error.js';
import { boxSize } from '../../src/metrics/normalizers.js';
import { loadBundledGenerator } from '../../src/training/bundled-generator.js';
import { predictLandmarks } from '../../src/training/predict-landmarks.js';
import { plainWeights } from '../detect/tiny-weights.js';
import { tinyNetwork } from '../networks/tiny-network.js';
import { photograph } from '../support/faces/photograph.js';
import { expectNoLeak } from '../support/tensors.js';

const dataset = {
  scheme: 68 as const,
  length: 3,
  get: async (index: number) => ({ ...photograph(), id: `photo-${index}` }),
  group: (index: number) => `group-${index}`,
};

describe('generatedFaces', () => {
  it('are the very crops that a detector takes around their boxes', async () => {
    await expectNoLeak(async () => {
      using generator = await loadBundledGenerator();
      using network = tinyNetwork({ inputSize: 32, landmarks: 68 });
      const weights = encodeWeightsFile(await plainWeights(network), 'F32');
      const faces = await generatedFaces(generator, dataset, 5);
      const predictor = await networkPredictor(weights, { name: 'tiny' });
      const records = [];
      for await (const record of predictFaces(predictor, faces)) records.push(record);
      predictor.dispose!();
      const predictions = [{ name: 'tiny', scheme: 68 as const, records }];
      const [result] = evaluatePredictions(predictions, await truthsOf(faces), { scheme: 68 });
      // The detector crops exactly what the network is given in the ablation: the whole face.
      const given = await Promise.all([0, 1, 2].map((index) => faces.face(index)));
      const predicted = await predictLandmarks(
        network,
        given.map(({ image }) => image),
      );
      given.forEach(({ points }, index) => {
        const expected = faceError(predicted[index]!, points, boxSize(boundingBox(points)));
        expect(result!.results[0]!.errors[index]).toBeCloseTo(expected, 3);
      });
      expect((await faces.face(1)).id).toBe('photo-1');
    });
  });
});
