import * as tf from '@tensorflow/tfjs-core';
import { checkCapabilities } from './check-capabilities.js';
import { checkDetections } from './check-detections.js';
import { checkForward } from './check-forward.js';
import { checkConvolutions, checkEnlargement, checkMaxPooling, checkNetworkGradients } from './check-gradients.js';
import { checkRepeatability } from './check-repeatability.js';
import { checkSaving } from './check-saving.js';
import { checkTraining } from './check-training.js';
import { checkWarping } from './check-warping.js';
import type { Check, ContractBackend, ContractFixtures, ContractResult } from './contract-types.js';

/** What every backend must do, by the name under which it is reported. */
export const contract: Record<string, Check> = {
  'can train, and says so': checkCapabilities,
  'HeatmapUNet and its folded copy answer as in double precision': checkForward,
  'convolutions of all strides and sizes have the gradients of double precision': checkConvolutions,
  'max-pooling sends gradients to the largest value, also where all are negative': checkMaxPooling,
  'enlargement has the right gradient in every image of a batch': checkEnlargement,
  'the whole network has the gradient that double precision has by finite differences': checkNetworkGradients,
  'images are warped, in batches, as scikit-image warps them': checkWarping,
  'a network is the same after saving and loading': checkSaving,
  'five steps of training end where those of wasm do': checkTraining,
  'the bundled detector finds the points that wasm finds': checkDetections,
  'the same question gets the same answer, bit for bit': checkRepeatability,
};

/**
 * Starts a backend and holds it to the contract. Independent of any test runner: it runs in Node, in a process of its own, and
 * in a browser's page. Of every check it also measures whether tensors are left behind, and whether one was read synchronously.
 */
export async function runContract(backend: ContractBackend, fixtures: ContractFixtures): Promise<ContractResult[]> {
  const registered = await backend.start();
  const results: ContractResult[] = [];
  for (const [name, check] of Object.entries(contract)) {
    const started = performance.now();
    const outcome = await supervise(() => check({ registered, fixtures }));
    results.push({ check: name, ...outcome, milliseconds: Math.round(performance.now() - started) });
  }
  return results;
}

async function supervise(
  check: () => ReturnType<Check>,
): Promise<Pick<ContractResult, 'measurements'> & { error?: string }> {
  const { dataSync } = tf.Tensor.prototype;
  let synchronousReads = 0;
  tf.Tensor.prototype.dataSync = function (this: tf.Tensor) {
    synchronousReads++;
    return dataSync.call(this);
  } as typeof dataSync;
  const before = tf.memory().numTensors;
  try {
    const measurements = await check();
    const left = tf.memory().numTensors - before;
    return {
      measurements: [
        ...measurements,
        { what: 'tensors left behind', value: Math.abs(left), atMost: 0 },
        { what: 'synchronous reads', value: synchronousReads, atMost: 0 },
      ],
    };
  } catch (error) {
    return { measurements: [], error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    tf.Tensor.prototype.dataSync = dataSync;
  }
}
