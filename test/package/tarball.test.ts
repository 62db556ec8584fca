import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** Packs the built package and installs it as a user does, with required peers only, in an empty folder. */
describe('the packed tarball, installed in an empty folder', () => {
  let folder: string;
  let packed: { filename: string; files: { path: string }[] };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lowres-landmarks-'));
    const pack = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
    [packed] = JSON.parse(pack.stdout);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', ['install', ...quiet, `./${packed.filename}`], { cwd: folder });
  }, 180_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const node = (...args: string[]) => run(process.execPath, args, { cwd: folder });

  it('ships the build and its papers, and no sources, tests or data', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.d.ts', 'dist/node/index.d.ts']));
    expect(paths).toContain('dist/weights/heatmap-unet-68.js');
    expect(paths.filter((path) => !/^(dist\/|weights\/[\w-]+\.md$|[A-Z]+(\.md)?$|package\.json$)/.test(path))).toEqual(
      [],
    );
  });

  it.each(['lowres-landmarks', 'lowres-landmarks/training', 'lowres-landmarks/evaluation', 'lowres-landmarks/node'])(
    'imports %s without a word on stderr',
    async (name) => {
      const { stdout, stderr } = await node(
        '-e',
        `import('${name}').then((m) => console.log(typeof m.detectLandmarksLR))`,
      );
      expect(stderr).toBe('');
      expect(stdout.trim()).toBe('function');
    },
  );

  it.each(['--help', '--version'])('runs the command with %s', async (flag) => {
    const { stdout, stderr } = await run(join(folder, 'node_modules/.bin/lowres-landmarks'), [flag]);
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(stderr).toBe('');
    expect(stdout).toContain(flag === '--help' ? 'detect' : version);
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
