import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers, type Shape } from '@tensorflow/tfjs-layers';

/** Least length that vectors are divided by; PyTorch's default. */
const EPSILON = 1e-12;

/** Estimates of a matrix's first singular vectors and largest singular value. */
interface SpectralEstimate {
  /** Right vector, `[columns, 1]`. */
  u: tf.Tensor2D;
  /** Left vector, `[rows, 1]`. */
  v: tf.Tensor2D;
  /** `v^T W u`. */
  sigma: tf.Scalar;
}

/**
 * Estimates the spectral norm of a matrix W by the power method (Miyato et al., Spectral Normalization for GANs,
 * algorithm 1): `v = W u / |W u|` and, with `advance`, `u = W^T v / |W^T v|`. The caller disposes the result.
 *
 * @param matrix `[rows, columns]`; a convolution's kernel as `[height * width * in, out]`.
 * @param u The previous estimate's, `[columns, 1]`, of length 1.
 */
export function estimateSpectralNorm(matrix: tf.Tensor2D, u: tf.Tensor2D, advance: boolean): SpectralEstimate {
  return tf.tidy(() => {
    const v = normalize(tf.matMul(matrix, u));
    const next = advance ? normalize(tf.matMul(matrix, v, true)) : tf.clone(u);
    const sigma = tf.sum(tf.mul(v, tf.matMul(matrix, next))) as tf.Scalar;
    return { u: next, v, sigma };
  });
}

/**
 * W / sigma (Eq. 3), with the gradient through W alone: u and v are constants. The caller disposes the result.
 *
 * @param kernel Of any shape whose last dimension is the outputs.
 */
export function divideBySpectralNorm(kernel: tf.Tensor, { u, v, sigma }: SpectralEstimate): tf.Tensor {
  const divide = tf.customGrad((...args) => {
    const [weights, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
    const normalized = tf.div(weights, sigma);
    save([normalized, u, v, sigma]);
    return {
      value: normalized,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [normalized, u, v, sigma] = saved as [tf.Tensor, tf.Tensor2D, tf.Tensor2D, tf.Scalar];
        // d(W / sigma) = dW / sigma - W / sigma^2 dsigma, and dsigma = v^T dW u.
        const along = tf.sum(tf.mul(dy, normalized));
        const throughSigma = tf.reshape(tf.matMul(tf.mul(v, along), u, false, true), kernel.shape);
        return tf.div(tf.sub(dy, throughSigma), sigma);
      },
    };
  });
  return divide(kernel);
}

function normalize(vector: tf.Tensor2D): tf.Tensor2D {
  return tf.div(vector, tf.maximum(tf.norm(vector), EPSILON));
}

interface SpectralLayerArgs {
  name: string;
  /** Determines the initial kernel and u. */
  seed: number;
}

/**
 * A kernel, a bias, and u, which is saved with the weights and advanced by one power iteration per call with
 * `training`.
 */
abstract class SpectralLayer extends layers.Layer {
  readonly #seed: number;
  #kernel!: LayerVariable;
  #bias!: LayerVariable;
  #u!: LayerVariable;

  constructor({ name, seed }: SpectralLayerArgs) {
    super({ name });
    this.#seed = seed;
  }

  /** The kernel's shape, outputs last. */
  protected abstract kernelShape(inputShape: Shape): number[];
  /** The layer with its normalised kernel. */
  protected abstract run(input: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor1D): tf.Tensor;

  override build(inputShape: Shape): void {
    const shape = this.kernelShape(inputShape);
    const outputs = shape.at(-1)!;
    const kernel = initializers.heNormal({ seed: this.#seed });
    const direction = initializers.randomNormal({ seed: this.#seed + 1 });
    this.#kernel = this.addWeight('kernel', shape, 'float32', kernel);
    this.#bias = this.addWeight('bias', [outputs], 'float32', initializers.zeros());
    this.#u = this.addWeight('u', [outputs, 1], 'float32', direction, undefined, false);
    tf.tidy(() => void this.#u.write(normalize(this.#u.read() as tf.Tensor2D)));
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
      const kernel = this.#kernel.read();
      const matrix = tf.reshape(kernel, [-1, kernel.shape.at(-1)!]) as tf.Tensor2D;
      const estimate = estimateSpectralNorm(matrix, this.#u.read() as tf.Tensor2D, training);
      if (training) this.#u.write(estimate.u);
      return this.run(x, divideBySpectralNorm(kernel, estimate), this.#bias.read() as tf.Tensor1D);
    });
  }
}

/** A convolution of stride 1 that keeps the size, with spectral normalisation. */
export class SpectralConvolution extends SpectralLayer {
  static className = 'LowResLandmarksSpectralConvolution';
  readonly #filters: number;
  readonly #kernelSize: number;

  constructor({ filters, kernelSize, ...rest }: SpectralLayerArgs & { filters: number; kernelSize: number }) {
    super(rest);
    this.#filters = filters;
    this.#kernelSize = kernelSize;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -1), this.#filters];
  }

  protected override kernelShape(inputShape: Shape): number[] {
    return [this.#kernelSize, this.#kernelSize, inputShape.at(-1)!, this.#filters];
  }

  protected override run(x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor1D): tf.Tensor {
    const inputs = { x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias };
    return tf.fused.conv2d({ ...inputs, strides: 1, pad: 'same', activation: 'linear' });
  }
}

/** A fully connected layer with spectral normalisation. */
export class SpectralDense extends SpectralLayer {
  static className = 'LowResLandmarksSpectralDense';
  readonly #units: number;

  constructor({ units, ...rest }: SpectralLayerArgs & { units: number }) {
    super(rest);
    this.#units = units;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -1), this.#units];
  }

  protected override kernelShape(inputShape: Shape): number[] {
    return [inputShape.at(-1)!, this.#units];
  }

  protected override run(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor1D): tf.Tensor {
    return tf.add(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D), bias);
  }
}
