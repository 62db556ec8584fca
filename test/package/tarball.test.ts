import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPacked, root, run } from './packed-package.js';

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

  it.each(['lowres-landmarks', 'lowres-landmarks/evaluation', 'lowres-landmarks/node'])(
    'loads %s without a word on stderr',
    async (name) => {
      const script = `import('${name}').then((entry) => console.log(Object.keys(entry).length > 0))`;
      expect(await node('-e', script)).toEqual({ stdout: 'true\n', stderr: '' });
    },
  );

  it('detects from the command line, and gives its version there', async () => {
    const command = join(folder, 'node_modules/.bin/lowres-landmarks');
    const face = join(root, 'examples/faces/eileen-collins-24px.png');
    const { stdout } = await run(command, ['detect', face, '--points', '5', '--json']);
    expect(stdout).toContain('"points"');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(await run(command, ['--version'])).toEqual({ stdout: `${version}\n`, stderr: '' });
  });

  it('has types that a strict project compiles against', async () => {
    await cp(join(import.meta.dirname, 'consumer.fixture.ts'), join(folder, 'consumer.ts'));
    const options = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext'];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    await node(tsc, ...options, 'consumer.ts').catch(({ stdout }) => expect(stdout).toBe(''));
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
});
