import { augmentAligned } from '../augmentation/augment-aligned.js';
import type { Dataset } from '../datasets/dataset.js';
import { groupsOf } from '../datasets/dataset-tools.js';
import type { AlignedSample } from '../datasets/samples.js';
import { DatasetError, InvalidImageError } from '../errors.js';
import { facesToPlainTensor } from '../images/faces-to-tensor.js';
import { nearestMateRate } from '../metrics/nearest-mate.js';
import { disposeOnError } from '../networks/dispose-on-error.js';
import type { IdentityClassifier } from '../networks/identity-classifier.js';
import type { LightCNN29 } from '../networks/light-cnn.js';
import { Random } from '../random.js';
import { embedFaces } from '../recognition/embed-faces.js';
import { LightCnnEmbedder } from '../recognition/light-cnn-embedder.js';
import type { Optimiser } from '../training-loop/optimiser.js';
import type { RunStore } from '../training-loop/run-store.js';
import { Sgd } from '../training-loop/sgd.js';
import { Trainer } from '../training-loop/trainer.js';
import type { Metrics } from '../training-loop/trainer-types.js';
import type { IdentityTrainerConfig } from './identity-config.js';
import { type IdentityBatch, IdentityLearner, type IdentityLearnerConfig } from './identity-learner.js';

/** A run's weights after its last epoch, for `LightCNN29.load`. */
export const LIGHT_CNN_FILE = 'light-cnn.safetensors';

/** The arguments of an {@link IdentityTrainer}. */
export interface IdentityTrainerInput {
  config: IdentityTrainerConfig;
  /** Faces of at least two people, grouped by person. */
  training: Dataset<AlignedSample>;
  /** Held-out faces, of the same people or others; those with a mate among them are measured. May be empty. */
  validation: Dataset<AlignedSample>;
  store?: RunStore;
  /** A trained network of the same architecture to start from (setting L5). It stays the caller's. */
  initial?: LightCNN29;
  /** A subclass of `IdentityLearner` with another network or loss. */
  learner?: new (
    config: IdentityLearnerConfig,
  ) => IdentityLearner;
}

const AUGMENTATION_STREAM = 2;
const DROPOUT_STREAM = 3;

/**
 * Trains LightCNN-29 to classify the people of a training set, by softmax cross entropy and SGD (section 4.3: settings
 * L1 to L5 differ only in how faces are aligned and in the initial weights).
 *
 * After each epoch it measures `top1`, how often the nearest other held-out face shows the same person (cosine of
 * embeddings with flip fusion), and writes the weights to the store.
 *
 * Override `augment` for another augmentation; pass a `learner` to change the network or loss.
 *
 * @throws DatasetError without training faces or with only one person's; WeightsMismatchError when `initial` is of
 *   another architecture.
 * @example
 * const config = resolveIdentityConfig('light-cnn', { scale: 'small' });
 * const { training, validation } = splitByGroup(datasetOf(faces, ({ identity }) => identity), 0.05, config.seed);
 * const trainer = new IdentityTrainer({ config, training, validation, store });
 * trainer.on('epoch', ({ epoch, validation }) => console.log(epoch, validation.top1));
 * await trainer.train({ workers: 2 });
 */
export class IdentityTrainer extends Trainer<IdentityTrainerConfig, IdentityBatch, IdentityLearner> {
  /** The people of the training set, in the order of the classifier's outputs. */
  readonly identities: readonly string[];
  protected readonly name: string = 'IdentityTrainer';
  protected readonly learner: IdentityLearner;
  protected readonly optimisers: Record<string, Optimiser>;
  protected readonly training: Dataset<AlignedSample>;
  protected readonly validation: Dataset<AlignedSample>;
  readonly #columns: ReadonlyMap<string, number>;

  constructor({ config, training, validation, store, initial, learner = IdentityLearner }: IdentityTrainerInput) {
    super(config, training.length, store);
    this.training = training;
    this.validation = validation;
    this.identities = [...groupsOf(training)].sort();
    if (this.identities.length < 2) {
      throw new DatasetError(
        `All ${training.length} training faces show "${this.identities[0]}": a classifier needs at least two people.`,
      );
    }
    this.#columns = new Map(this.identities.map((identity, column) => [identity, column]));
    this.learner = new learner({ ...config, identities: this.identities.length });
    disposeOnError({ learner: this.learner }, () => initial && this.network.setWeights(initial.weights));
    this.optimisers = {
      network: new Sgd(this.network, config.sgd),
      classifier: new Sgd(this.classifier, config.sgd),
    };
  }

  /** LightCNN-29, the learner's. */
  get network(): LightCNN29 {
    return this.learner.networks.network;
  }

  /** The classifier over {@link IdentityTrainer.identities}, the learner's. */
  get classifier(): IdentityClassifier {
    return this.learner.networks.classifier;
  }

  /** With the people, in the order of the classifier's outputs. */
  protected override describeData(): Record<string, unknown> {
    return { ...super.describeData(), identities: this.identities };
  }

  /** Flips and shifts a training face at random. */
  protected augment(face: AlignedSample, random: Random): AlignedSample['image'] {
    return augmentAligned(face.image, this.config.augmentation, random);
  }

  protected override async prepareBatch(indices: readonly number[], epoch: number): Promise<IdentityBatch> {
    const { seed, dropout } = this.config;
    const { embeddingSize } = this.network.config;
    const faces = await Promise.all(indices.map((index) => this.#face(this.training, index)));
    const images = faces.map((face, i) =>
      this.augment(face, new Random(seed, AUGMENTATION_STREAM, epoch, indices[i]!)),
    );
    // Inverted dropout: what remains is scaled up, so that embeddings need no scaling without it.
    const masks = indices.map((index) => {
      const random = new Random(seed, DROPOUT_STREAM, epoch, index);
      return Array.from({ length: embeddingSize }, () => (random.bernoulli(dropout) ? 0 : 1 / (1 - dropout)));
    });
    const columns = indices.map((index) => this.#columns.get(this.training.group(index))!);
    return {
      images: facesToPlainTensor(images),
      identities: { shape: [faces.length], data: Float32Array.from(columns) },
      dropout: { shape: [faces.length, embeddingSize], data: Float32Array.from(masks.flat()) },
    };
  }

  protected override trainStep(batch: IdentityBatch): Promise<Metrics> {
    const { learningRate } = this.state;
    return this.step('identities', batch, (gradients) => {
      for (const optimiser of Object.values(this.optimisers)) optimiser.apply(gradients, learningRate);
    });
  }

  protected override async validate(): Promise<Metrics> {
    await this.store?.write(LIGHT_CNN_FILE, await this.network.save());
    const faces: AlignedSample[] = [];
    for (let index = 0; index < this.validation.length; index++) faces.push(await this.#face(this.validation, index));
    const images = faces.map(({ image }) => image);
    const nameOf = (index: number) => faces[index]!.id;
    const embeddings = await embedFaces(new LightCnnEmbedder(this.network), images, { nameOf });
    const identities = faces.map((_, index) => this.validation.group(index));
    const top1 = nearestMateRate(embeddings, identities);
    return Number.isNaN(top1) ? {} : { top1 };
  }

  async #face(dataset: Dataset<AlignedSample>, index: number): Promise<AlignedSample> {
    const face = await dataset.get(index);
    const { width, height, data } = face.image;
    const size = this.network.config.inputSize;
    if (width !== size || height !== size || data.length !== size * size * 3) {
      throw new InvalidImageError(
        `${face.id} has ${width} x ${height} pixels (${data.length} numbers), the network takes ${size} x ${size} RGB: align it to ${size}.`,
      );
    }
    return face;
  }
}
