import { join } from 'node:path';
import type { Row } from '../report.js';
import { Peer } from './peer.js';

/** Processes of the runtimes that do not run in this one. */
export type Peers = Partial<Record<Exclude<Row['runtime'], 'wasm' | 'cpu' | 'onnxruntime-node'>, Peer>>;

/** Starts the peers that are installed, and names the others. */
export async function startPeers(): Promise<Peers> {
  const typescript = (file: string) => ['--import', 'tsx', join(import.meta.dirname, file)];
  const candidates: Required<Peers> = {
    'tfjs wasm': new Peer(process.execPath, typescript('stock-wasm.ts')),
    'onnxruntime-web': new Peer(process.execPath, typescript('onnxruntime-web.ts')),
    PyTorch: new Peer(process.env.PYTHON ?? '/usr/bin/python3', [join(import.meta.dirname, 'pytorch.py')]),
  };
  const started: [string, Peer][] = [];
  for (const [runtime, peer] of Object.entries(candidates)) {
    try {
      await peer.ask('describe', {});
      started.push([runtime, peer]);
    } catch (error) {
      console.warn(`${runtime} is left out: is it installed (PyTorch: python3-torch, or set PYTHON)? ${error}`);
      await peer.close();
    }
  }
  return Object.fromEntries(started);
}
