import { InvalidArgumentError } from '../errors.js';
import { mean } from '../geometry/sums.js';
import { type BootstrapOptions, bootstrapInterval, membersOf } from './bootstrap-interval.js';
import { signFlipTest } from './sign-flip-test.js';
import { assertSameLength } from './validate.js';

/** Options of {@link comparePaired}. */
export interface ComparisonOptions extends BootstrapOptions {
  /** Whether higher values are better: false by default, as for errors; true for hits and average precisions. */
  higherIsBetter?: boolean;
  /**
   * The value of a failure (an infinite value) in the difference and the test: 1 by default, an error as large as the
   * face. At least the largest finite value of either model, so that no failure beats a prediction.
   */
  failureCounts?: number;
  /** Number of random sign flips of the test, when there are too many to try all: 9999 by default. */
  permutations?: number;
}

/** Two models on the same faces. */
export interface PairedComparison {
  /** Mean over faces of the first model's value minus the second's. */
  difference: number;
  /** Bootstrap interval of the difference. */
  low: number;
  high: number;
  /** Number of faces on which the first model is better. A failure loses to any prediction. */
  wins: number;
  /** Number of faces on which the second is better. */
  losses: number;
  /** Number of faces on which they are equal, failures of both included. */
  ties: number;
  /** Number of failures (infinite values) of each. */
  failed: { first: number; second: number };
  /** Two-sided p-value of a sign-flip permutation test of the difference. */
  pValue: number;
}

/**
 * Compares two models on the same faces (or rates on the same probes), face by face: what makes a face hard for both
 * cancels, so much smaller differences show than by two separate intervals.
 *
 * The test flips signs of the differences at random (Fisher 1935): if neither model is better, either sign is as
 * likely. Unlike Wilcoxon's it tests the reported mean itself, flips groups whole, and for hits of 0 and 1 is McNemar's
 * exact test. When few faces (or groups) differ, all flips are tried.
 *
 * @param first The first model's value of each face: {@link faceError}s, hits of {@link hitsWithin}, average
 *   precisions. To compare AUC@t, give `Math.max(0, 1 - error / t)` and `higherIsBetter`: its mean is the AUC as a
 *   share.
 * @param second The second model's, in the same order.
 * @throws InvalidArgumentError without values, when one is NaN or minus infinity, the lengths differ, or an option is
 *   out of range.
 * @example
 * comparePaired(ourErrors, peerErrors, { random: new Random(7) }); // difference < 0: ours is better
 * const groups = probes.map(({ identity }) => identity);
 * const options = { random: new Random(7), higherIsBetter: true, groups };
 * comparePaired(hitsWithin(ours.ranks, 1), hitsWithin(theirs.ranks, 1), options);
 */
export function comparePaired(
  first: readonly number[],
  second: readonly number[],
  options: ComparisonOptions,
): PairedComparison {
  assertSameLength(first, second, 'Values of two models on the same faces');
  if (first.length === 0) throw new InvalidArgumentError('A comparison needs at least one face; got none.');
  assertComparable(first, 'first');
  assertComparable(second, 'second');
  const { random, higherIsBetter = false, failureCounts = 1, permutations, groups } = options;
  if (!Number.isFinite(failureCounts)) {
    throw new InvalidArgumentError(`A failure must count as a finite error; got ${failureCounts}.`);
  }
  const finite = [...first, ...second].filter(Number.isFinite);
  const failure = finite.reduce((largest, value) => Math.max(largest, value), failureCounts);
  const counted = (value: number) => (value === Number.POSITIVE_INFINITY ? failure : value);
  const differences = first.map((value, face) => counted(value) - counted(second[face]!));
  const sums = membersOf(differences, groups).map((members) => members.reduce((sum, value) => sum + value, 0));
  const { estimate, low, high } = bootstrapInterval(differences, mean, options);
  const lower = first.filter((value, face) => value < second[face]!).length;
  const higher = first.filter((value, face) => value > second[face]!).length;
  return {
    difference: estimate,
    low,
    high,
    wins: higherIsBetter ? higher : lower,
    losses: higherIsBetter ? lower : higher,
    ties: first.length - lower - higher,
    failed: { first: failures(first), second: failures(second) },
    pValue: signFlipTest(sums, random, permutations),
  };
}

function assertComparable(values: readonly number[], which: string): void {
  const wrong = values.findIndex((value) => !(value > Number.NEGATIVE_INFINITY));
  if (wrong !== -1) {
    throw new InvalidArgumentError(
      `Value ${wrong} of the ${which} model is ${values[wrong]}: give a number, or Infinity for a failure.`,
    );
  }
}

function failures(values: readonly number[]): number {
  return values.filter((value) => value === Number.POSITIVE_INFINITY).length;
}
