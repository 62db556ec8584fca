import { type SimdKernel, sizeOf } from './simd-kernel.js';

/**
 * Kernels that tfjs does not have, for what it composes of many: `backends/fused-operations.ts` calls them by name.
 */

/** x -> mean and biased variance of each channel. */
export const batchMomentsKernel: SimdKernel = (module, { x }) => {
  const channels = x!.shape.at(-1)!;
  const [mean, variance] = [module.output([channels]), module.output([channels])];
  const [to, toVariance] = [module.address(mean), module.address(variance)];
  module.kernels.batchMoments(module.address(x!), sizeOf(x!.shape) / channels, channels, to, toVariance);
  return [mean, variance];
};

/** x, mean, variance, gamma, beta -> gamma * (x - mean) / sqrt(variance + epsilon) + beta. */
export const batchNormalizeKernel: SimdKernel = (module, { x, mean, variance, gamma, beta }, { epsilon }) => {
  const channels = x!.shape.at(-1)!;
  const y = module.output(x!.shape);
  const inputs = [x!, mean!, variance!, gamma!, beta!].map((tensor) => module.address(tensor));
  module.kernels.batchNormalize(...inputs, epsilon as number, module.address(y), sizeOf(x!.shape) / channels, channels);
  return y;
};

/** x, dy, mean, variance, gamma -> the gradients of x, gamma and beta. */
export const batchNormGradientKernel: SimdKernel = (module, { x, dy, mean, variance, gamma }, { epsilon }) => {
  const channels = x!.shape.at(-1)!;
  const outputs = [x!.shape, [channels], [channels]].map((shape) => module.output(shape));
  module.kernels.batchNormGradient(
    ...[x!, dy!, mean!, variance!, gamma!].map((tensor) => module.address(tensor)),
    epsilon as number,
    ...outputs.map((tensor) => module.address(tensor)),
    ...[sizeOf(x!.shape) / channels, channels],
  );
  return outputs;
};

/** dy, x -> the gradient of ReLU (`alpha` 0) and LeakyReLU. */
export const rectifierGradientKernel: SimdKernel = (module, { dy, x }, { alpha }) => {
  const dx = module.output(x!.shape);
  const [gradient, input, to] = [module.address(dy!), module.address(x!), module.address(dx)];
  module.kernels.rectifierGradient(gradient, input, alpha as number, to, sizeOf(x!.shape));
  return dx;
};

/** weights, gradient, first, second -> the same three after one update of Adam. */
export const adamKernel: SimdKernel = (module, { weights, gradient, first, second }, attributes) => {
  const { beta1, beta2, epsilon, stepSize, correction } = attributes as Record<string, number>;
  const { shape } = weights!;
  const outputs = [module.output(shape), module.output(shape), module.output(shape)];
  module.kernels.adam(
    ...[weights!, gradient!, first!, second!, ...outputs].map((tensor) => module.address(tensor)),
    ...[sizeOf(shape), beta1!, 1 - beta1!, beta2!, 1 - beta2!, epsilon!, stepSize!, correction!],
  );
  return outputs;
};
