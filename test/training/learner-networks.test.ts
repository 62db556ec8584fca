import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { BeganHeatmapDiscriminator } from '../../src/networks/began-heatmap-discriminator.js';
import { ConfidenceDiscriminator } from '../../src/networks/confidence-discriminator.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { HighToLowGenerator } from '../../src/networks/high-to-low-generator.js';
import { IdentityClassifier, type IdentityClassifierConfig } from '../../src/networks/identity-classifier.js';
import { LightCNN29 } from '../../src/networks/light-cnn.js';
import { LowResDiscriminator } from '../../src/networks/low-res-discriminator.js';
import { HeatmapLearner } from '../../src/training/heatmap-learner.js';
import { HighToLowLearner } from '../../src/training/high-to-low-learner.js';
import { IdentityLearner } from '../../src/training/identity-learner.js';
import { SemiSupervisedLearner } from '../../src/training/semi-supervised-learner.js';
import {
  tinyConfig,
  tinyHighToLowInput,
  tinyIdentityConfig,
  tinySemiSupervisedConfig,
} from '../support/faces/tiny-trainings.js';
import { expectNoLeak } from '../support/tensors.js';

class OwnUNet extends HeatmapUNet {}
class OwnGenerator extends HighToLowGenerator {}
class OwnDiscriminator extends LowResDiscriminator {}
class OwnHeatmapDiscriminator extends BeganHeatmapDiscriminator {}
class OwnConfidenceDiscriminator extends ConfidenceDiscriminator {}
class OwnLightCNN extends LightCNN29 {}
class OwnClassifier extends IdentityClassifier {}

class OwnHeatmapLearner extends HeatmapLearner {
  protected override buildNetwork(config: Partial<HeatmapUNetConfig>) {
    return new OwnUNet(config);
  }
}

class OwnHighToLowLearner extends HighToLowLearner {
  protected override buildGenerator(config: object) {
    return new OwnGenerator(config);
  }

  protected override buildDiscriminator(config: object) {
    return new OwnDiscriminator(config);
  }
}

class OwnSemiSupervisedLearner extends SemiSupervisedLearner {
  protected override buildNetwork(config: object) {
    return new OwnUNet(config);
  }

  protected override buildHeatmapDiscriminator(config: object) {
    return new OwnHeatmapDiscriminator(config);
  }

  protected override buildConfidenceDiscriminator(config: object) {
    return new OwnConfidenceDiscriminator(config);
  }
}

class OwnIdentityLearner extends IdentityLearner {
  protected override buildNetwork(config: object) {
    return new OwnLightCNN(config);
  }

  protected override buildClassifier(config: IdentityClassifierConfig) {
    return new OwnClassifier(config);
  }
}

const highToLow = (changes = {}) => tinyHighToLowInput(changes).config;
const semiSupervised = (changes = {}) => tinySemiSupervisedConfig('S4', changes);
const identity = (changes = {}) => ({ ...tinyIdentityConfig(), identities: 3, ...changes });

describe('a learner makes each network once, in a method that a subclass overrides:', () => {
  it.each([
    ['HeatmapLearner', () => new OwnHeatmapLearner(tinyConfig()), { network: OwnUNet }],
    [
      'HighToLowLearner',
      () => new OwnHighToLowLearner(highToLow()),
      { generator: OwnGenerator, discriminator: OwnDiscriminator },
    ],
    [
      'SemiSupervisedLearner',
      () => new OwnSemiSupervisedLearner(semiSupervised()),
      {
        network: OwnUNet,
        heatmapDiscriminator: OwnHeatmapDiscriminator,
        confidenceDiscriminator: OwnConfidenceDiscriminator,
      },
    ],
    ['IdentityLearner', () => new OwnIdentityLearner(identity()), { network: OwnLightCNN, classifier: OwnClassifier }],
  ])('%s leaves no tensor behind', async (_, make, expected) => {
    await expectNoLeak(() => {
      const before = tf.memory().numTensors;
      const learner = make();
      const networks = Object.values(learner.networks);
      const classes = Object.entries(learner.networks).map(([name, network]) => [name, network.constructor]);
      expect(Object.fromEntries(classes)).toEqual(expected);
      const weights = networks.reduce((sum, network) => sum + Object.keys(network.weights).length, 0);
      expect(tf.memory().numTensors - before).toBe(weights);
      learner.dispose();
    });
  });
});

describe('a learner whose last network throws disposes the others:', () => {
  const wrong = { widths: [0] };
  it.each([
    ['HighToLowLearner', () => new HighToLowLearner(highToLow({ discriminator: wrong }))],
    ['SemiSupervisedLearner', () => new SemiSupervisedLearner(semiSupervised({ confidenceDiscriminator: wrong }))],
    ['IdentityLearner', () => new IdentityLearner(identity({ identities: 1 }))],
  ])('%s', async (_, make) => {
    await expectNoLeak(() => expect(make).toThrow(InvalidArgumentError));
  });
});
