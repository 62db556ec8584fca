import { expect, it } from 'vitest';
import { faceFigures } from '../../src/reports/face-figures.js';

it('faceFigures captions each face with its error, or the reason it failed', () => {
  const image = { data: new Uint8Array(32 * 32 * 3), width: 32, height: 32 };
  const face = { image, box: { x: 8, y: 8, width: 16, height: 16 }, points: [{ x: 16, y: 16 }], predicted: null };
  const figures = faceFigures([
    { ...face, id: 'a.png', error: 0.0523, predicted: [{ x: 17, y: 16 }] },
    { ...face, id: 'b.png', error: Number.POSITIVE_INFINITY, failure: 'threw Error: no face' },
    { ...face, id: 'c.png', error: Number.NaN },
  ]);
  expect(figures.map(({ name, caption }) => [name, caption])).toEqual([
    ['a.png', '5.2 %'],
    ['b.png', 'threw Error: no face'],
    ['c.png', 'failed'],
  ]);
  expect(figures[0]!.image.width).toBe(288);
});
