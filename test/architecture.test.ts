import { readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';

/** The folders of ARCHITECTURE.md: each imports only from itself and those before it. */
const ORDER = [
  'errors.ts',
  'random.ts',
  'turns.ts',
  'group-by.ts',
  'geometry',
  'landmarks',
  'metrics',
  'formats',
  'images',
  'datasets',
  'augmentation',
  'heatmaps',
  'backends',
  'workers',
  'networks',
  'losses',
  'detect',
  'alignment',
  'recognition',
  'training-loop',
  'training',
  'drawing',
  'evaluation',
  'reports',
  'experiments',
  'node',
  'cli',
];

const files = globSync('src/**/*.ts', { ignore: ['src/{index,training,evaluation}.ts', 'src/types/**'] });
const folderOf = (path: string) => path.split('/')[1]!;

function importsOf(file: string): { path: string }[] {
  const statements = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\s+(?:type\s)?[^;]*?from '([^']+)'|import\('([^']+)'\)/gm,
  );
  return Array.from(statements, ([, fixed, lazy]) => ({ path: (fixed ?? lazy)! }));
}

describe('the folders', () => {
  it('are all named in the order', () => {
    expect(files.map(folderOf).filter((folder) => !ORDER.includes(folder))).toEqual([]);
  });

  it('import only from folders that know less', () => {
    const higher = files.flatMap((file) =>
      importsOf(file)
        .filter(({ path }) => path.startsWith('.') && !path.endsWith('.safetensors'))
        .map(({ path }) => posix.join(dirname(file), path))
        .filter((path) => ORDER.indexOf(folderOf(path).replace(/\.js$/, '.ts')) > ORDER.indexOf(folderOf(file)))
        .map((path) => `${file} imports ${path}`),
    );
    expect(higher).toEqual([]);
  });

  it('import in no circle, types included', () => {
    const imports = new Map(
      files.map((file) => {
        const relative = importsOf(file).filter(({ path }) => path.startsWith('.'));
        return [file, relative.map(({ path }) => posix.join(dirname(file), path).replace(/\.js$/, '.ts'))];
      }),
    );
    const done = new Set<string>();
    const circleFrom = (file: string, path: readonly string[]): readonly string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const next of imports.get(file) ?? []) {
        const circle = circleFrom(next, [...path, file]);
        if (circle) return circle;
      }
      done.add(file);
      return undefined;
    };
    expect(files.flatMap((file) => circleFrom(file, []) ?? [])).toEqual([]);
  });

  it('keep tfjs out of geometry, landmarks and metrics, tfjs-layers and node: out of detection, node: out of experiments', () => {
    const forbidden: [string, RegExp][] = [
      ['geometry', /tensorflow|^node:/],
      ['landmarks', /tensorflow|^node:/],
      ['metrics', /tensorflow|^node:/],
      ['detect', /tfjs-layers|^node:/],
      ['evaluation', /^node:/],
      ['drawing', /^node:/],
      ['reports', /^node:/],
      ['experiments', /^node:/],
    ];
    const broken = forbidden.flatMap(([folder, pattern]) =>
      files
        .filter((file) => folderOf(file) === folder)
        .filter((file) => importsOf(file).some(({ path }) => pattern.test(path))),
    );
    expect(broken).toEqual([]);
  });
});
