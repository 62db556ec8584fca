/**
 * Writes what each entry exports, with its types, to `api/`: a change of the public API shows as a change of these files.
 *
 *     npm run api          # after `npm run build`
 *     npm run check:api    # fails where the reports are not those of the build
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const entries = { '.': 'index', './training': 'training', './evaluation': 'evaluation', './node': 'node/index' };
const check = process.argv.includes('--check');

const declarations = Object.values(entries).map((file) => join(root, 'dist', `${file}.d.ts`));
const program = ts.createProgram(declarations, { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022 });
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

const stale = Object.entries(entries).filter(([entry, file], index) => {
  const path = join(root, 'api', `${file.replace('/index', '')}.md`);
  const report = reportOf(`lowres-landmarks${entry.slice(1)}`, declarations[index]!);
  if (check) return read(path) !== report;
  mkdirSync(join(root, 'api'), { recursive: true });
  writeFileSync(path, report);
  return false;
});
if (stale.length > 0) {
  const names = stale.map(([entry]) => `'${entry}'`).join(', ');
  console.error(`The API of ${names} is not what api/ says. If that is meant: npm run api, and commit the difference.`);
  process.exitCode = 1;
}

function reportOf(name: string, file: string): string {
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`There is no ${file}: npm run build.`);
  const names = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
  const sorted = names.sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = sorted.flatMap((symbol) => declarationsOf(symbol).map(signatureOf));
  return `# ${name}\n\n${names.length} names. Written by \`npm run api\`.\n\n\`\`\`ts\n${lines.join('\n\n')}\n\`\`\`\n`;
}

function declarationsOf(symbol: ts.Symbol): ts.Declaration[] {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations ?? [];
}

/** A declaration as it stands in its file, without comments and private members. */
function signatureOf(declaration: ts.Declaration): string {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const text = printer.printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile());
  return text.replace(/^ +(#private|private .*);\n/gm, '').replace(/^export (declare )?/, '');
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
