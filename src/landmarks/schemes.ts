/**
 * The number of points that mark a face:
 *
 * - `68`: 300-W's mark-up (Sagonas et al.), jaw to inner lips;
 * - `19`: AFLW's 21 points without the ears, as the paper trains on;
 * - `5`: eye centres, nose tip and mouth corners (MTCNN's order), with which the paper aligns faces and evaluates real
 *   low-resolution ones.
 */
export type SchemeName = 68 | 19 | 5;

/** The points of a scheme in order, and how mirroring permutes them. */
export interface LandmarkScheme {
  /** Number of points, which also names the scheme. */
  readonly points: SchemeName;
  /**
   * A unique kebab-case name for each point. `left` and `right` are sides of the *image*, not of the person. A point
   * shared by two schemes has one name (`nose-tip` is point 30 of 68, 13 of 19 and 2 of 5). Numbers count from the
   * face's outside to its middle.
   */
  readonly names: readonly string[];
  /** Mirroring: point `i` of the mirrored face is point `flip[i]` of the original. Its own inverse. */
  readonly flip: readonly number[];
}

/**
 * The three schemes by their number of points.
 *
 * @example
 * landmarkSchemes[68].names[36]; // 'left-eye-outer'
 * landmarkSchemes[68].flip[36]; // 45, 'right-eye-outer'
 */
export const landmarkSchemes: Readonly<Record<SchemeName, LandmarkScheme>> = {
  68: scheme(68, [
    ...numbered('left-jaw', [1, 2, 3, 4, 5, 6, 7, 8]),
    'chin',
    ...numbered('right-jaw', [8, 7, 6, 5, 4, 3, 2, 1]),
    ...['left-brow-outer', 'left-brow-outer-middle', 'left-brow-middle', 'left-brow-inner-middle', 'left-brow-inner'],
    ...['right-brow-inner', 'right-brow-inner-middle', 'right-brow-middle', 'right-brow-outer-middle'],
    'right-brow-outer',
    ...numbered('nose-bridge', [1, 2, 3]),
    'nose-tip',
    ...['left-nostril-outer', 'left-nostril-inner', 'nose-base', 'right-nostril-inner', 'right-nostril-outer'],
    ...['left-eye-outer', 'left-eye-upper-outer', 'left-eye-upper-inner'],
    ...['left-eye-inner', 'left-eye-lower-inner', 'left-eye-lower-outer'],
    ...['right-eye-inner', 'right-eye-upper-inner', 'right-eye-upper-outer'],
    ...['right-eye-outer', 'right-eye-lower-outer', 'right-eye-lower-inner'],
    ...['left-mouth-corner', 'left-upper-lip-1', 'left-upper-lip-2', 'upper-lip-top'],
    ...['right-upper-lip-2', 'right-upper-lip-1', 'right-mouth-corner'],
    ...['right-lower-lip-1', 'right-lower-lip-2', 'lower-lip-bottom', 'left-lower-lip-2', 'left-lower-lip-1'],
    ...['left-mouth-inner-corner', 'left-upper-lip-inner', 'upper-lip-inner', 'right-upper-lip-inner'],
    ...['right-mouth-inner-corner', 'right-lower-lip-inner', 'lower-lip-inner', 'left-lower-lip-inner'],
  ]),
  19: scheme(19, [
    ...['left-brow-outer', 'left-brow-middle', 'left-brow-inner'],
    ...['right-brow-inner', 'right-brow-middle', 'right-brow-outer'],
    ...['left-eye-outer', 'left-eye-center', 'left-eye-inner'],
    ...['right-eye-inner', 'right-eye-center', 'right-eye-outer'],
    ...['left-nostril-outer', 'nose-tip', 'right-nostril-outer'],
    ...['left-mouth-corner', 'mouth-center', 'right-mouth-corner'],
    'chin',
  ]),
  5: scheme(5, ['left-eye-center', 'right-eye-center', 'nose-tip', 'left-mouth-corner', 'right-mouth-corner']),
};

function scheme(points: SchemeName, names: string[]): LandmarkScheme {
  return { points, names, flip: names.map((name) => names.indexOf(otherSide(name))) };
}

function otherSide(name: string): string {
  if (name.startsWith('left-')) return name.replace('left-', 'right-');
  return name.replace('right-', 'left-');
}

function numbered(name: string, numbers: number[]): string[] {
  return numbers.map((number) => `${name}-${number}`);
}
