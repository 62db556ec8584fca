import * as v from 'valibot';
import { assertHalvable, parseConfig, positiveInteger, seedSetting, widthsSetting } from './parse-config.js';

/** Settings of `LightCNN29`. */
export interface LightCNN29Config {
  /** Input width and height in pixels: 32 (default), 128 as in the original, or another multiple of `2 ** poolings`. */
  inputSize: number;
  /** 3 for RGB (default); 1 for grey as in the original. */
  inputChannels: number;
  /**
   * Channels of the four groups' residual blocks: `[48, 96, 192, 128]` by default. A group ends at the next one's
   * width, the last at its own.
   */
  widths: number[];
  /** Residual blocks per group: `[1, 2, 3, 4]` by default, which makes 29 layers. */
  blocks: number[];
  /** Length of the embedding: 256 by default. */
  embeddingSize: number;
  /**
   * How many of the four max-poolings are on, counted from the last. By default as many as bring the map before the
   * dense layer closest to 8x8: two at 32 pixels (section 4.3: "we disable first two max-pooling layers"), four at 128.
   */
  poolings: number;
  /** Determines the initial weights. */
  seed: number;
}

/** Groups of residual blocks, and max-poolings. */
const GROUPS = 4;
/** Width and height of the map before the dense layer. */
const FINAL_SIZE = 8;

const blockCount = v.pipe(v.number(), v.integer(), v.minValue(0));
const schema = v.strictObject({
  inputSize: v.optional(positiveInteger, 32),
  inputChannels: v.optional(positiveInteger, 3),
  widths: widthsSetting([48, 96, 192, 128], GROUPS),
  blocks: v.optional(
    v.pipe(v.array(blockCount), v.length(GROUPS, `there must be ${GROUPS} numbers of blocks`)),
    [1, 2, 3, 4],
  ),
  embeddingSize: v.optional(positiveInteger, 256),
  poolings: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(GROUPS))),
  seed: seedSetting,
});

/**
 * Fills in the defaults.
 *
 * @throws InvalidArgumentError naming the first wrong value, or the nearest valid input size.
 */
export function resolveLightCNN29Config(config: Partial<LightCNN29Config> = {}): LightCNN29Config {
  const parsed = parseConfig<v.InferOutput<typeof schema>>('LightCNN29', schema, config);
  const halvings = Math.round(Math.log2(parsed.inputSize / FINAL_SIZE));
  const poolings = parsed.poolings ?? Math.min(GROUPS, Math.max(0, halvings));
  assertHalvable('LightCNN29', parsed.inputSize, poolings);
  return { ...parsed, poolings };
}
