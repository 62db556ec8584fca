import type { SimdKernel } from './simd-kernel.js';
import { sizeOf } from './simd-kernel.js';

interface ProductAttributes {
  transposeA: boolean;
  transposeB: boolean;
  activation?: string;
}

/** BatchMatMul, and _FusedMatMul with a bias and ReLU. */
export const matrixProductKernel: SimdKernel = (module, { a, b, bias, preluActivationWeights }, attributes) => {
  const { transposeA, transposeB, activation = 'linear' } = attributes as unknown as ProductAttributes;
  const [aRows, aColumns] = a!.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b!.shape.slice(-2) as [number, number];
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const columns = transposeB ? bRows : bColumns;
  const batch = a!.shape.slice(0, -2);
  const isPlain = (activation === 'linear' || activation === 'relu') && !preluActivationWeights;
  const isBroadcast = batch.join() !== b!.shape.slice(0, -2).join() || (bias && bias.shape.join() !== `${columns}`);
  if (!isPlain || isBroadcast) return undefined;
  const { kernels } = module;
  const product = module.output([...batch, rows, columns]);
  const workspace = module.workspace(kernels.matrixProductWorkspace(rows, columns, depth));
  const [left, right, to] = [module.address(a!), module.address(b!), module.address(product)];
  const floor = activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY;
  for (let i = 0; i < sizeOf(batch); i++) {
    kernels.matrixProduct(
      left + 4 * i * rows * depth,
      right + 4 * i * depth * columns,
      bias ? module.address(bias) : 0,
      floor,
      to + 4 * i * rows * columns,
      ...[rows, columns, depth, Number(transposeA), Number(transposeB), workspace],
    );
  }
  return product;
};
