import * as tf from '@tensorflow/tfjs-core';

interface ConvolutionAttributes {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Rows or columns of zeros added before and after; negative where some are cut off instead. */
type Padding = readonly [before: number, after: number];

function convolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  [rows, columns]: readonly [Padding, Padding],
  dilations: [number, number],
): tf.Tensor4D {
  const added = [rows, columns].map((padding) => padding.map((count) => Math.max(0, count)));
  const attributes = { strides: [1, 1], pad: [[0, 0], ...added, [0, 0]], dataFormat: 'NHWC', dilations };
  return tf.engine().runKernel('Conv2D', { x: cutOff(x, rows, columns), filter }, attributes) as unknown as tf.Tensor4D;
}

function cutOff(x: tf.Tensor4D, rows: Padding, columns: Padding): tf.Tensor4D {
  const [top, bottom, left, right] = [...rows, ...columns].map((count) => Math.max(0, -count)) as [
    number,
    number,
    number,
    number,
  ];
  if (top + bottom + left + right === 0) return x;
  const [batch, height, width, channels] = x.shape;
  return tf.slice(x, [0, top, left, 0], [batch, height - top - bottom, width - left - right, channels]);
}

/** Height, width, input channels, output channels. */
export type FilterShape = [number, number, number, number];

function convolutionInfo(x: number[], filter: number[], { strides, pad, dimRoundingMode }: ConvolutionAttributes) {
  return tf.backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    filter as FilterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** Whether {@link convolutionInputGradient} takes a convolution with these strides. */
export function hasUnitStride(strides: ConvolutionAttributes['strides']): boolean {
  return (Array.isArray(strides) ? strides : [strides, strides]).every((stride) => stride === 1);
}

/**
 * The gradient of a stride-1 convolution with respect to its input: the convolution of `dy` with the filter turned by
 * 180 degrees, its channels exchanged. tfjs-backend-wasm's own kernel is scalar code, 15 times slower than its Conv2D.
 */
export function convolutionInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: number[],
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const { padInfo, filterHeight, filterWidth, outHeight, outWidth, inHeight, inWidth } = convolutionInfo(
    inputShape,
    filter.shape,
    attributes,
  );
  return tf.tidy(() => {
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    const [top, left] = [filterHeight - 1 - padInfo.top, filterWidth - 1 - padInfo.left];
    return convolution(
      dy,
      turned,
      // What the output lacks to be the input's size: with 'same' padding as much as before, without it the filter's
      // overlap.
      [
        [top, inHeight + filterHeight - 1 - outHeight - top],
        [left, inWidth + filterWidth - 1 - outWidth - left],
      ],
      [1, 1],
    );
  });
}

/**
 * The gradient of a convolution with respect to its filter, for backends without such a kernel: again a convolution, of
 * the input with `dy`, where the batch plays the part of the channels. A stride becomes a dilation.
 */
export function convolutionFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: FilterShape,
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const info = convolutionInfo(x.shape, filterShape, attributes);
  const { padInfo, filterHeight, filterWidth, strideHeight, strideWidth, outHeight, outWidth, inHeight, inWidth } =
    info;
  return tf.tidy(() => {
    const isMatrixProduct = filterHeight * filterWidth * strideHeight * strideWidth === 1;
    if (isMatrixProduct && outHeight === inHeight && outWidth === inWidth) {
      const pixels = info.batchSize * inHeight * inWidth;
      const dyTransposed = tf.transpose(tf.reshape(dy, [pixels, info.outChannels]));
      const gradient = tf.matMul(dyTransposed, tf.reshape(x, [pixels, info.inChannels]));
      return tf.reshape(tf.transpose(gradient), filterShape);
    }
    // The padding (negative where the stride leaves pixels of the input unused) that makes the result as large as the
    // filter.
    const bottom = filterHeight + (outHeight - 1) * strideHeight - inHeight - padInfo.top;
    const right = filterWidth + (outWidth - 1) * strideWidth - inWidth - padInfo.left;
    const gradient = convolution(
      tf.transpose(x, [3, 1, 2, 0]),
      tf.transpose(dy, [1, 2, 0, 3]),
      [
        [padInfo.top, bottom],
        [padInfo.left, right],
      ],
      [strideHeight, strideWidth],
    );
    return tf.transpose(gradient, [1, 2, 0, 3]);
  });
}
