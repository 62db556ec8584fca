import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A seeded source of random numbers. Everything random in this library takes one, so that a seed fixes a whole run.
 *
 * The numbers after `seed` name a stream: `new Random(seed, epoch, index)` gives sample `index` of epoch `epoch` its
 * own numbers, whatever was drawn before. So a resumed run continues bit for bit without saved generator state.
 *
 * @example
 * const random = new Random(7, 3);
 * random.uniform(-30, 30); // degrees of rotation
 */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number, ...stream: readonly number[]) {
    this.#generator = xoroshiro128plus(stream.reduce(mix, mix(0x9e3779b9, seed)));
  }

  /** A number in `[low, high)`. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * uniformFloat64(this.#generator);
  }

  /** A whole number in `[low, high]`. */
  integer(low: number, high: number): number {
    return uniformInt(this.#generator, low, high);
  }

  /** A normally distributed number (Box-Muller). */
  normal(mean = 0, standardDeviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return mean + standardDeviation * radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** True with the given probability. */
  bernoulli(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** A shuffled copy (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.integer(0, last);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }
}

/** Folds a number into a 32-bit hash (murmur3's finaliser), so that neighbouring seeds give unrelated streams. */
function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ (value | 0), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) | 0;
}
