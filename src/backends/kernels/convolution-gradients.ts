import * as tf from '@tensorflow/tfjs-core';

interface ConvolutionAttributes {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function convolution(x: tf.Tensor4D, filter: tf.Tensor4D, pad: number[][], dilations: [number, number]): tf.Tensor4D {
  return tf
    .engine()
    .runKernel(
      'Conv2D',
      { x, filter },
      { strides: [1, 1], pad, dataFormat: 'NHWC', dilations },
    ) as unknown as tf.Tensor4D;
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
 * The gradient of a stride-1 convolution with respect to its input: the convolution of `dy` with the filter turned by 180
 * degrees, its channels exchanged. tfjs-backend-wasm's own kernel is scalar code, 15 times slower than its Conv2D.
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
      // What the output lacks to be the input's size: with 'same' padding as much as before, without it the filter's overlap.
      [
        [0, 0],
        [top, inHeight + filterHeight - 1 - outHeight - top],
        [left, inWidth + filterWidth - 1 - outWidth - left],
        [0, 0],
      ],
      [1, 1],
    );
  });
}

/**
 * The gradient of a convolution with respect to its filter, for backends without such a kernel: again a convolution, of the
 * input with `dy`, where the batch plays the part of the channels. A stride becomes a dilation.
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
    if (filterHeight * filterWidth * strideHeight * strideWidth === 1) {
      const pixels = info.batchSize * inHeight * inWidth;
      const dyTransposed = tf.transpose(tf.reshape(dy, [pixels, info.outChannels]));
      const gradient = tf.matMul(dyTransposed, tf.reshape(x, [pixels, info.inChannels]));
      return tf.reshape(tf.transpose(gradient), filterShape);
    }
    // The padding (negative where the stride leaves pixels of the input unused) that makes the result as large as the filter.
    const bottom = filterHeight + (outHeight - 1) * strideHeight - inHeight - padInfo.top;
    const right = filterWidth + (outWidth - 1) * strideWidth - inWidth - padInfo.left;
    const used = bottom < 0 || right < 0 ? cutOff(x, Math.min(0, bottom), Math.min(0, right)) : x;
    const gradient = convolution(
      tf.transpose(used, [3, 1, 2, 0]),
      tf.transpose(dy, [1, 2, 0, 3]),
      [
        [0, 0],
        [padInfo.top, Math.max(0, bottom)],
        [padInfo.left, Math.max(0, right)],
        [0, 0],
      ],
      [strideHeight, strideWidth],
    );
    return tf.transpose(gradient, [1, 2, 0, 3]);
  });
}

function cutOff(x: tf.Tensor4D, rows: number, columns: number): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  return tf.slice(x, [0, 0, 0, 0], [batch, height + rows, width + columns, channels]);
}
