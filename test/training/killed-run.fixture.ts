// Trains in the folder given, resuming what is there: the process that kill.test.ts kills.
import { useBackend } from '../../src/backends/use-backend.js';
import { createRunFolder } from '../../src/node/run-folder.js';
import { HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import { tinyInput } from './tiny-training.js';

await useBackend('wasm');
const store = await createRunFolder(process.argv[2]!);
const trainer = new HeatmapTrainer(tinyInput({ epochs: 20 }, { store }));
await trainer.resume();
process.stdout.write(`from ${trainer.state.step}\n`);
trainer.on('checkpoint', ({ step }) => process.stdout.write(`checkpoint ${step}\n`));
await trainer.train();
