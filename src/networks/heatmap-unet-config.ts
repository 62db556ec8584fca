import * as v from 'valibot';
import { assertHalvable, parseConfig, positiveInteger, seedSetting, widthsSetting } from './parse-config.js';

/** What a `HeatmapUNet` is made from. */
export interface HeatmapUNetConfig {
  /**
   * Width and height of the input in pixels: 32 (default), or 128 for HR-LD. A multiple of 2 to the number of groups.
   */
  inputSize: number;
  /** 3 for RGB (default). */
  inputChannels: number;
  /** The number N of landmarks, 68 by default; the network has one output more, the background. */
  landmarks: number;
  /** Channels of each encoder group, finest first; the decoder mirrors them. `[64, 64, 64, 64]` by default. */
  widths: number[];
  /** Fixes the initial weights. */
  seed: number;
}

const schema = v.strictObject({
  inputSize: v.optional(positiveInteger, 32),
  inputChannels: v.optional(positiveInteger, 3),
  landmarks: v.optional(positiveInteger, 68),
  widths: widthsSetting([64, 64, 64, 64]),
  seed: seedSetting,
});

/**
 * Fills in the defaults.
 *
 * @param network Names the network in messages.
 * @throws InvalidArgumentError naming the first wrong value, or the nearest input size that the number of groups
 *   allows.
 */
export function resolveHeatmapUNetConfig(
  config: Partial<HeatmapUNetConfig> = {},
  network = 'HeatmapUNet',
): HeatmapUNetConfig {
  const resolved = parseConfig(network, schema, config);
  assertHalvable(network, resolved.inputSize, resolved.widths.length);
  return resolved;
}
