import { InvalidArgumentError, Option } from 'commander';
import type { BackendName } from '../backends/use-backend.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { groupBySize, type SizeRange } from '../metrics/face-sizes.js';

/** A parser of whole numbers of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}

/** Collects the values of an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Parses the name of a point scheme. */
export function parsePoints(text: string): SchemeName {
  if (text === '68' || text === '19' || text === '5') return Number(text) as SchemeName;
  throw new InvalidArgumentError('It must be 68, 19 or 5.');
}

/** Parses ranges of face sizes in pixels: `12-16,16-20`. */
export function parseSizes(text: string): SizeRange[] {
  const ranges = text.split(',').map((part) => {
    const match = /^\s*(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)\s*$/.exec(part);
    if (!match) throw new InvalidArgumentError('It must be ranges of pixels such as 12-16,16-20.');
    return { low: Number(match[1]), high: Number(match[2]) };
  });
  if (ranges.some(({ low }) => low === 0)) throw new InvalidArgumentError('Sizes must be over 0 pixels.');
  try {
    groupBySize([], ranges);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return ranges;
}

const backends: readonly BackendName[] = ['auto', 'wasm', 'webgpu', 'cpu', 'node', 'node-gpu'];

/** `--backend`, which every command has. */
export function backendOption(): Option {
  return new Option('--backend <name>', 'tfjs backend').choices(backends).default('auto');
}
