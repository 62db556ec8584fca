import { InvalidArgumentError } from '../errors.js';
import { type FaceErrorSummary, summarizeFaceErrors } from './face-error-summary.js';
import { assertErrors, assertSameLength } from './validate.js';

/** Sizes of faces in pixels, from `low` up to but excluding `high`. */
export interface SizeRange {
  low: number;
  high: number;
}

/** The size ranges of this library's tables, in pixels of the face box. */
export const FACE_SIZE_RANGES: readonly Readonly<SizeRange>[] = [
  { low: 12, high: 16 },
  { low: 16, high: 20 },
  { low: 20, high: 26 },
  { low: 26, high: 40 },
];

/** Indices of faces by size. Every face is in one range or in `outside`. */
export interface FacesBySize {
  /** In the order of the ranges given. */
  ranges: (SizeRange & { faces: number[] })[];
  /** Faces in none of the ranges. */
  outside: number[];
}

/**
 * Groups faces by size.
 *
 * @param sizes The size of each face, in pixels: `boxSize(box)`.
 * @param ranges Must not overlap; {@link FACE_SIZE_RANGES} by default. `high: Infinity` leaves the last one open.
 * @throws InvalidArgumentError when a size is not positive, a range is empty, or two overlap.
 */
export function groupBySize(
  sizes: readonly number[],
  ranges: readonly Readonly<SizeRange>[] = FACE_SIZE_RANGES,
): FacesBySize {
  assertRanges(ranges);
  const groups = ranges.map(({ low, high }) => ({ low, high, faces: [] as number[] }));
  const outside: number[] = [];
  sizes.forEach((size, face) => {
    if (!(size > 0)) throw new InvalidArgumentError(`Size ${size} of face ${face} must be positive, in pixels.`);
    const group = groups.find(({ low, high }) => size >= low && size < high);
    (group?.faces ?? outside).push(face);
  });
  return { ranges: groups, outside };
}

/** Errors of faces by size. */
export interface ErrorsBySize {
  /** In the order of the ranges given; `summary` is undefined for a range without faces. */
  ranges: (SizeRange & { summary: FaceErrorSummary | undefined })[];
  /** The faces in none of the ranges; undefined when there are none. */
  outside: FaceErrorSummary | undefined;
}

/**
 * {@link summarizeFaceErrors} for each range of face sizes.
 *
 * @param errors One {@link faceError} per face, infinity for a failure.
 * @param sizes Of the same faces, in pixels.
 * @param ranges Must not overlap; {@link FACE_SIZE_RANGES} by default.
 * @throws InvalidArgumentError as `summarizeFaceErrors` does, when the lengths differ, a size is not positive, a range
 *   is empty, or two overlap.
 */
export function summarizeBySize(
  errors: readonly number[],
  sizes: readonly number[],
  ranges: readonly Readonly<SizeRange>[] = FACE_SIZE_RANGES,
): ErrorsBySize {
  assertErrors(errors);
  assertSameLength(errors, sizes, 'Errors and sizes');
  const groups = groupBySize(sizes, ranges);
  const summarize = (faces: readonly number[]) =>
    faces.length > 0 ? summarizeFaceErrors(faces.map((face) => errors[face]!)) : undefined;
  return {
    ranges: groups.ranges.map(({ low, high, faces }) => ({ low, high, summary: summarize(faces) })),
    outside: summarize(groups.outside),
  };
}

function assertRanges(ranges: readonly Readonly<SizeRange>[]): void {
  const empty = ranges.find(({ low, high }) => !(low >= 0 && high > low));
  if (empty) {
    throw new InvalidArgumentError(`Sizes from ${empty.low} to ${empty.high} are an empty range: give low < high.`);
  }
  const sorted = [...ranges].sort((a, b) => a.low - b.low);
  sorted.slice(1).forEach((range, index) => {
    const previous = sorted[index]!;
    if (range.low < previous.high) {
      const [first, second] = [previous, range].map(({ low, high }) => `${low} to ${high}`);
      throw new InvalidArgumentError(`Sizes from ${first} and from ${second} overlap: a face belongs to one range.`);
    }
  });
}
