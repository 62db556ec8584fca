import type { LandmarkSample } from '../../../src/datasets/samples.js';

/** A "photograph" of 150 x 140 pixels with 68 points on a circle of radius 30. */
export function photograph(): LandmarkSample {
  const [width, height] = [150, 140];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * index) % 251);
  const points = Array.from({ length: 68 }, (_, i) => ({
    x: 75 + 30 * Math.cos(i / 5),
    y: 70 + 30 * Math.sin(i / 5),
  }));
  return { id: 'circle', image: { data, width, height }, points };
}
