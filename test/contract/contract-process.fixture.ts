// Holds the backend named to the contract, prints the results as one line of JSON, and ends when nothing is left to do: a
// backend that keeps the process alive, or crashes at its end, is found out by the test that started it.
import { type BackendName, useBackend } from '../../src/backends/use-backend.js';
import { runContract } from './contract.js';
import { readFixtures } from './read-fixtures.js';

const name = process.argv[2] as BackendName;
try {
  const results = await runContract({ name, start: () => useBackend(name) }, await readFixtures());
  process.stdout.write(`${JSON.stringify(results)}\n`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
