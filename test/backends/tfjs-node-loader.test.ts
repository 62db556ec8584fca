import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';
import { startBackend } from './start-backend.js';

const installed = resolve(import.meta.dirname, '../../node_modules/@tensorflow');

/** Registers cpu's kernels as those of `tensorflow`, and makes it current when imported: what tfjs-node does with its own. */
const working = `
const tf = require('@tensorflow/tfjs-core');
const { MathBackendCPU } = require('@tensorflow/tfjs-backend-cpu');
for (const kernel of tf.getKernelsForBackend('cpu')) tf.registerKernel({ ...kernel, backendName: 'tensorflow' });
tf.registerBackend('tensorflow', () => new MathBackendCPU(), 3);
tf.setBackend('tensorflow');
`;

/** tfjs-node 4.22 on Node 23 and later, which have no \`util.isNullOrUndefined\`: every kernel fails on its first line. */
const madeForOlderNode = `
const tf = require('@tensorflow/tfjs-core');
const { MathBackendCPU } = require('@tensorflow/tfjs-backend-cpu');
const util_1 = {};
const kernelFunc = () => (0, util_1.isNullOrUndefined)(undefined);
for (const { kernelName } of tf.getKernelsForBackend('cpu')) tf.registerKernel({ kernelName, backendName: 'tensorflow', kernelFunc });
tf.registerBackend('tensorflow', () => new MathBackendCPU(), 3);
tf.setBackend('tensorflow');
`;

/** What tfjs-node throws when its native part was not downloaded. */
const withoutBinary = `
throw new Error("The Node.js native addon module (tfjs_binding.node) can not be found at path: /x/tfjs_binding.node. \\nPlease run command");
`;

/** What Node throws when a shared library of the native part is missing. */
const withoutLibrary = `
throw Object.assign(new Error('libtensorflow.so.2: cannot open shared object file'), { code: 'ERR_DLOPEN_FAILED' });
`;

/** Puts a CommonJS package, as tfjs-node is one, beside the tfjs of this project; answers its URL. */
async function standIn(content: string): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'node_modules'));
  await symlink(installed, join(folder, 'node_modules/@tensorflow'));
  await writeFile(join(folder, 'index.cjs'), content);
  return pathToFileURL(join(folder, 'index.cjs')).href;
}

describe.each([
  ['node', '@tensorflow/tfjs-node'],
  ['node-gpu', '@tensorflow/tfjs-node-gpu'],
] as const)("useBackend('%s')", (backend, name) => {
  it('names what to install when the package is missing, and keeps the current backend', async () => {
    const { error, current, nine } = await startBackend({ backend, packages: { [name]: null } });
    expect(error).toMatchObject({ name: 'BackendUnavailableError', code: 'BACKEND_UNAVAILABLE' });
    expect(error!.message).toBe(`${name} is not installed: npm install ${name}@4.22`);
    expect(error!.cause).toContain(`Cannot find package '${name}'`);
    expect([current, nine]).toEqual(['cpu', 9]);
  });

  it('loads the installed package, which is CommonJS, under the name it registers', async () => {
    const outcome = await startBackend({ backend, packages: { [name]: await standIn(working) } });
    expect(outcome).toEqual({ registered: 'tensorflow', current: 'tensorflow', nine: 9 });
  });

  it.each([
    ['its native part', withoutBinary, 'The Node.js native addon module (tfjs_binding.node) can not be found'],
    ['a shared library', withoutLibrary, 'libtensorflow.so.2: cannot open shared object file.'],
  ])('distinguishes a package that lacks %s from a missing one', async (_, content, reason) => {
    const { error, current, nine } = await startBackend({ backend, packages: { [name]: await standIn(content) } });
    expect(error).toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
    expect(error!.message).toContain(`${name} is installed, but does not load here: ${reason}`);
    expect(error!.message).toContain(`npm rebuild ${name} --build-addon-from-source`);
    expect([current, nine]).toEqual(['cpu', 9]);
  });

  it('refuses one that cannot compute on this Node, and restores the current backend', async () => {
    const packages = { [name]: await standIn(madeForOlderNode) };
    const { error, current, nine } = await startBackend({ backend, packages });
    expect(error).toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
    expect(error!.message).toContain(`${name} starts, but does not compute`);
    expect(error!.message).toContain('isNullOrUndefined');
    expect(error!.message).toContain(`needs Node 22 or older (this is ${process.version})`);
    expect([current, nine]).toEqual(['cpu', 9]);
  });
});
