import * as v from 'valibot';
import { InvalidArgumentError } from '../errors.js';

const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));

const schema = v.strictObject({
  inputSize: v.optional(positiveInteger, 32),
  inputChannels: v.optional(positiveInteger, 3),
  landmarks: v.optional(positiveInteger, 68),
  widths: v.optional(v.pipe(v.array(positiveInteger), v.minLength(1)), [64, 64, 64, 64]),
  seed: v.optional(v.pipe(v.number(), v.integer()), 0),
});

/** What a `HeatmapUNet` is made from. */
export interface HeatmapUNetConfig {
  /** Width and height of the input in pixels: 32 (default), or 128 for HR-LD. A multiple of 2 to the number of groups. */
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

/**
 * Fills in the defaults.
 *
 * @throws InvalidArgumentError naming the first wrong value, or the nearest input size that the number of groups allows.
 */
export function resolveHeatmapUNetConfig(config: Partial<HeatmapUNetConfig> = {}): HeatmapUNetConfig {
  const parsed = v.safeParse(schema, config);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new InvalidArgumentError(`HeatmapUNet's ${v.getDotPath(issue) ?? 'configuration'}: ${issue.message}.`);
  }
  const { inputSize, widths } = parsed.output;
  const multiple = 2 ** widths.length;
  if (inputSize % multiple !== 0) {
    const nearest = Math.max(multiple, Math.round(inputSize / multiple) * multiple);
    throw new InvalidArgumentError(
      `HeatmapUNet halves its input ${widths.length} times: inputSize ${inputSize} must be a multiple of ${multiple}. The nearest is ${nearest}.`,
    );
  }
  return parsed.output;
}
