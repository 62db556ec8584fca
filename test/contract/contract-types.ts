import type { Box } from '../../src/geometry/box.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import type { WasmReference } from './wasm-reference.js';

/** A backend to be held to the contract. */
export interface ContractBackend {
  name: string;
  /** Makes it the current one; answers the name under which tfjs knows it. */
  start: () => Promise<string>;
}

/** What the checks need from files: in a browser it comes over the wire. */
export interface ContractFixtures {
  /** The bundled weights file. */
  weights: Uint8Array;
  faces: readonly ContractFace[];
  /** What wasm answers. */
  reference: WasmReference;
}

export interface ContractFace {
  name: string;
  image: RgbImage;
  box: Box;
}

/** A number and its bound. One that is NaN is out of bounds. */
export interface Measurement {
  what: string;
  value: number;
  atMost: number;
}

export interface CheckContext {
  /** The current backend's name in tfjs. */
  registered: string;
  fixtures: ContractFixtures;
}

/** Measures one promise of the contract on the current backend. */
export type Check = (context: CheckContext) => Promise<Measurement[]>;

/** Everything in it survives JSON, but for infinite and NaN values, which become null: out of bounds as well. */
export interface ContractResult {
  check: string;
  measurements: Measurement[];
  /** What the check threw. */
  error?: string;
  milliseconds: number;
}
