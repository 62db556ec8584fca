import { describe, expect, it } from 'vitest';
import { DatasetError, InvalidArgumentError } from '../../src/errors.js';
import { annotatedAligner, boxAligner, landmarkAligner } from '../../src/evaluation/face-aligner.js';
import type { LandmarkPredictor } from '../../src/evaluation/landmark-predictor.js';
import { applyAffine, similarityAbout } from '../../src/geometry/affine.js';
import { faceTemplate } from '../../src/geometry/face-template.js';
import type { Point } from '../../src/geometry/point.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import type { SuperResolver } from '../../src/recognition/super-resolver.js';
import { expectNoLeak } from '../support/tensors.js';

/** A face of 20 pixels turned by 20 degrees in a picture of 40 by 36: its points, and a bright dot at each of them. */
const turn = similarityAbout({ x: 9.5, y: 9.5 }, 20, 1, { x: 21, y: 16 });
const points = faceTemplate(20).map((point) => applyAffine(turn, point));
const image = dots(40, 36, points);
const face = { id: 'turned', image, box: { x: 11.5, y: 6.5, width: 20, height: 20 } };

function dots(width: number, height: number, at: readonly Point[]): RgbImage {
  const data = new Float32Array(width * height * 3);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    data[i] = 255 * Math.max(...at.map((point) => Math.exp(-((x - point.x) ** 2 + (y - point.y) ** 2) / 3)));
  }
  return { data, width, height };
}

function predictor(predict: LandmarkPredictor['predict'], scheme: LandmarkPredictor['scheme'] = 5): LandmarkPredictor {
  return { name: 'fake', scheme, predict };
}

/** How bright the template's five places are, of 255: all are where the points came to be. */
function brightness({ data, width }: RgbImage): number[] {
  return faceTemplate(width).map(({ x, y }) => data[(Math.round(y) * width + Math.round(x)) * 3]!);
}

describe('landmarkAligner', () => {
  it("maps the predicted points to the template's, in either order", async () => {
    for (const order of ['align-first', 'enlarge-first'] as const) {
      const aligner = landmarkAligner(
        predictor(async () => points),
        { order },
      );
      const aligned = await aligner.align(face, 32);
      expect([aligned.width, aligned.height]).toEqual([32, 32]);
      for (const value of brightness(aligned)) expect(value).toBeGreaterThan(190);
    }
  });

  it('passes the super-resolved face and its box to the predictor, and aligns it', async () => {
    const seen: { width: number; box: object }[] = [];
    let enlarged: RgbImage | undefined;
    const resolver: SuperResolver = {
      name: 'repeats pixels',
      factor: 3,
      async enlarge(small) {
        const [width, height] = [3 * small.width, 3 * small.height];
        const data = Float32Array.from({ length: width * height * 3 }, (_, i) => {
          const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
          return small.data[(Math.floor(y / 3) * small.width + Math.floor(x / 3)) * 3 + (i % 3)]!;
        });
        enlarged = { data, width, height };
        return enlarged;
      },
    };
    // The square around the box is twice as wide and begins at (1.5, -3.5): at pixel (1, -4).
    const inEnlarged = points.map(({ x, y }) => ({ x: 3 * (x - 1) + 1, y: 3 * (y + 4) + 1 }));
    const aligner = landmarkAligner(
      predictor(async ({ width }, box) => {
        seen.push({ width, box });
        return inEnlarged;
      }),
      { superResolver: resolver },
    );
    const aligned = await aligner.align(face, 32);
    expect(seen).toEqual([{ width: 120, box: { x: 31.5, y: 31.5, width: 60, height: 60 } }]);
    for (const value of brightness(aligned)) expect(value).toBeGreaterThan(170);
  });

  it('aligns by five of 68 points', async () => {
    const points68 = Array.from({ length: 68 }, () => ({ x: Number.NaN, y: Number.NaN }));
    for (let i = 36; i < 42; i++) points68[i] = points[0]!;
    for (let i = 42; i < 48; i++) points68[i] = points[1]!;
    [points68[30], points68[48], points68[54]] = points.slice(2) as [Point, Point, Point];
    const [of68, of5] = await Promise.all(
      [predictor(async () => points68, 68), predictor(async () => points)].map((each) =>
        landmarkAligner(each).align(face, 32),
      ),
    );
    expect(of68!.data).toEqual(of5!.data);
  });

  it("rethrows the predictor's error, and refuses points that lie in one place", async () => {
    const failing = landmarkAligner(predictor(async () => Promise.reject(new Error('found nothing'))));
    await expect(failing.align(face, 32)).rejects.toThrow('found nothing');
    const collapsed = landmarkAligner(predictor(async () => Array(5).fill({ x: 3, y: 3 })));
    await expect(collapsed.align(face, 32)).rejects.toThrow(InvalidArgumentError);
  });

  it('leaks no tensor, and disposes its predictor and super-resolver', async () => {
    const disposed: string[] = [];
    const dispose = (name: string) => () => void disposed.push(name);
    const aligner = landmarkAligner(
      { ...predictor(async () => points), dispose: dispose('predictor') },
      { superResolver: { name: 'none', factor: 1, enlarge: async (small) => small, dispose: dispose('resolver') } },
    );
    await expectNoLeak(async () => {
      await aligner.align(face, 32);
    });
    aligner.dispose!();
    expect(disposed).toEqual(['predictor', 'resolver']);
  });
});

describe('boxAligner', () => {
  it('crops the square around the box', async () => {
    const data = Float32Array.from({ length: 12 * 10 * 3 }, (_, i) => i % 251);
    const aligned = await boxAligner().align(
      { id: 'a', image: { data, width: 12, height: 10 }, box: { x: 2, y: 1, width: 8, height: 6 } },
      8,
    );
    // 8 pixels around the middle of the box, (6, 4): from column 2 and row 0 on.
    expect(aligned.width).toBe(8);
    expect(aligned.data[0]).toBeCloseTo(data[2 * 3]!, 4);
    expect(aligned.data[(3 * 8 + 5) * 3 + 1]).toBeCloseTo(data[(3 * 12 + 7) * 3 + 1]!, 4);
  });
});

describe('annotatedAligner', () => {
  it('aligns by the annotated points, as a perfect predictor would', async () => {
    const aligned = await annotatedAligner().align({ ...face, points } as typeof face, 32);
    expect(aligned.data).toEqual((await landmarkAligner(predictor(async () => points)).align(face, 32)).data);
  });

  it('refuses a face without annotated points', async () => {
    await expect(annotatedAligner().align(face, 32)).rejects.toThrow(DatasetError);
  });
});
