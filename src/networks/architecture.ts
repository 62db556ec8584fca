/**
 * What the training networks and the detector's folded copy of them must agree on. Free of tfjs, so that detection does
 * not pull in tfjs-layers.
 */

/** Added to the variance by BatchNorm; PyTorch's default, which the paper's networks used. */
export const BATCH_NORM_EPSILON = 1e-5;

/**
 * Share of the old value in BatchNorm's running statistics (PyTorch's default, which the paper's networks used; its
 * `momentum=0.1`).
 */
export const BATCH_NORM_MOMENTUM = 0.9;

/** Residual blocks in each group of the heatmap U-Net (Fig. 5: each arrow is two). */
export const BLOCKS_PER_GROUP = 2;
