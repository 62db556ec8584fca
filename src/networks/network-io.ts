import * as tf from '@tensorflow/tfjs-core';
import { InvalidArgumentError, WeightsCorruptError, WeightsMismatchError } from '../errors.js';
import type { Network } from './network.js';

interface SavedNetwork {
  network: string;
  config: object;
}

/** Writes a network's weights and configuration through a tfjs IO handler (`indexeddb://`, a folder, a request, memory). */
export async function saveNetwork(network: Network, handler: tf.io.IOHandler): Promise<tf.io.SaveResult> {
  if (!handler.save) throw new InvalidArgumentError('This tfjs IO handler can only load; give one that saves.');
  const { data, specs } = await tf.io.encodeWeights(network.weights as tf.NamedTensorMap);
  const saved: SavedNetwork = { network: network.kind, config: network.config };
  return handler.save({
    modelTopology: saved,
    format: 'lowres-landmarks',
    weightSpecs: specs,
    weightData: data,
  });
}

/** Makes a network of what {@link saveNetwork} wrote. */
export async function loadNetwork<Made extends Network>(
  handler: tf.io.IOHandler,
  // biome-ignore lint/suspicious/noExplicitAny: each network has a configuration of its own.
  NetworkClass: (new (config: any) => Made) & { readonly kind: string },
): Promise<Made> {
  if (!handler.load) throw new InvalidArgumentError('This tfjs IO handler can only save; give one that loads.');
  const { modelTopology, weightSpecs, weightData } = await handler.load();
  const saved = modelTopology as Partial<SavedNetwork> | undefined;
  if (!saved?.config || !weightSpecs || !weightData) {
    throw new WeightsCorruptError(
      'What was loaded has no configuration or no weights: it was not saved by this library.',
    );
  }
  if (saved.network !== NetworkClass.kind) {
    throw new WeightsMismatchError(`These are weights of a ${saved.network}, not of a ${NetworkClass.kind}.`);
  }
  const network = new NetworkClass(saved.config);
  try {
    // A tidy, because what was decoded before a truncated tensor must be freed too.
    tf.tidy(() => network.setWeights(tf.io.decodeWeights(weightData, weightSpecs)));
    return network;
  } catch (error) {
    network.dispose();
    if (error instanceof WeightsMismatchError) throw error;
    throw new WeightsCorruptError('The weights are truncated or damaged; save the network again.', { cause: error });
  }
}
