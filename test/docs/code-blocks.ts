import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import ts from 'typescript';

export const root = resolve(import.meta.dirname, '../..');

/** A block of code of a document, or an `@example` of a docstring. */
export interface CodeBlock {
  /** Where it stands: `README.md:42`. */
  place: string;
  file: string;
  language: string;
  code: string;
  /** Whether `<!-- runs -->` stands before it. */
  runs: boolean;
}

/** The fenced blocks of README.md and docs/*.md. */
export function documentBlocks(): CodeBlock[] {
  return ['README.md', ...globSync('docs/*.md', { cwd: root }).sort()].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return Array.from(text.matchAll(/(<!-- runs -->\n)?^```(\w+)\n([\s\S]*?)^```$/gm), (match) => {
      const [, runs, language, code] = match;
      const line = text.slice(0, match.index).split('\n').length + (runs ? 1 : 0);
      return { place: `${file}:${line}`, file, language: language!, code: code!, runs: runs !== undefined };
    });
  });
}

/** The `@example`s of src/, fenced or plain. */
export function docstringExamples(): CodeBlock[] {
  return globSync('src/**/*.ts', { cwd: root, ignore: ['src/backends/kernels/assembly'] })
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      if (!text.includes('@example')) return [];
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      const found: CodeBlock[] = [];
      const visit = (node: ts.Node): void => {
        for (const tag of ts.getJSDocTags(node)) {
          if (tag.parent.parent !== node || tag.tagName.text !== 'example') continue;
          const comment = ts.getTextOfJSDocComment(tag.comment) ?? '';
          const line = source.getLineAndCharacterOfPosition(tag.pos).line + 1;
          const code = comment.replace(/^```\w*\n|^```$/gm, '').trim();
          found.push({ place: `${file}:${line}`, file, language: 'ts', code: `${code}\n`, runs: false });
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
      return found;
    });
}
