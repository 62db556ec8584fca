import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from './compile.js';
import { installPacked, QUIET, root, run } from './packed-package.js';

/** Installed as a user does who detects: with a backend and the required peers, so without tfjs-layers. */
describe('the packed tarball, installed in an empty folder', () => {
  let folder: string;
  let paths: string[];
  beforeAll(async () => {
    ({ folder, paths } = await installPacked('@tensorflow/tfjs-backend-wasm@4.22'));
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const node = (...args: string[]) => run(process.execPath, args, { cwd: folder });

  it('ships the build and its papers, and no sources, tests or data', () => {
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.d.ts', 'dist/node/index.d.ts']));
    expect(paths).toContain('dist/weights/heatmap-unet-68.js');
    expect(paths.filter((path) => !/^(dist\/|weights\/[\w-]+\.md$|[A-Z]+(\.md)?$|package\.json$)/.test(path))).toEqual(
      [],
    );
  });

  const load = (name: string) =>
    node('-e', `import('${name}').then((entry) => console.log(Object.keys(entry).length > 0))`);

  it.each(['lowres-landmarks', 'lowres-landmarks/node'])('loads %s without a word on stderr', async (name) => {
    expect(await load(name)).toEqual({ stdout: 'true\n', stderr: '' });
  });

  it('detects from the command line, and gives its version there', async () => {
    const command = join(folder, 'node_modules/.bin/lowres-landmarks');
    const face = join(root, 'examples/faces/eileen-collins-24px.png');
    const { stdout } = await run(command, ['detect', face, '--points', '5', '--json']);
    expect(stdout).toContain('"points"');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(await run(command, ['--version'])).toEqual({ stdout: `${version}\n`, stderr: '' });
  });

  it('has types for applications that need no tfjs-layers, no newer library of TypeScript and no skipLibCheck', async () => {
    await cp(join(import.meta.dirname, 'application.fixture.ts'), join(folder, 'application.ts'));
    expect(compile(folder, 'application.ts')).toEqual([]);
  });

  it('can be bundled where no backend is installed', async () => {
    const { errors } = await build({
      stdin: {
        contents: "import { detectLandmarksLR } from 'lowres-landmarks'; detectLandmarksLR;",
        resolveDir: folder,
      },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      logLevel: 'silent',
    }).catch((failure) => failure);
    expect(errors.map(({ text }: { text: string }) => text)).toEqual([]);
  });

  describe('with tfjs-layers beside it', () => {
    beforeAll(async () => {
      await run('npm', ['install', ...QUIET, '@tensorflow/tfjs-layers@4.22'], { cwd: folder });
    }, 180_000);

    it.each(['lowres-landmarks/training', 'lowres-landmarks/evaluation'])(
      'loads %s without a word on stderr',
      async (name) => {
        expect(await load(name)).toEqual({ stdout: 'true\n', stderr: '' });
      },
    );

    it('has types for researchers, from all four entries, that need nothing else and no skipLibCheck', async () => {
      await cp(join(import.meta.dirname, 'research.fixture.ts'), join(folder, 'research.ts'));
      expect(compile(folder, 'research.ts')).toEqual([]);
    });
  });
});
