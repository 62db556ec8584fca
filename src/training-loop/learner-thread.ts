import * as tf from '@tensorflow/tfjs-core';
import { InvalidArgumentError } from '../errors.js';
import { importInThread } from '../workers/import-in-thread.js';
import { computeGradients, readMetrics } from './gradients.js';
import type { Learner } from './learner.js';
import { SharedWeights } from './shared-weights.js';
import type { LearnerThreadAnswer, LearnerThreadSetup, LearnerThreadTask } from './worker-gradients.js';

/** The worker of `WorkerGradients`. */
export async function prepare({ module, className, config, memory: buffer, layout }: LearnerThreadSetup) {
  const learner = await makeLearner(module, className, config);
  const memory = new SharedWeights(learner, buffer);
  if (memory.layout !== layout) {
    throw new InvalidArgumentError(
      `${className} builds other networks in a worker thread than in the program: make them from its configuration alone.`,
    );
  }
  return async ({ objective, batch, settings, part }: LearnerThreadTask): Promise<LearnerThreadAnswer> => {
    memory.load();
    const { gradients, values, names, weight } = computeGradients(learner, objective, batch, settings);
    try {
      await memory.writePart(part, gradients);
      return { metrics: await readMetrics({ values, names }), weight, gradients: memory.namesIn(gradients) };
    } finally {
      tf.dispose([gradients, values]);
    }
  };
}

async function makeLearner(module: string, className: string, config: object): Promise<Learner> {
  const exported = Object.values(await importInThread(module)) as unknown[];
  const Class = exported.find((value) => typeof value === 'function' && value.name === className);
  if (!Class) {
    throw new InvalidArgumentError(`${module} does not export ${className}: worker threads need it. Export the class.`);
  }
  return new (Class as new (config: object) => Learner)(config);
}
