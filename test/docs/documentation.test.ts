// README.md, docs/*.md and docstrings are code that readers copy: it must compile against the built package, and run.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type CodeBlock, docstringExamples, documentBlocks, root } from './code-blocks.js';
import { compileBlocks } from './compile-blocks.js';
import { shellErrors } from './shell.js';

const blocks = documentBlocks();
const scripts = blocks.filter(({ language }) => ['ts', 'js'].includes(language));
const shells = blocks.filter(({ language }) => ['sh', 'bash'].includes(language));
const examples = docstringExamples();

const placed = (list: readonly CodeBlock[]) => list.map((block): [string, CodeBlock] => [block.place, block]);

it('every block says in which language it is, and it is one that these tests know', () => {
  expect(blocks.filter((block) => ![...scripts, ...shells].includes(block)).map(({ place }) => place)).toEqual([]);
  expect(scripts.length).toBeGreaterThan(5);
  expect(examples.length).toBeGreaterThan(50);
});

describe('documents', () => {
  const errors = compileBlocks(scripts, false);
  it.each(placed(scripts))('%s compiles against the built package', (_, block) => {
    expect(errors.get(block)).toEqual([]);
  });

  it.each(placed(shells))('%s has commands and options that exist', (_, { code }) => {
    expect(shellErrors(code)).toEqual([]);
  });

  it.each(placed(scripts.filter(({ runs }) => runs)))('%s runs', { timeout: 60_000 }, async (_, { code }) => {
    const { outputText } = ts.transpileModule(code, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    const program = `import { canvas } from './test/docs/placeholder-values.mjs';\n${outputText}`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: root,
    });
    expect(stdout).not.toBe('');
    expect(stderr).toBe('');
  });
});

describe('docstrings', () => {
  const errors = compileBlocks(examples, true);
  it.each(placed(examples))('the example of %s compiles against the built package', (_, block) => {
    expect(errors.get(block)).toEqual([]);
  });
});
