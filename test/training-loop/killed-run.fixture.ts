// Trains in the folder given, resuming what is there: the process that kill.test.ts kills.
import { useBackend } from '../../src/backends/use-backend.js';
import { createRunFolder } from '../../src/node/runs/run-folder.js';
import { makeKilledTrainer } from './killed-trainers.js';

await useBackend('wasm');
const [kind, folder] = process.argv.slice(2);
const trainer = makeKilledTrainer(kind!, await createRunFolder(folder!));
await trainer.resume();
process.stdout.write(`from ${trainer.state.step}\n`);
trainer.on('checkpoint', ({ step }) => process.stdout.write(`checkpoint ${step}\n`));
await trainer.train();
