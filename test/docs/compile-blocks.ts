import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { type CodeBlock, root } from './code-blocks.js';
import { declarePlaceholders } from './placeholders.js';

const ENTRIES = { '': 'index', '/training': 'training', '/evaluation': 'evaluation', '/node': 'node/index' };
const FOLDER = join(root, 'test/docs/blocks');

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
};

/**
 * Compiles blocks against the built package, in one program, and gives the errors of each.
 *
 * A block of a document imports what it uses. An `@example` does not: the names of this package, of the file it stands in and `tf` are
 * imported for it. Both may use the names of placeholders.ts. A block that begins with `// name.ts` is that file, and blocks of the same
 * document can import it.
 */
export function compileBlocks(blocks: readonly CodeBlock[], docstrings: boolean): Map<CodeBlock, string[]> {
  const files = new Map(blocks.map((block) => [pathOf(block), block]));
  const names = docstrings ? publicNames() : new Map<string, string>();
  const sources = new Map([...files].map(([path, block]) => [path, sourceOf(block, names, docstrings)]));
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile, directoryExists } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.directoryExists = (path) => path.startsWith(FOLDER) || directoryExists!(path);
  host.getSourceFile = (path, ...rest) => {
    const text = sources.get(path);
    return text === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  return new Map(
    [...files].map(([path, block]) => {
      const source = program.getSourceFile(path)!;
      const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [
        block,
        diagnostics.map(({ start, messageText }) => {
          const line = source.getLineAndCharacterOfPosition(start ?? 0).line;
          return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
        }),
      ];
    }),
  );
}

function pathOf({ place, file, code }: CodeBlock): string {
  const folder = join(FOLDER, file);
  const named = /^\/\/ ([\w-]+\.ts)\n/.exec(code)?.[1];
  return named ? join(folder, named) : join(folder, `line-${place.split(':')[1]}.ts`);
}

/** The block with one line before it, of what it may use undeclared. */
function sourceOf({ file, code }: CodeBlock, names: ReadonlyMap<string, string>, docstring: boolean): string {
  const { used, declared } = identifiers(code);
  const undeclared = new Set([...used].filter((name) => !declared.has(name)));
  const imports: string[] = [];
  if (docstring) {
    const own = exportsOf(file);
    for (const name of undeclared) {
      const from = names.get(name) ?? (own.has(name) ? join(root, file).replace(/\.ts$/, '.js') : undefined);
      if (from) imports.push(`import { ${name} } from '${from}';`);
    }
    if (undeclared.has('tf')) imports.push("import * as tf from '@tensorflow/tfjs-core';");
    if (undeclared.has('writeFile')) imports.push("import { writeFile } from 'node:fs/promises';");
  }
  return `${imports.join(' ')} ${declarePlaceholders(file, undeclared)} export {};\n${code}`;
}

/** The names a block uses as values or types, and those that it declares at its top. */
function identifiers(code: string): { used: Set<string>; declared: Set<string> } {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true);
  const [used, declared] = [new Set<string>(), new Set<string>()];
  const declare = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) declared.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) declare(element.name);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) declare(name);
    else if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) declare(statement.name!);
    else if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (bindings && ts.isNamedImports(bindings)) for (const { name } of bindings.elements) declare(name);
      else if (bindings) declare(bindings.name);
    }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) {
      used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { used, declared };
}

/** Which entry has which name. */
function publicNames(): Map<string, string> {
  return new Map(
    Object.entries(ENTRIES).flatMap(([entry, file]) =>
      [...exportsOf(`src/${file}.ts`)].map((name): [string, string] => [name, `lowres-landmarks${entry}`]),
    ),
  );
}

/** The names that a file exports, by its text. */
function exportsOf(file: string): Set<string> {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const names = source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      return statement.exportClause.elements.map(({ name }) => name.text);
    }
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    const { name } = statement as ts.DeclarationStatement;
    return name ? [name.getText()] : [];
  });
  return new Set(names);
}
