// Starts the backend named, with packages put in place of others, and prints what came of it (StartOutcome) as JSON.
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../src/backends/use-backend.js';
import { replacePackages } from '../support/replace-packages.js';
import type { StartOutcome, StartRequest } from './start-backend.js';

const { backend, packages = {}, importFirst, before = 'cpu' } = JSON.parse(process.argv[2]!) as StartRequest;

replacePackages(packages);

if (importFirst) await import(importFirst);
const { useBackend } = await import('../../src/backends/use-backend.js');
await useBackend(before);
const outcome: StartOutcome = await useBackend(backend as BackendName).then(
  (registered) => ({ registered }),
  (error) => ({ error: { name: error.name, code: error.code, message: error.message, cause: String(error.cause) } }),
);
const nine = await tf.square(3).data();
process.stdout.write(`${JSON.stringify({ ...outcome, current: tf.getBackend(), nine: nine[0] })}\n`);
