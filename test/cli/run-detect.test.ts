import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it, vi } from 'vitest';
import type { FaceDetector } from '../../src/cli/image-groups.js';
import { type DetectOptions, type DetectorFactory, runDetect } from '../../src/cli/run-detect.js';
import { BackendUnavailableError, DatasetError, InvalidArgumentError, InvalidBoxError } from '../../src/errors.js';
import { parsePts } from '../../src/formats/pts.js';
import { landmarkSchemes } from '../../src/landmarks/schemes.js';
import { encodePng } from '../../src/node/images/write-png.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const image = encodePng({ data: new Uint8Array(20 * 16 * 3).fill(90), width: 20, height: 16 });

/** Puts every point in the middle of its box. */
function fakeDetector() {
  const detectBatch = vi.fn<FaceDetector['detectBatch']>(async (images, { points }) =>
    images.map(({ boxes }) =>
      boxes.map((box) => ({
        box,
        scheme: points,
        score: 0.5,
        points: landmarkSchemes[points].names.map((name) => ({
          name,
          x: box.x + box.width / 2 - 0.5,
          y: box.y + box.height / 2 - 0.5,
          score: 0.5,
        })),
      })),
    ),
  );
  return { detectBatch, dispose: vi.fn() };
}

interface Run {
  detector?: FaceDetector;
  signal?: AbortSignal;
  isTTY?: boolean;
  createDetector?: DetectorFactory;
}

const defaults: DetectOptions = { points: 68, backend: 'auto', maxPixels: 64e6, workers: 1 };

async function run(
  { images, ...options }: Partial<DetectOptions> & { images: readonly string[] },
  { detector, signal, isTTY, createDetector }: Run = {},
) {
  const written = { stdout: '', stderr: '' };
  const code = await runDetect(
    images,
    { ...defaults, ...options },
    {
      stdout: { write: (text) => (written.stdout += text) },
      stderr: { write: (text) => (written.stderr += text), isTTY: isTTY ?? false },
    },
    signal ?? new AbortController().signal,
    createDetector ?? (async () => detector ?? fakeDetector()),
  );
  return { code, ...written };
}

/** A folder with good images of the given names. */
async function imagesFolder(...names: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of names) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), image);
  }
  return folder;
}

const json = async (path: string) => JSON.parse(await readFile(path, 'utf8'));

describe('detect', () => {
  it('returns 0, with nothing on stderr, when all images are done', async () => {
    const folder = await imagesFolder('a.png', 'b.png');
    const { code, stderr, stdout } = await run({ images: [folder], points: 5 });
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain(`${join(folder, 'b.png')}, face 1 in box 0 0 20 16: score 0.50`);
  });

  it('returns 1 when one of three images is broken, whose error is reported while the others are done', async () => {
    const folder = await imagesFolder('a.png', 'b.png', 'c.png');
    await writeFile(join(folder, 'b.png'), image.subarray(0, 60));
    const out = join(folder, 'out.json');
    const { code, stderr } = await run({ images: [folder], out });
    expect(code).toBe(1);
    expect(stderr).toMatch(/b\.png: IMAGE_DECODE: .*cannot be decoded as PNG/);
    const results = await json(out);
    expect(results.map((result: { faces: unknown[] }) => result.faces.length)).toEqual([1, 0, 1]);
    expect(results[1].error.code).toBe('IMAGE_DECODE');
    expect(results[0]).not.toHaveProperty('error');
  });

  it('returns 1 for a missing file, and for a failing detector', async () => {
    const folder = await imagesFolder('a.png');
    const missing = await run({ images: [join(folder, 'none.png'), join(folder, 'a.png')] });
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('INVALID_IMAGE')]);
    const detector = fakeDetector();
    detector.detectBatch.mockRejectedValue(new TypeError('boom'));
    const failing = await run({ images: [folder] }, { detector });
    expect([failing.code, failing.stderr]).toEqual([1, expect.stringContaining('UNEXPECTED: boom')]);
    expect(detector.dispose).toHaveBeenCalledOnce();
  });

  // The command turns these into 2; see command.test.ts.
  it.each([
    [{ out: 'out.txt' }, '--out takes a file that ends in .json, .csv or .pts'],
    [{ out: 'all.pts' }, 'A .pts file holds one face, but there are 2 images: give a folder, --out all/'],
  ])('refuses %o before the detector is made', async (options, message) => {
    const folder = await imagesFolder('a.png', 'b.png');
    const createDetector = vi.fn();
    const refused = expect(run({ images: [folder], ...options }, { createDetector })).rejects;
    await refused.toThrow(InvalidArgumentError);
    await expect(run({ images: [folder], ...options }, { createDetector })).rejects.toThrow(message);
    expect(createDetector).not.toHaveBeenCalled();
  });

  it('rejects a pattern without images, and a bad boxes file', async () => {
    const folder = await imagesFolder('a.png');
    await expect(run({ images: [`${folder}/*.jpg`] })).rejects.toThrow(InvalidArgumentError);
    await writeFile(join(folder, 'boxes.csv'), 'file,x,y,width,height\na.png,1,2,three,4\n');
    const bad = run({ images: [folder], boxes: join(folder, 'boxes.csv') });
    await expect(bad).rejects.toThrow(DatasetError);
    await expect(bad).rejects.toThrow('line 2');
  });

  it('rejects an output that cannot be written before it reads an image', async () => {
    const folder = await imagesFolder('a.png');
    const createDetector = vi.fn();
    const out = join(folder, 'a.png', 'out.json');
    await expect(run({ images: [join(folder, 'a.png')], out }, { createDetector })).rejects.toThrow(
      InvalidArgumentError,
    );
    expect(createDetector).not.toHaveBeenCalled();
  });

  it('rejects with the error of an unavailable backend', async () => {
    const folder = await imagesFolder('a.png');
    const createDetector = vi.fn().mockRejectedValue(new BackendUnavailableError('no GPU'));
    await expect(run({ images: [folder], backend: 'webgpu', maxPixels: 99999 }, { createDetector })).rejects.toThrow(
      BackendUnavailableError,
    );
    expect(createDetector).toHaveBeenCalledWith({ backend: 'webgpu', maxPixels: 99999, workers: 1 });
  });
});

describe('detect, boxes and points', () => {
  it('passes the whole image as the box without --boxes', async () => {
    const folder = await imagesFolder('a.png');
    const detector = fakeDetector();
    await run({ images: [folder] }, { detector });
    const [images, { points }] = detector.detectBatch.mock.calls[0]!;
    const { image: seen, boxes } = images[0]!;
    expect([seen.width, seen.height, seen.data[0]]).toEqual([20, 16, 90]);
    expect(boxes).toEqual([{ x: 0, y: 0, width: 20, height: 16 }]);
    expect(points).toBe(68);
  });

  it('passes the boxes of a CSV, and reports images that are not in it', async () => {
    const folder = await imagesFolder('a.png', 'b.png');
    const boxes = join(folder, 'boxes.csv');
    await writeFile(boxes, 'file,x,y,width,height,kind\na.png,1,2,3,4,masked\na.png,5,6,7,8,masked\n');
    const detector = fakeDetector();
    const { code, stderr } = await run({ images: [folder], boxes, points: 19 }, { detector });
    expect(code).toBe(1);
    expect(stderr).toMatch(/b\.png: DATASET: .*boxes\.csv has no boxes for/);
    expect(detector.detectBatch).toHaveBeenCalledOnce();
    const [images, { points }] = detector.detectBatch.mock.calls[0]!;
    expect([images.length, points]).toEqual([1, 19]);
    expect(images[0]!.boxes).toEqual([
      { x: 1, y: 2, width: 3, height: 4 },
      { x: 5, y: 6, width: 7, height: 8 },
    ]);
  });

  it('returns no face for an image with an empty list of boxes in JSON', async () => {
    const folder = await imagesFolder('a.png');
    await writeFile(join(folder, 'boxes.json'), '{"a.png": []}');
    const detector = fakeDetector();
    const { code, stdout } = await run(
      { images: [folder], boxes: join(folder, 'boxes.json'), json: true },
      { detector },
    );
    expect(code).toBe(0);
    expect(detector.detectBatch).not.toHaveBeenCalled();
    expect(JSON.parse(stdout)[0].faces).toEqual([]);
  });

  it('refuses images over --max-pixels', async () => {
    const folder = await imagesFolder('a.png');
    const { code, stderr } = await run({ images: [folder], maxPixels: 319 });
    expect([code, stderr]).toEqual([1, expect.stringContaining('IMAGE_TOO_LARGE')]);
  });
});

describe('detect, outputs', () => {
  it('writes CSV to a new folder', async () => {
    const folder = await imagesFolder('a.png');
    const out = join(folder, 'new', 'out.CSV');
    const { code, stdout } = await run({ images: [folder], points: 5, out });
    expect([code, stdout]).toEqual([0, '']);
    const [, row] = (await readFile(out, 'utf8')).split('\n');
    expect(row).toBe(`${join(folder, 'a.png')},1,0,0,20,16,0.5,${Array(5).fill('9.5,7.5,0.5').join(',')}`);
  });

  it('writes one .pts file, or numbered ones for several faces, 1-based', async () => {
    const folder = await imagesFolder('a.png');
    const out = join(folder, 'face.pts');
    await run({ images: [join(folder, 'a.png')], points: 5, out });
    const text = await readFile(out, 'utf8');
    expect(text).toContain('\n10.500 8.500\n');
    expect(parsePts(text, out)[0]).toEqual({ x: 9.5, y: 7.5 });
    const boxes = join(folder, 'boxes.csv');
    await writeFile(boxes, 'file,x,y,width,height\na.png,0,0,4,4\na.png,8,8,4,4\n');
    await run({ images: [join(folder, 'a.png')], points: 5, out: join(folder, 'two.pts'), boxes });
    expect(parsePts(await readFile(join(folder, 'two_face2.pts'), 'utf8'), '')[0]).toEqual({ x: 9.5, y: 9.5 });
    expect((await readdir(folder)).filter((name) => name.startsWith('two'))).toEqual([
      'two_face1.pts',
      'two_face2.pts',
    ]);
  });

  it("writes folders of .pts files and drawings that mirror the images' names and folders", async () => {
    const folder = await imagesFolder('in/day1/a.png', 'in/day2/a.png', 'in/b.png');
    const { code } = await run({
      images: [join(folder, 'in')],
      out: `${folder}/pts/`,
      draw: join(folder, 'drawn'),
    });
    expect(code).toBe(0);
    expect((await readdir(join(folder, 'pts'), { recursive: true })).sort()).toEqual([
      'b.pts',
      'day1',
      'day1/a.pts',
      'day2',
      'day2/a.pts',
    ]);
    const drawing = PNG.sync.read(await readFile(join(folder, 'drawn/day2/a.landmarks.png')));
    expect([drawing.width, drawing.height]).toEqual([20 * 13, 16 * 13]);
  });

  it('draws no broken image and overwrites no input', async () => {
    const folder = await imagesFolder('a.png', 'b.png');
    await writeFile(join(folder, 'b.png'), '');
    expect((await run({ images: [folder], draw: folder })).code).toBe(1);
    expect((await readdir(folder)).sort()).toEqual(['a.landmarks.png', 'a.png', 'b.png']);
    expect(Buffer.compare(await readFile(join(folder, 'a.png')), image)).toBe(0);
  });

  it('refuses two images whose outputs would have one name', async () => {
    const folder = await imagesFolder('a.png', 'a.jpg');
    await expect(run({ images: [folder], draw: join(folder, 'drawn') })).rejects.toThrow(/a\.jpg and .*a\.png/);
  });

  it('prints JSON with --json, with --out too', async () => {
    const folder = await imagesFolder('a.png');
    const out = join(folder, 'out.json');
    const { stdout } = await run({ images: [folder], json: true, out });
    expect(JSON.parse(stdout)).toEqual(await json(out));
  });

  it('shows progress on a terminal only, and clears it', async () => {
    const folder = await imagesFolder('a.png', 'b.png');
    const { stderr } = await run({ images: [folder] }, { isTTY: true });
    expect(stderr).toContain(`2/2 ${join(folder, 'b.png')}`);
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });
});

/** A boxes file with so many boxes for each image. */
async function boxesFile(folder: string, names: readonly string[], count: number): Promise<string> {
  const path = join(folder, 'boxes.csv');
  const rows = names.flatMap((name) => Array.from({ length: count }, (_, i) => `${name},${i % 9},0,5,5`));
  await writeFile(path, ['file,x,y,width,height', ...rows, ''].join('\n'));
  return path;
}

describe('detect, many images', () => {
  const names = ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'];

  it('are detected in groups of 64 faces for each worker, in order', async () => {
    const folder = await imagesFolder(...names);
    const boxes = await boxesFile(folder, names, 40);
    for (const [workers, groups] of [
      [1, [2, 2, 1]],
      [2, [4, 1]],
    ] as const) {
      const detector = fakeDetector();
      const { code, stdout } = await run({ images: [folder], boxes, workers, json: true }, { detector });
      expect(code).toBe(0);
      expect(detector.detectBatch.mock.calls.map(([images]) => images.length)).toEqual(groups);
      expect(JSON.parse(stdout).map(({ file }: { file: string }) => file)).toEqual(names.map((n) => join(folder, n)));
    }
  });

  it('are read one group ahead of detection', async () => {
    const folder = await imagesFolder(...names);
    const boxes = await boxesFile(folder, names, 64);
    const detector = fakeDetector();
    const answer = detector.detectBatch.getMockImplementation()!;
    detector.detectBatch.mockImplementation(async (images, options) => {
      // The next image is read while we wait: afterwards it may be gone.
      await new Promise((resolve) => setTimeout(resolve, 100));
      const next = names[detector.detectBatch.mock.calls.length];
      if (next) await rm(join(folder, next));
      return answer(images, options);
    });
    const { code, stderr } = await run({ images: [folder], boxes }, { detector });
    expect([code, stderr]).toEqual([0, '']);
  });

  it('are retried one by one when their group fails, and only the failing one is reported', async () => {
    const folder = await imagesFolder('a.png', 'b.png', 'c.png');
    const detector = fakeDetector();
    const answer = detector.detectBatch.getMockImplementation()!;
    detector.detectBatch.mockImplementation(async (images, options) => {
      const outside = images.flatMap(({ boxes }) => boxes).find(({ x }) => x > 100);
      if (outside) throw new InvalidBoxError('outside');
      return answer(images, options);
    });
    const boxes = join(folder, 'boxes.csv');
    await writeFile(boxes, 'file,x,y,width,height\na.png,0,0,4,4\nb.png,900,8,4,4\nc.png,0,0,4,4\n');
    const { code, stderr, stdout } = await run({ images: [folder], boxes, json: true }, { detector });
    expect(code).toBe(1);
    expect(stderr).toBe(`${join(folder, 'b.png')}: INVALID_BOX: outside\n`);
    expect(JSON.parse(stdout).map(({ faces }: { faces: unknown[] }) => faces.length)).toEqual([1, 0, 1]);
  });

  it('are detected by a detector with the given workers', async () => {
    const folder = await imagesFolder('a.png');
    const createDetector = vi.fn(async () => fakeDetector());
    await run({ images: [folder], workers: 3 }, { createDetector });
    expect(createDetector).toHaveBeenCalledExactlyOnceWith({ backend: 'auto', maxPixels: 64e6, workers: 3 });
  });
});

describe('detect, interrupted', () => {
  it('writes the finished groups and disposes the detector', async () => {
    const folder = await imagesFolder('a.png', 'b.png', 'c.png');
    const boxes = await boxesFile(folder, ['a.png', 'b.png', 'c.png'], 64);
    const controller = new AbortController();
    const detector = fakeDetector();
    const answer = detector.detectBatch.getMockImplementation()!;
    detector.detectBatch.mockImplementation(async (images, options) => {
      if (detector.detectBatch.mock.calls.length < 2) return answer(images, options);
      controller.abort();
      options.signal.throwIfAborted();
      throw new Error('unreachable');
    });
    const out = join(folder, 'out.json');
    const { code, stderr } = await run({ images: [folder], boxes, out }, { detector, signal: controller.signal });
    expect(code).toBe(1);
    expect(stderr).toBe('Interrupted: 1 of 3 images are done.\n');
    const written = await json(out);
    expect(written.map(({ file, faces }: { file: string; faces: unknown[] }) => [file, faces.length])).toEqual([
      [join(folder, 'a.png'), 64],
    ]);
    expect(detector.dispose).toHaveBeenCalledOnce();
  });
});
