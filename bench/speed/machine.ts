import { existsSync, readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os';
import { version_core as tfjs } from '@tensorflow/tfjs-core';
import { env } from 'onnxruntime-node';
import { hasRelaxedSimd } from '../../src/backends/kernels/relaxed-simd.js';

const CPU_INFO = '/proc/cpuinfo';

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

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    vectors: widestVectors(),
    cores: availableParallelism(),
    system: `${platform()} ${arch()}`,
    node: process.version,
    tfjs,
    onnxruntime: env.versions.common,
    kernels: hasRelaxedSimd() ? 'relaxed-simd' : 'simd',
    load: Number(loadavg()[0]!.toFixed(2)),
  };
}

function widestVectors(): Machine['vectors'] {
  const flags = existsSync(CPU_INFO) ? readFileSync(CPU_INFO, 'utf8') : '';
  if (/\bavx512f\b/.test(flags)) return 'AVX-512';
  return /\bavx2\b/.test(flags) ? 'AVX2' : 'unknown';
}
