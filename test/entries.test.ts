import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ENTRIES = ['src/index.ts', 'src/training.ts', 'src/evaluation.ts', 'src/node/index.ts'];

/** The names in the `export { ... } from` statements of an entry. */
function namesOf(entry: string): string[] {
  const statements = readFileSync(entry, 'utf8').matchAll(/^export (?:type )?\{([^}]*)\} from/gm);
  return Array.from(statements, ([, names]) => names!.split(','))
    .flat()
    .map((name) => name.trim().replace(/^type /, ''))
    .filter(Boolean);
}

describe('the entries', () => {
  it('have each name once, but for the detection that also takes image files in Node', () => {
    const names = ENTRIES.flatMap(namesOf);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual(['detectLandmarksLR']);
  });

  it("keep '.' to what applications need: about 50 names", () => {
    expect(namesOf('src/index.ts').length).toBeLessThanOrEqual(60);
  });

  it.each(ENTRIES)('%s says of each group of exports what it is', (entry) => {
    const groups = readFileSync(entry, 'utf8').split('\n\n').slice(1);
    expect(groups.filter((group) => group.includes('export') && !/^\/\/ [A-Z].*\.$/m.test(group))).toEqual([]);
  });
});
