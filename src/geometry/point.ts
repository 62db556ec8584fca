/**
 * A position in an image, in pixels, with pixel *centres* at integers: the middle of the first pixel is (0, 0). A point
 * that is not visible has NaN coordinates.
 */
export interface Point {
  x: number;
  y: number;
}
