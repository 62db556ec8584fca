// node --import: lets worker threads run the TypeScript sources, as they are in tests and benchmarks. Threads take over the options of
// their program, but on Node 20 not its tsx.
import { isMainThread } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

if (!isMainThread) register();
