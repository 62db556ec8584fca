import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { InvalidArgumentError, WeightsCorruptError, WeightsMismatchError } from '../errors.js';
import { decodeSafetensors, encodeSafetensors, type PlainTensor, type TensorFile } from './safetensors.js';

/** A network's weights outside any backend, and what is needed to rebuild it. */
export interface NetworkWeights {
  /** The kind of network, for example `HeatmapUNet`. */
  network: string;
  config: unknown;
  tensors: Record<string, PlainTensor>;
}

/**
 * Writes weights as a safetensors file whose metadata hold the network's kind, its configuration and a checksum.
 *
 * @param precision `F16` (default) halves the file, and changes detections by less than a hundredth of a pixel.
 * @throws InvalidArgumentError when the network has no kind: nothing could load the file.
 */
export function encodeWeightsFile(weights: NetworkWeights, precision: 'F16' | 'F32' = 'F16'): Uint8Array {
  const { network, config, tensors } = weights;
  if (!network) throw new InvalidArgumentError('The network has no kind: give its class a `static readonly kind`.');
  const described = { network, config: JSON.stringify(config) };
  const unsigned = encodeSafetensors({ tensors, metadata: described }, precision);
  const checksum = checksumOf(decodeSafetensors(unsigned));
  return encodeSafetensors({ tensors, metadata: { ...described, checksum } }, precision);
}

/**
 * Reads what {@link encodeWeightsFile} wrote.
 *
 * @param network The kind of network that is wanted; any by default.
 * @throws InvalidArgumentError when `file` is not bytes; WeightsCorruptError when it is damaged; WeightsMismatchError
 *   when it holds another kind of network.
 */
export function decodeWeightsFile(file: Uint8Array, network?: string): NetworkWeights {
  if (!(file instanceof Uint8Array)) {
    throw new InvalidArgumentError('weights must be the content of a weights file as a Uint8Array.');
  }
  const { tensors, metadata } = decodeSafetensors(file);
  if (!metadata.network || metadata.network !== (network ?? metadata.network)) {
    const wanted = network ?? 'network of this library';
    throw new WeightsMismatchError(`These are weights of a "${metadata.network}", not of a ${wanted}.`);
  }
  const checksum = checksumOf({ tensors, metadata });
  if (metadata.checksum !== checksum) {
    throw new WeightsCorruptError(
      `The weights' checksum is ${checksum}, but the file says ${metadata.checksum}: it is damaged. Get or save it again.`,
    );
  }
  return { network: metadata.network, config: parseConfig(metadata.config), tensors };
}

function parseConfig(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = "The weights' configuration is not JSON: the file is damaged. Get or save it again.";
    throw new WeightsCorruptError(message, { cause });
  }
}

/** SHA-256 over the configuration and the tensors' names, shapes and values. */
function checksumOf({ tensors, metadata }: TensorFile): string {
  const hash = sha256.create();
  hash.update(new TextEncoder().encode(metadata.config ?? ''));
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    hash.update(new TextEncoder().encode(`${name}[${shape.join()}]`));
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return bytesToHex(hash.digest());
}
