import { useBackend } from '../../src/backends/use-backend.js';
import { runContract } from './contract.js';
import { holdToContract } from './hold-to-contract.js';
import { readFixtures } from './read-fixtures.js';

holdToContract('cpu', async () => runContract({ name: 'cpu', start: () => useBackend('cpu') }, await readFixtures()));
