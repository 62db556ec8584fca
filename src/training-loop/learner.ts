import type * as tf from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../formats/safetensors.js';
import type { Network } from '../networks/network.js';

/** A prepared batch: plain numbers by name, each with a row per sample, so that it can be split over threads. */
export type Batch = Readonly<Record<string, PlainTensor>>;

/** Numbers that change from step to step, such as k_t of Eq. 8. */
export type Settings = Readonly<Record<string, number>>;

/** The `loss` to minimise, and other scalars to report. */
export type LossTerms = { loss: tf.Scalar } & Readonly<Record<string, tf.Scalar>>;

/** A loss on a batch, and the networks that minimise it. */
export interface Objective {
  /** Names of the networks whose weights change. */
  trains: readonly string[];
  /** The terms, means over the batch's samples. Called inside a gradient: no reading, no disposing. */
  loss: () => LossTerms;
  /**
   * Weight of these means among those of the batch's other parts, with workers: by default the number of samples. A
   * loss that is a mean over something else, such as visible landmarks, gives their number.
   */
  weight?: number;
}

/** Makes an objective of a batch. As a method type, so that each objective may take a more specific batch. */
export type ObjectiveOn<OwnBatch extends Batch> = {
  /** The objective of a batch. */
  make(batch: OwnBatch, settings: Settings): Objective;
}['make'];

/** Objectives by name. */
export type Objectives<OwnBatch extends Batch = Batch> = Readonly<Record<string, ObjectiveOn<OwnBatch>>>;

/** The networks of a learner. */
export type NetworksByName = Readonly<Record<string, Network>>;

/**
 * The networks that are trained together, and their losses. Made from its configuration alone, so that each worker
 * thread can have a copy.
 *
 * For worker threads, a subclass is exported by its name from a module of its own, with that module's URL:
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
  /** The networks by name, frozen ones included. */
  readonly networks: Networks;
  /**
   * The objectives by name. A subclass narrows the type, so that a trainer's `step` knows the names. Tensors that an
   * objective makes are freed for you.
   */
  abstract get objectives(): Objectives;

  /** @param config Plain data: it is copied to worker threads. */
  constructor(readonly config: Readonly<Config>) {
    this.networks = this.buildNetworks();
  }

  /** Makes the networks from `this.config` alone. Called by the constructor, before a subclass's own fields exist. */
  protected abstract buildNetworks(): Networks;

  /** Frees the networks. */
  dispose(): void {
    for (const network of Object.values(this.networks)) network.dispose();
  }
}

/** A learner whose objectives take such batches. */
export type LearnerOn<OwnBatch extends Batch> = Learner & { readonly objectives: Objectives<OwnBatch> };
