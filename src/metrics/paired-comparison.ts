import { InvalidArgumentError } from '../errors.js';
import { type BootstrapOptions, bootstrapInterval, membersOf } from './bootstrap-interval.js';
import { mean } from './mean.js';
import { signFlipTest } from './sign-flip-test.js';
import { assertSameLength } from './validate.js';

/** How two models are compared. */
export interface ComparisonOptions extends BootstrapOptions {
  /** Whether a higher value is a better one: false, as for errors, unless given; true for hits and average precisions. */
  higherIsBetter?: boolean;
  /**
   * What an infinite value, a face on which a model failed, counts as in the difference and the test: 1, an error as large as the face,
   * unless given. The largest finite value of either model if that is more, so that no failure beats a prediction.
   */
  failureCounts?: number;
  /** How many random sign flips the test tries where there are too many to try all: 9999 unless given. */
  permutations?: number;
}

/** Two models on the same faces. */
export interface PairedComparison {
  /** Mean over faces of the first model's value minus the second's. */
  difference: number;
  /** Bootstrap interval of the difference. */
  low: number;
  high: number;
  /** On how many faces the first model is better. A failure loses to any prediction. */
  wins: number;
  /** On how many the second is. */
  losses: number;
  /** On how many they are equal, failures of both included. */
  ties: number;
  /** Of how many faces each has an infinite value. */
  failed: { first: number; second: number };
  /** Two-sided p-value of a sign-flip permutation test of the difference: how likely one as large is if neither model is better. */
  pValue: number;
}

/**
 * Compares two models on the same faces (or rates on the same probes), face by face: what makes a face hard for both cancels, so that much
 * smaller differences show than by two separate intervals.
 *
 * The test flips signs of the differences at random (Fisher 1935), since if neither model is better either sign was as likely. It was chosen
 * over Wilcoxon's because it tests the very mean that is reported, lets whole groups flip together, and for hits of 0 and 1 is McNemar's exact
 * test. All flips are tried when few faces (or groups) differ.
 *
 * @param first One value per face of the first model: {@link faceError}s, hits of {@link hitsWithin}, average precisions. To compare AUC@t,
 * give `Math.max(0, 1 - error / t)` and `higherIsBetter`: its mean is the AUC as a share.
 * @param second Of the second model, faces in the same order.
 * @throws InvalidArgumentError without values, when one is NaN or minus infinity, when the lengths differ, or when an option is out of range.
 * @example
 * ```ts
 * comparePaired(ourErrors, peerErrors, { random: new Random(7) }); // difference < 0: ours is better
 * comparePaired(hitsWithin(ours.ranks, 1), hitsWithin(theirs.ranks, 1), {
 *   random: new Random(7),
 *   higherIsBetter: true,
 *   groups: probes.map(({ identity }) => identity),
 * });
 * ```
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
