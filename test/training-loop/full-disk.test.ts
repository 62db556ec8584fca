import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { decodeSafetensors } from '../../src/formats/safetensors.js';
import { createRunFolder } from '../../src/node/runs/run-folder.js';
import { SemiSupervisedTrainer } from '../../src/training/semi-supervised-trainer.js';
import { CHECKPOINT_FILE } from '../../src/training-loop/checkpoint.js';
import { tinySemiSupervisedInput } from '../support/faces/tiny-trainings.js';

/** Bytes that still fit on the disk. */
const disk = vi.hoisted(() => ({ free: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof import('node:fs/promises')>();
  return {
    ...actual,
    async open(...args: Parameters<typeof actual.open>) {
      const file = await actual.open(...args);
      const writeFile = file.writeFile.bind(file);
      file.writeFile = async (content) => {
        const bytes = content as Uint8Array;
        if (bytes.length <= disk.free) return writeFile(content);
        await writeFile(bytes.subarray(0, disk.free));
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      };
      return file;
    },
  };
});

it('a full disk while a checkpoint is saved keeps the one before, from which training resumes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lowres-landmarks-'));
  const input = tinySemiSupervisedInput('S4', {}, { store: await createRunFolder(folder) });
  const first = new SemiSupervisedTrainer(input);
  await first.saveCheckpoint();
  const before = await readFile(join(folder, CHECKPOINT_FILE));
  disk.free = 5000;
  await expect(first.train()).rejects.toThrow('no space left on device');
  disk.free = Number.POSITIVE_INFINITY;
  first.dispose();
  expect((await readFile(join(folder, CHECKPOINT_FILE))).equals(before)).toBe(true);
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  decodeSafetensors(before);
  const second = new SemiSupervisedTrainer(input);
  expect(await second.resume()).toBe(true);
  expect(await second.train()).toBe(true);
  second.dispose();
  input.generator.dispose();
  await rm(folder, { recursive: true });
});
