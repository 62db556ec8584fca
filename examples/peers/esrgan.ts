/**
 * UpscalerJS's ESRGAN models (MIT) as super-resolvers, without UpscalerJS: they are Keras models, which tfjs-layers reads from the
 * package's files. What values they take and give, and which layers of their own they have, is what their packages declare.
 */
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, layers, loadLayersModel } from '@tensorflow/tfjs-layers';
import type { RgbImage } from 'lowres-landmarks';
import type { SuperResolver } from 'lowres-landmarks/evaluation';
import { packageModel } from './package-models.js';

/** How many times as wide and as high the images become. */
const FACTOR = 4;

/** The scaled residual of a residual-in-residual block. */
class MultiplyBeta extends layers.Layer {
  static readonly className = 'MultiplyBeta';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul(single(inputs), 0.2);
  }
}

/** Channels become pixels: 48 of them a square of 4 x 4 in three colours. */
class PixelShuffle extends layers.Layer {
  static readonly className = `PixelShuffle${FACTOR}x`;

  override computeOutputShape([batch, height, width, channels]: number[]): (number | null)[] {
    // Sides are null where any image may come.
    const enlarged = (side: number | null | undefined) => (side == null ? null : side * FACTOR);
    return [batch ?? null, enlarged(height), enlarged(width), channels! / FACTOR ** 2];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.depthToSpace(single(inputs) as tf.Tensor4D, FACTOR);
  }
}

/** A model of a package. */
export interface EsrganModel {
  name: string;
  package: string;
  /** Its `model.json` in the package. */
  path: string;
  /** The white of its input and output: 255, or 1 for the models trained with a discriminator. */
  white: number;
}

/** An ESRGAN model as a {@link SuperResolver} of factor 4. */
export class EsrganResolver implements SuperResolver {
  readonly factor = FACTOR;

  private constructor(
    readonly name: string,
    private readonly model: LayersModel,
    private readonly white: number,
  ) {}

  static async load({ name, package: packageName, path, white }: EsrganModel): Promise<EsrganResolver> {
    tf.serialization.registerClass(MultiplyBeta);
    tf.serialization.registerClass(PixelShuffle);
    return new EsrganResolver(name, await loadLayersModel(packageModel(packageName, path)), white);
  }

  async enlarge({ data, width, height }: RgbImage): Promise<RgbImage> {
    const output = tf.tidy(() => {
      const image = tf.tensor4d(Float32Array.from(data), [1, height, width, 3]);
      const enlarged = this.model.apply(tf.mul(image, this.white / 255)) as tf.Tensor;
      return tf.clipByValue(tf.mul(enlarged, 255 / this.white), 0, 255);
    });
    try {
      return { data: (await output.data()) as Float32Array, width: width * FACTOR, height: height * FACTOR };
    } finally {
      output.dispose();
    }
  }

  dispose(): void {
    this.model.dispose();
  }
}

function single(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(inputs) ? inputs[0]! : inputs;
}
