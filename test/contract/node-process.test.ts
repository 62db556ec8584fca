import { lacksPackages } from '../support/installed.js';
import { hasSwiftShader, swiftShaderEnvironment } from '../support/swiftshader.js';
import { holdToContract } from './hold-to-contract.js';
import { runInProcess } from './run-in-process.js';

holdToContract(
  'webgpu in Node, on SwiftShader',
  () => runInProcess('webgpu', swiftShaderEnvironment),
  lacksPackages('.', 'webgpu', '@tensorflow/tfjs-backend-webgpu') ||
    (!hasSwiftShader && 'no SwiftShader: install chromium, or set SWIFTSHADER_PATH'),
);

/** `TEST_BACKEND=node npm test` asks for a backend of this machine: no skipping then, and no other in its place. */
const wanted = process.env.TEST_BACKEND;
if (wanted) holdToContract(`${wanted} of this machine, asked for by TEST_BACKEND`, () => runInProcess(wanted));
