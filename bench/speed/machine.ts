import { readFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os';
import { version_core as tfjs } from '@tensorflow/tfjs-core';
import { env } from 'onnxruntime-node';
import { hasRelaxedSimd } from '../../src/backends/kernels/relaxed-simd.js';

/** What the times depend on beside the code. */
export interface Machine {
  processor: string;
  /** The widest vectors that native code may use here; wasm has 128 bits everywhere. */
  vectors: 'AVX-512' | 'AVX2' | 'unknown';
  cores: number;
  system: string;
  node: string;
  tfjs: string;
  onnxruntime: string;
  /** Of the SIMD kernels: with or without relaxed SIMD, which Node has from version 22 on. */
  kernels: 'simd' | 'relaxed-simd';
  /** Processes that wanted a core in the minute before: with more than a few tenths the times are too long. */
  load: number;
}

export async function describeMachine(): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    vectors: await widestVectors(),
    cores: availableParallelism(),
    system: `${platform()} ${arch()}`,
    node: process.version,
    tfjs,
    onnxruntime: env.versions.common,
    kernels: hasRelaxedSimd() ? 'relaxed-simd' : 'simd',
    load: Number(loadavg()[0]!.toFixed(2)),
  };
}

async function widestVectors(): Promise<Machine['vectors']> {
  const flags = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  if (/\bavx512f\b/.test(flags)) return 'AVX-512';
  return /\bavx2\b/.test(flags) ? 'AVX2' : 'unknown';
}
