/**
 * A position in an image in pixels, pixel *centres* at integers: the first pixel's is (0, 0). NaN coordinates: not
 * visible.
 */
export interface Point {
  x: number;
  y: number;
}
