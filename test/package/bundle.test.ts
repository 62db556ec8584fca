import { resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What a web page gets that imports these names from an entry of the built package, backends apart. */
async function bundle(entry: string, names: string): Promise<Metafile> {
  const { metafile } = await build({
    stdin: {
      contents: `import ${names} from './dist/${entry}.js'; console.log(${names.replace('* as ', '')});`,
      resolveDir: root,
    },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    external: ['@tensorflow/tfjs-backend-*'],
    outdir: 'page',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return metafile;
}

/** Modules of which at least one byte is left after tree-shaking, in the page or a chunk it loads. */
const modulesIn = ({ outputs }: Metafile): string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((module) => (inputs[module]?.bytesInOutput ?? 0) > 0),
  );

describe('a bundle of detectLandmarksLR', () => {
  let metafile: Metafile;
  let modules: string[];
  beforeAll(async () => {
    metafile = await bundle('index', '{ detectLandmarksLR }');
    modules = modulesIn(metafile);
  });

  it('has no module of tfjs-layers', () => {
    expect(modules.filter((module) => module.includes('tfjs-core')).length).toBeGreaterThan(0);
    expect(modules.filter((module) => module.includes('tfjs-layers'))).toEqual([]);
  });

  it('has nothing of training, losses, Node or the command', () => {
    expect(modules.filter((module) => /^dist\/(training|losses|node|cli)\//.test(module))).toEqual([]);
  });

  it('imports nothing but the backends from outside, so that it runs in a browser as it is', () => {
    const external = Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter((each) => each.external));
    expect(external.filter(({ path }) => !path.startsWith('@tensorflow/tfjs-backend-'))).toEqual([]);
  });

  it('keeps the weights out of what the page loads at once, and loads those of detection alone', () => {
    const atOnce = reached(metafile, ['import-statement']);
    const ever = reached(metafile, ['import-statement', 'dynamic-import']);
    expect(weightsIn(atOnce)).toEqual([]);
    expect(weightsIn(ever)).toHaveLength(1);
    expect(weightsIn(ever)).not.toContainEqual(expect.stringContaining('generator'));
  });
});

it('a bundle of a network does have tfjs-layers (the gate above can fail)', async () => {
  const modules = modulesIn(await bundle('training', '{ HeatmapUNet }'));
  expect(modules.some((module) => module.includes('tfjs-layers'))).toBe(true);
});

it.each(['index', 'training', 'evaluation'])(
  'all of %s.js bundles for a browser: nothing in it imports from Node',
  async (entry) => {
    // esbuild refuses what it cannot resolve, and for browsers `node:` modules are that.
    expect(modulesIn(await bundle(entry, '* as all')).length).toBeGreaterThan(0);
  },
);

type Output = Metafile['outputs'][string];

const weightsIn = (outputs: Iterable<Output>): string[] =>
  [...outputs].flatMap(({ inputs }) => Object.keys(inputs)).filter((name) => name.includes('dist/weights/'));

/** The page's files that are loaded from its entry by imports of these kinds. */
function reached({ outputs }: Metafile, kinds: string[]): Set<Output> {
  const found = new Set<Output>();
  const visit = (output: Output): void => {
    if (found.has(output)) return;
    found.add(output);
    for (const { path, kind, external } of output.imports) {
      if (kinds.includes(kind) && !external) visit(outputs[path]!);
    }
  };
  visit(Object.values(outputs).find(({ entryPoint }) => entryPoint === '<stdin>')!);
  return found;
}
