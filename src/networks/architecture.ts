// What the networks and the detector's folded copy of G2 share. Free of tfjs: detection must not pull in tfjs-layers.

/** Added to the variance by BatchNorm: the default of PyTorch, which the paper used. */
export const BATCH_NORM_EPSILON = 1e-5;

/** Share of the old value in BatchNorm's running statistics: PyTorch's default (its `momentum=0.1`). */
export const BATCH_NORM_MOMENTUM = 0.9;

/** Residual blocks per group of G1 and G2 (Figs. 3a and 5: each arrow is two). */
export const BLOCKS_PER_GROUP = 2;
