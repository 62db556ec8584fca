import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { KernelTimes } from '../../bench/speed/kernel-times.js';
import type { Results, Row } from '../../bench/speed/report.js';
import { report } from '../../bench/speed/report.js';
import { useWasm } from '../support/tensors.js';

describe('report', () => {
  const row = (runtime: Row['runtime'], median: number, note = ''): Row => ({
    task: 'forward',
    faces: 1,
    runtime,
    note,
    min: 1,
    p25: 2,
    median,
    p75: 300,
    runs: 12,
  });
  const results = (rows: Row[]) =>
    ({
      machine: { node: 'v20.0.0', versions: {} },
      memory: { faces: 32, peak: 1000, idle: 200 },
      networks: [{ name: 'A network', widths: [8, 16], largestDifference: 1e-6, rows }],
    }) as unknown as Results;

  it('divides the time of wasm by that of each runtime', () => {
    const page = report(results([row('wasm', 6), row('onnxruntime-node', 4), row('PyTorch', 12, 'traced')]));
    expect(page).toContain('| forward | 1 | onnxruntime-node | 4.00 | 1.00 | 2.00-300 | 12 | 1.50 |');
    expect(page).toContain('| forward | 1 | PyTorch (traced) | 12.0 | 1.00 | 2.00-300 | 12 | 0.500 |');
  });

  it('has no ratio where wasm was left out', () => {
    expect(report(results([row('PyTorch', 12)]))).toContain('| 12 | - |');
  });
});

describe('KernelTimes', () => {
  beforeAll(useWasm);

  it('counts calls by kernel, or by shape as well, and gives results as before', async () => {
    const times = new KernelTimes('wasm', true);
    const [x, y] = [tf.ones([2, 3]), tf.ones([3])];
    times.reset();
    const sums = [tf.add(x, y), tf.add(x, y), tf.add(y, y)];
    expect([...(await sums[0]!.data())]).toEqual([2, 2, 2, 2, 2, 2]);
    const added = times.sorted.filter(({ kernel }) => kernel.startsWith('Add'));
    expect(added.map(({ kernel, calls }) => [kernel, calls]).toSorted()).toEqual([
      ['Add 2x3, 3', 2],
      ['Add 3, 3', 1],
    ]);
    tf.dispose([x, y, sums]);
  });

  it('leaves out of a kernel what the kernels take that it calls', () => {
    const busy = (milliseconds: number) => {
      const start = performance.now();
      while (performance.now() - start < milliseconds);
    };
    const kernel = (kernelName: string, work: () => void) =>
      tf.registerKernel({
        kernelName,
        backendName: 'wasm',
        kernelFunc: () => {
          work();
          return tf.scalar(0);
        },
      });
    kernel('TestInner', () => busy(20));
    kernel('TestOuter', () => {
      busy(5);
      tf.engine().runKernel('TestInner', {});
    });
    const times = new KernelTimes('wasm', false);
    tf.tidy(() => void tf.engine().runKernel('TestOuter', {}));
    const milliseconds = (name: string) => times.sorted.find(({ kernel }) => kernel === name)!.milliseconds;
    expect(milliseconds('TestInner')).toBeGreaterThanOrEqual(20);
    expect(milliseconds('TestOuter')).toBeGreaterThanOrEqual(5);
    expect(milliseconds('TestOuter')).toBeLessThan(20);
  });
});
