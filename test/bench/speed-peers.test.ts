import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untrainedWeights } from '../../bench/speed/networks.js';
import { Peer } from '../../bench/speed/peers/peer.js';
import { type Peers, startPeers } from '../../bench/speed/peers/start-peers.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { useWasm } from '../support/tensors.js';

// Absent without onnxruntime-node, which `npm run setup` installs where it was built for the platform.
const entries = await import('../../bench/speed/entries.js').catch(() => undefined);

/** A process that treats each line it gets as the given code says. */
const peerThat = (code: string) =>
  new Peer(process.execPath, [
    '-e',
    `require('readline').createInterface(process.stdin).on('line', (line) => { ${code} })`,
  ]);

describe('Peer', () => {
  it('answers what is asked at the same time in the order of asking', async () => {
    const peer = peerThat('console.log(JSON.stringify({ result: JSON.parse(line) }))');
    const job = { task: 'forward', faces: 1, folder: '/a' } as const;
    const answers = await Promise.all([peer.ask('describe', {}), peer.ask('prepare', job)]);
    expect(answers).toEqual([{ method: 'describe' }, { method: 'prepare', ...job }]);
    await peer.close();
  });

  it('fails with what the process says, and goes on', async () => {
    const peer = peerThat(`console.log(line.includes('turn') ? '{"error":"no such job"}' : '{"result":{}}')`);
    const job = { task: 'forward', faces: 1, folder: '/a', milliseconds: 1 } as const;
    await expect(peer.ask('turn', job)).rejects.toThrow('no such job');
    await expect(peer.ask('describe', {})).resolves.toEqual({});
    await peer.close();
  });

  it.each([
    ['ends instead of answering', () => peerThat('process.exit(1)')],
    ['is killed', () => peerThat(`process.kill(process.pid, 'SIGKILL')`)],
    ['does not exist', () => new Peer('/no/such/command', [])],
  ])('fails when the process %s, and can be closed then', async (_, start) => {
    const peer = start();
    await expect(peer.ask('describe', {})).rejects.toThrow('describe');
    await peer.close();
  });
});

describe.skipIf(!entries)(
  `a benchmark${entries ? '' : ' (skipped: onnxruntime-node not installed: npm run setup)'}`,
  () => {
    let peers: Peers;
    beforeAll(async () => {
      await useWasm();
      peers = await startPeers();
    }, 60_000);
    afterAll(() => Promise.all(Object.values(peers).map((peer) => peer.close())));

    const tiny = { widths: [8, 16], inputSize: 8 };

    it('enters all runtimes, after they gave the same heatmaps and PyTorch the same losses', async () => {
      const found = await entries!.enter('tiny', await untrainedWeights(tiny), await temporaryFolder(), peers);
      const runtimes = ['wasm', 'onnxruntime-node', ...Object.keys(peers)];
      const rows = found.map(({ task, faces, runtime }) => `${task} ${faces} ${runtime}`);
      expect(rows).toEqual([
        ...[...runtimes, 'cpu'].map((runtime) => `forward 1 ${runtime}`),
        ...runtimes.map((runtime) => `forward 32 ${runtime}`),
        ...[16, 32].flatMap((faces) =>
          ['wasm', ...('PyTorch' in peers ? ['PyTorch'] : [])].map((runtime) => `training step ${faces} ${runtime}`),
        ),
      ]);
      for (const { contender } of found) {
        const times = (await contender.turn?.(5)) ?? [await contender.time()];
        expect(Math.min(...times)).toBeGreaterThan(0);
      }
    }, 120_000);
  },
);

describe('peakMemory', () => {
  it('is that of the process, not of a larger one that started it', async () => {
    const held = Buffer.alloc(500e6, 1);
    const module = new URL('../../bench/speed/peak-memory.ts', import.meta.url);
    const script = `import('${module}').then(async ({ peakMemory }) => console.log(await peakMemory()))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', script]);
    expect(Number(stdout)).toBeGreaterThan(20e6);
    expect(Number(stdout)).toBeLessThan(held.length / 2);
  });
});
