// Writes wasm-reference.json: npx tsx test/contract/reference.fixture.ts
import '../support/register-binary-files.mjs';
import { writeFile } from 'node:fs/promises';
import { REFERENCE_FILE, readInputs } from './read-fixtures.js';
import { measureReference } from './wasm-reference.js';

const { points, training } = await measureReference(await readInputs());
// Four decimals of a pixel, six of a heatmap: far finer than what is compared.
const rounded = (decimals: number) => (_: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toFixed(decimals)) : value;
const json = `{"points":${JSON.stringify(points, rounded(4))},\n"training":${JSON.stringify(training, rounded(6))}}\n`;
await writeFile(REFERENCE_FILE, json);
