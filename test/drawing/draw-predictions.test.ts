import { expect, it } from 'vitest';
import { drawPredictions } from '../../src/drawing/draw-predictions.js';

it('drawPredictions draws the predicted points of each face on a sheet of eight columns', () => {
  const face = () => ({ data: new Uint8Array(32 * 32 * 3).fill(90), width: 32, height: 32 });
  const at = (x: number, y: number) => Array.from({ length: 5 }, () => ({ x, y }));
  const predictions = Array.from({ length: 9 }, (_, i) => ({
    image: face(),
    points: at(3, 3),
    predicted: at(8 + i, 16),
  }));
  const sheet = drawPredictions(predictions);
  expect(Math.floor(sheet.width / 192)).toBe(8);
  expect(Math.floor(sheet.height / 192)).toBe(2);
  // In the first face, six times enlarged, the predicted point is coloured and the annotated one is not.
  const margin = Math.round((Math.round(sheet.width / 8) - 192) / 2);
  const isColoured = (x: number, y: number) => {
    const [column, row] = [(x + 0.5) * 6 + margin, (y + 0.5) * 6 + margin];
    const at = (row * sheet.width + column) * 3;
    return new Set(sheet.data.subarray(at, at + 3)).size > 1;
  };
  expect(isColoured(8, 16)).toBe(true);
  expect(isColoured(3, 3)).toBe(false);
});
