import type * as tf from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../formats/safetensors.js';
import type { Network } from '../networks/network.js';

/**
 * A prepared batch outside of any backend: what it holds by name, each with one row per sample. It can be made while
 * the network works, and be cut into parts for several threads.
 */
export type Batch = Readonly<Record<string, PlainTensor>>;

/** Numbers that change from step to step, such as k_t of Eq. 8. */
export type Settings = Readonly<Record<string, number>>;

/** What is to be minimised, `loss`, and other scalars worth reporting. */
export type LossTerms = { loss: tf.Scalar } & Readonly<Record<string, tf.Scalar>>;

/** What is to be minimised on a batch. */
export interface Objective {
  /** Names of the networks whose weights change; the others stay as they are. */
  trains: readonly string[];
  /**
   * The loss and what else is worth reporting, scalars that are means over the batch's samples. Called inside a
   * gradient: no reading, no disposing.
   */
  loss: () => LossTerms;
  /**
   * How much these means count beside those of the batch's other parts, when several threads share it: the number of
   * samples by default. A loss that is a mean over something else, visible landmarks say, gives their number.
   */
  weight?: number;
}

/** Makes an objective of a batch. Written as a method, so that each objective may ask for a batch of its own kind. */
export type ObjectiveOn<OwnBatch extends Batch> = {
  /** The objective of a batch. */
  make(batch: OwnBatch, settings: Settings): Objective;
}['make'];

/** Objectives by name. */
export type Objectives<OwnBatch extends Batch = Batch> = Readonly<Record<string, ObjectiveOn<OwnBatch>>>;

/** The networks of a learner. */
export type NetworksByName = Readonly<Record<string, Network>>;

/**
 * The networks that are trained together and the losses they learn from: what a trainer does in this thread or, with
 * `workers`, in several, each with a learner of its own. It depends on nothing but its configuration.
 *
 * A subclass that is to learn in worker threads lies in a module of its own, exports itself by its name, and says where
 * it is:
 *
 * @example
 * export class MyLearner extends HeatmapLearner {
 *   static override readonly module = import.meta.url;
 *   // ...
 * }
 */
export abstract class Learner<Config extends object = object, Networks extends NetworksByName = NetworksByName> {
  /** The URL of the module that exports the class: `import.meta.url`. Only worker threads need it. */
  static readonly module?: string;
  /** The networks by name, also those that are never trained. */
  readonly networks: Networks;
  /**
   * What can be minimised, by name. A subclass gives them their own type, so that a trainer's `step` knows the names.
   * Tensors that an objective makes, for its loss or else, are freed for you.
   */
  abstract get objectives(): Objectives;

  /** @param config Plain data: it is copied to worker threads. */
  constructor(readonly config: Readonly<Config>) {
    this.networks = this.buildNetworks();
  }

  /**
   * Makes the networks from `this.config` alone. Called by the constructor, before a subclass's own fields exist. The
   * learners of this package make each network in a method of its own: to replace one, override that, so that the
   * original is never made.
   */
  protected abstract buildNetworks(): Networks;

  /** Frees the networks. */
  dispose(): void {
    for (const network of Object.values(this.networks)) network.dispose();
  }
}

/** A learner whose objectives take such batches. */
export type LearnerOn<OwnBatch extends Batch> = Learner & { readonly objectives: Objectives<OwnBatch> };
