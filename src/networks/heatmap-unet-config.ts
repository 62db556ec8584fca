import * as v from 'valibot';
import { assertHalvable, parseConfig, positiveInteger, seedSetting, widthsSetting } from './parse-config.js';

/** Settings of `HeatmapUNet`. */
export interface HeatmapUNetConfig {
  /** Input width and height in pixels: 32 (default), or 128 for HR-LD. A multiple of 2 to the number of groups. */
  inputSize: number;
  /** 3 for RGB (default). */
  inputChannels: number;
  /** Number N of landmarks, 68 by default; the background is one more output. */
  landmarks: number;
  /** Channels of the encoder groups, finest first; the decoder mirrors them. `[64, 64, 64, 64]` by default. */
  widths: number[];
  /** Determines the initial weights. */
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
 * @param network Names the network in errors.
 * @throws InvalidArgumentError naming the first wrong value, or the nearest valid input size.
 */
export function resolveHeatmapUNetConfig(
  config: Partial<HeatmapUNetConfig> = {},
  network = 'HeatmapUNet',
): HeatmapUNetConfig {
  const resolved = parseConfig(network, schema, config);
  assertHalvable(network, resolved.inputSize, resolved.widths.length);
  return resolved;
}
