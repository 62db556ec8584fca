import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacksPackages } from '../support/installed.js';
import { runNode } from '../support/node-process.js';
import { hasSwiftShader, swiftShaderEnvironment } from '../support/swiftshader.js';
import { startBackend } from './start-backend.js';

const lacksWebGpu = lacksPackages('.', 'webgpu', '@tensorflow/tfjs-backend-webgpu');
const lacksDriver = lacksWebGpu || (!hasSwiftShader && 'no SwiftShader: install chromium, or set SWIFTSHADER_PATH');
const reason = (lacks: string | false) => (lacks ? ` (skipped: ${lacks})` : '');

describe.skipIf(lacksDriver)(`webgpu in Node, on a driver in software${reason(lacksDriver)}`, () => {
  it('starts, computes, and lets the process end', async () => {
    const outcome = await startBackend({ backend: 'webgpu' }, swiftShaderEnvironment);
    expect(outcome).toEqual({ registered: 'webgpu', current: 'webgpu', nine: 9 });
  });

  it('refuses a backend that was imported before navigator.gpu existed', async () => {
    const importFirst = '@tensorflow/tfjs-backend-webgpu';
    const { error, current } = await startBackend({ backend: 'webgpu', importFirst }, swiftShaderEnvironment);
    expect(error).toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
    expect(error!.message).toContain('was imported before Node had WebGPU');
    expect(current).toBe('cpu');
  });

  it('destroys the device when the process ends while it is being read', async () => {
    const script = resolve(import.meta.dirname, 'webgpu-exit.fixture.ts');
    const { code, signal, stdout } = await runNode(script, [], { environment: swiftShaderEnvironment });
    // Otherwise a quarter of such processes end with a segmentation fault.
    expect({ code, signal, stdout }).toEqual({ code: 7, signal: null, stdout: 'destroyed' });
  });
});

describe.skipIf(lacksWebGpu || process.platform !== 'linux')(
  `webgpu in Node without a driver (Linux)${reason(lacksWebGpu)}`,
  () => {
    it('is refused with a typed error, and the current backend stays', async () => {
      const { error, current, nine } = await startBackend(
        { backend: 'webgpu' },
        { VK_DRIVER_FILES: '/dev/null', VK_ICD_FILENAMES: '/dev/null' },
      );
      expect(error).toMatchObject({ name: 'BackendUnavailableError', code: 'BACKEND_UNAVAILABLE' });
      expect(error!.message).toContain('No WebGPU adapter was found');
      expect([current, nine]).toEqual(['cpu', 9]);
    });
  },
);

describe('webgpu in Node without the package webgpu', () => {
  it('is refused with what to install', async () => {
    const { error, current, nine } = await startBackend({ backend: 'webgpu', packages: { webgpu: null } });
    expect(error).toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      message: 'webgpu is not installed: npm install webgpu@0.6.2',
    });
    expect([current, nine]).toEqual(['cpu', 9]);
  });

  it('is refused with the reason on a machine without a binary', async () => {
    const broken = `data:text/javascript,${encodeURIComponent('throw new Error("Cannot find module dawn.node")')}`;
    const { error } = await startBackend({ backend: 'webgpu', packages: { webgpu: broken } });
    expect(error!.message).toContain('webgpu is installed, but does not load here: Cannot find module dawn.node.');
    expect(error!.message).toContain(process.arch);
  });
});
