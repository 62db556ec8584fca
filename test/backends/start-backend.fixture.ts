// Starts the backend named, with packages put in place of others, and prints what came of it (StartOutcome) as JSON.
import { register } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../src/backends/use-backend.js';
import type { StartOutcome, StartRequest } from './start-backend.js';

const { backend, packages = {}, importFirst, before = 'cpu' } = JSON.parse(process.argv[2]!) as StartRequest;

// A package without a replacement is looked for where there are none: the error is Node's own.
const hooks = `
let packages;
export const initialize = (given) => { packages = given; };
export async function resolve(name, context, next) {
  if (!Object.hasOwn(packages, name)) return next(name, context);
  if (packages[name] === null) return next(name, { ...context, parentURL: 'file:///nowhere/module.mjs' });
  return { url: packages[name], shortCircuit: true };
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: packages });

if (importFirst) await import(importFirst);
const { useBackend } = await import('../../src/backends/use-backend.js');
await useBackend(before);
const outcome: StartOutcome = await useBackend(backend as BackendName).then(
  (registered) => ({ registered }),
  (error) => ({ error: { name: error.name, code: error.code, message: error.message, cause: String(error.cause) } }),
);
const nine = await tf.square(3).data();
process.stdout.write(`${JSON.stringify({ ...outcome, current: tf.getBackend(), nine: nine[0] })}\n`);
