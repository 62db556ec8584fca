import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

it('CITATION.cff cites the version that package.json has', async () => {
  const citation = await readFile(resolve(import.meta.dirname, '../../CITATION.cff'), 'utf8');
  expect(/^version: (.+)$/m.exec(citation)?.[1]).toBe(manifest.version);
});
