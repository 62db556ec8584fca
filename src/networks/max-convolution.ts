import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers, type Shape } from '@tensorflow/tfjs-layers';
import { layHalvesSideBySide } from './max-feature-map.js';

interface MaxConvolutionArgs {
  name: string;
  /** Channels after the max-feature-map: half of the convolution's. */
  filters: number;
  kernelSize: number;
  /** Determines the initial kernel. */
  seed: number;
  /** The initial kernel's variance times its number of inputs. */
  gain: number;
}

const CONVOLUTION = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
const POOLING = { filterSize: [1, 2], strides: [1, 2], pad: 'valid' };

/**
 * A convolution of stride 1 that keeps the size, with a bias, and the max-feature-map of its outputs, as one operation
 * with its own gradient. Composed of tfjs's operations, a training step would hold the convolution's output, the
 * largest tensor, twice, with and without the bias; and tfjs's gradient of a bias is slow on wasm.
 */
export class MaxConvolution extends layers.Layer {
  static className = 'LowResLandmarksMaxConvolution';
  readonly #args: MaxConvolutionArgs;
  #kernel!: LayerVariable;
  #bias!: LayerVariable;

  constructor(args: MaxConvolutionArgs) {
    super({ name: args.name });
    this.#args = args;
  }

  override build(inputShape: Shape): void {
    const { filters, kernelSize, seed, gain } = this.#args;
    const shape = [kernelSize, kernelSize, inputShape.at(-1) as number, 2 * filters];
    const normal = initializers.varianceScaling({ scale: gain, mode: 'fanIn', distribution: 'normal', seed });
    this.#kernel = this.addWeight('kernel', shape, 'float32', normal);
    this.#bias = this.addWeight('bias', [2 * filters], 'float32', initializers.zeros());
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -1), this.#args.filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
    return tf.tidy(() => maxConvolution(x, this.#kernel.read(), this.#bias.read()));
  }
}

const maxConvolution = tf.customGrad((...args) => {
  const [x, filter, bias, save] = args as unknown as [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D, tf.GradSaveFunc];
  const attributes = { ...CONVOLUTION, activation: 'linear' };
  const convolved = layHalvesSideBySide(run('FusedConv2D', { x, filter, bias }, attributes));
  const value = run('MaxPool', { x: convolved }, POOLING);
  save([x, filter, convolved, value]);
  return {
    value,
    // Tidied, or intermediate tensors would live until the step ends.
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
      tf.tidy(() => gradients(dy, saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor4D])),
  };
}) as (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) => tf.Tensor;

/** With respect to x, filter and bias. */
function gradients(
  gradient: tf.Tensor,
  [x, filter, input, output]: [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor4D],
): tf.Tensor[] {
  const [faces, height, width] = x.shape;
  const ofHalves = run('MaxPoolGrad', { dy: gradient, input, output }, POOLING);
  const dy: tf.Tensor4D = tf.reshape(ofHalves, [faces, height, width, filter.shape[3]]);
  return [
    run('Conv2DBackpropInput', { dy, filter }, { ...CONVOLUTION, inputShape: x.shape }),
    run('Conv2DBackpropFilter', { x, dy }, { ...CONVOLUTION, filterShape: filter.shape }),
    sumOverPixels(dy),
  ];
}

/** By pooling: tfjs's wasm backend would transpose the tensor to sum it. */
function sumOverPixels(x: tf.Tensor4D): tf.Tensor1D {
  const [faces, height, width, channels] = x.shape;
  const means = tf.reshape(tf.avgPool(x, [height, width], 1, 'valid'), [faces, channels]);
  return tf.reshape(tf.matMul(tf.fill([1, faces], height * width), means), [channels]);
}

function run(kernel: string, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor4D {
  return tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap) as unknown as tf.Tensor4D;
}
