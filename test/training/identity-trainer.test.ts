import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/datasets/dataset.js';
import type { AlignedSample } from '../../src/datasets/samples.js';
import {
  CheckpointError,
  DatasetError,
  InvalidArgumentError,
  InvalidImageError,
  WeightsMismatchError,
} from '../../src/errors.js';
import { decodeSafetensors } from '../../src/formats/safetensors.js';
import { decodeWeightsFile } from '../../src/formats/weights-file.js';
import { LightCNN29 } from '../../src/networks/light-cnn.js';
import type { Network } from '../../src/networks/network.js';
import { resolveIdentityConfig } from '../../src/training/identity-config.js';
import { IdentityTrainer, LIGHT_CNN_FILE } from '../../src/training/identity-trainer.js';
import { CHECKPOINT_FILE } from '../../src/training-loop/checkpoint.js';
import { drawnPeople, peopleDataset } from '../support/faces/drawn-faces.js';
import { tinyIdentityConfig, tinyIdentityInput } from '../support/faces/tiny-trainings.js';
import { type MemoryStore, memoryStore } from '../support/memory-store.js';
import { expectNoLeak } from '../support/tensors.js';

async function valuesOf(network: Network): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = {};
  for (const [name, weight] of Object.entries(network.weights)) values[name] = Array.from(await weight.data());
  return values;
}

/** What a run leaves behind, times aside. */
async function resultOf(trainer: IdentityTrainer, store: MemoryStore) {
  const { tensors, metadata } = decodeSafetensors(store.files.get(CHECKPOINT_FILE)!);
  return { weights: await valuesOf(trainer.network), tensors, counters: metadata.counters, metrics: store.metrics() };
}

describe('training LightCNN on identities', () => {
  it('memorises four people, and recognises them in unseen pictures', () =>
    expectNoLeak(async () => {
      const augmentation = { flip: 0, shift: 0 };
      const trainer = new IdentityTrainer(tinyIdentityInput({ epochs: 12, dropout: 0, augmentation }));
      const losses: number[] = [];
      trainer.on('step', ({ metrics }) => losses.push(metrics.loss!));
      await trainer.train();
      // ln 4 is what knowing nothing costs.
      expect(Math.abs(losses[0]! - Math.log(4))).toBeLessThan(1);
      expect(trainer.state.metrics.loss).toBeLessThan(0.05);
      expect(trainer.state.metrics.accuracy).toBe(1);
      expect(trainer.state.validation.top1).toBe(1);
      expect(trainer.identities).toEqual(['person 0', 'person 1', 'person 2', 'person 3']);
      trainer.dispose();
    }));

  it('ends bit for bit the same when stopped and resumed', async () => {
    const whole = memoryStore();
    const undisturbed = new IdentityTrainer(tinyIdentityInput({}, { store: whole }));
    await undisturbed.train();
    const expected = await resultOf(undisturbed, whole);
    undisturbed.dispose();
    expect(Object.keys(expected.tensors)).toContain('optimisers/network/stem/kernel/velocity');
    for (const stop of [1, 3, 5]) {
      const store = memoryStore();
      const stopped = new IdentityTrainer(tinyIdentityInput({}, { store }));
      const controller = new AbortController();
      stopped.on('step', ({ step }) => {
        if (step === stop) controller.abort();
      });
      expect(await stopped.train({ signal: controller.signal })).toBe(false);
      stopped.dispose();
      const resumed = new IdentityTrainer(tinyIdentityInput({}, { store }));
      expect(await resumed.resume()).toBe(true);
      expect(await resumed.train()).toBe(true);
      expect(await resultOf(resumed, store)).toEqual(expected);
      resumed.dispose();
    }
  });

  it('refuses to resume with another optimiser setting, and names it', async () => {
    const store = memoryStore();
    const first = new IdentityTrainer(tinyIdentityInput({}, { store }));
    await first.train({ signal: AbortSignal.abort() });
    first.dispose();
    const other = new IdentityTrainer(tinyIdentityInput({ sgd: { momentum: 0.5, weightDecay: 0 } }, { store }));
    await expect(other.resume()).rejects.toThrow(CheckpointError);
    await expect(other.resume()).rejects.toThrow('made with sgd');
    other.dispose();
  });

  it('refuses to resume with other people, even thousands, and names the first difference', async () => {
    const store = memoryStore();
    const people = drawnPeople(400, 1);
    const trainerOf = (faces: typeof people) =>
      new IdentityTrainer(tinyIdentityInput({}, { store, training: peopleDataset(faces) }));
    const first = trainerOf(people);
    await first.train({ signal: AbortSignal.abort() });
    first.dispose();
    const renamed = people.map((face) =>
      face.identity === 'person 250' ? { ...face, identity: 'person 250b' } : face,
    );
    const other = trainerOf(renamed);
    const error = await other.resume().catch((e: unknown) => e);
    other.dispose();
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as Error).message).toMatch(
      /made with identities = .*"person 250".*, this run has .*"person 250b".*the same data/,
    );
    expect((error as Error).message.length).toBeLessThan(600);
    const same = trainerOf(people);
    expect(await same.resume()).toBe(true);
    same.dispose();
  });

  it('learns the same each time in two worker threads, and about what one thread learns', {
    timeout: 60_000,
  }, async () => {
    const run = async (workers: number) => {
      const losses: number[] = [];
      const trainer = new IdentityTrainer(tinyIdentityInput({ epochs: 1 }));
      trainer.on('step', ({ metrics }) => losses.push(metrics.loss!));
      await trainer.train({ workers });
      const weights = await valuesOf(trainer.network);
      trainer.dispose();
      return { losses, weights };
    };
    const [one, two, again] = [await run(1), await run(2), await run(2)];
    expect(again).toEqual(two);
    // Nothing in the network or the loss depends on how a batch is cut: only rounding differs.
    one.losses.forEach((loss, step) => {
      expect(two.losses[step]! / loss).toBeCloseTo(1, 4);
    });
  });

  it('writes weights that load as a network with the same embeddings', async () => {
    const store = memoryStore();
    const trainer = new IdentityTrainer(tinyIdentityInput({ epochs: 1 }, { store }));
    await trainer.train();
    const { network, config, tensors } = decodeWeightsFile(store.files.get(LIGHT_CNN_FILE)!);
    expect(network).toBe('LightCNN29');
    using loaded = new LightCNN29(config as object);
    const [own, saved] = [await valuesOf(trainer.network), Object.keys(loaded.weights)];
    expect(Object.keys(tensors).sort()).toEqual(saved.sort());
    for (const [name, { data }] of Object.entries(tensors)) {
      data.forEach((value, i) => {
        expect(Math.abs(value - own[name]![i]!)).toBeLessThan(2e-3);
      });
    }
    trainer.dispose();
  });

  it('measures top1 on unseen people, and leaves it out when no held-out face has a mate', async () => {
    const strangers = peopleDataset(drawnPeople(9, 2, 4).filter(({ identity }) => identity > 'person 3'));
    const alone = peopleDataset(drawnPeople(3, 1, 4));
    for (const [validation, expected] of [
      [strangers, ['top1']],
      [alone, []],
      [peopleDataset([]), []],
    ] as const) {
      const trainer = new IdentityTrainer(tinyIdentityInput({ epochs: 1 }, { validation }));
      await trainer.train();
      expect(Object.keys(trainer.state.validation)).toEqual(expected);
      trainer.dispose();
    }
  });
});

describe('an IdentityTrainer with initial weights (setting L5)', () => {
  const network = tinyIdentityConfig().network;

  it('starts from them, whatever people they were trained on, and leaves them to the caller', () =>
    expectNoLeak(async () => {
      using initial = new LightCNN29({ ...network, seed: 50 });
      const before = await valuesOf(initial);
      for (const people of [2, 3]) {
        const training = peopleDataset(drawnPeople(people, 4));
        const trainer = new IdentityTrainer(tinyIdentityInput({ epochs: 1 }, { initial, training }));
        expect(await valuesOf(trainer.network)).toEqual(before);
        expect(trainer.classifier.config.identities).toBe(people);
        await trainer.train();
        expect(await valuesOf(trainer.network)).not.toEqual(before);
        trainer.dispose();
      }
      expect(await valuesOf(initial)).toEqual(before);
    }));

  it('refuses another architecture without a leak', () =>
    expectNoLeak(() => {
      using initial = new LightCNN29({ ...network, widths: [4, 8, 8, 4] });
      const make = () => new IdentityTrainer(tinyIdentityInput({}, { initial }));
      expect(make).toThrow(WeightsMismatchError);
      expect(make).toThrow('group3_widen/kernel');
    }));
});

describe('an IdentityTrainer refuses', () => {
  it('a training set without faces, or of one person', () =>
    expectNoLeak(() => {
      const make = (training: Dataset<AlignedSample>) => () => new IdentityTrainer(tinyIdentityInput({}, { training }));
      expect(make(peopleDataset([]))).toThrow(DatasetError);
      expect(make(peopleDataset(drawnPeople(1, 3)))).toThrow(DatasetError);
      expect(make(peopleDataset(drawnPeople(1, 3)))).toThrow('All 3 training faces show "person 0"');
    }));

  it.each([
    ['training', { training: true }],
    ['validation', { validation: true }],
  ])('a %s face of another size, which is named', (_, which: { training?: boolean; validation?: boolean }) =>
    expectNoLeak(async () => {
      const faces = drawnPeople(4, 4).map((face) => {
        const image = { data: new Uint8Array(9 * 9 * 3), width: 9, height: 9 };
        return face.id === 'face-7' ? { ...face, image } : face;
      });
      const wrong = peopleDataset(faces);
      const rest = which.training ? { training: wrong } : { validation: wrong };
      const trainer = new IdentityTrainer(tinyIdentityInput({ epochs: 1 }, rest));
      const error = await trainer.train().catch((e: unknown) => e);
      trainer.dispose();
      expect(error).toBeInstanceOf(InvalidImageError);
      expect((error as Error).message).toBe(
        'face-7 has 9 x 9 pixels (243 numbers), the network takes 8 x 8 RGB: align it to 8.',
      );
    }),
  );
});

describe('resolveIdentityConfig', () => {
  it('follows LightCNN’s own training where the paper gives nothing', () => {
    const { learningRate, sgd, dropout, network } = resolveIdentityConfig('light-cnn');
    expect({ learningRate, sgd, dropout, network }).toEqual({
      learningRate: 0.01,
      sgd: { momentum: 0.9, weightDecay: 1e-4 },
      dropout: 0.5,
      network: {},
    });
  });

  it('keeps the rest of a preset’s network when one of its settings is replaced', () => {
    expect(resolveIdentityConfig('light-cnn', { scale: 'small', network: { embeddingSize: 64 } }).network).toEqual({
      widths: [24, 48, 96, 64],
      poolings: 3,
      embeddingSize: 64,
    });
  });

  it.each([
    [{ sgd: { momentum: 1, weightDecay: 0 } }, 'sgd.momentum'],
    [{ sgd: { momentum: 0.9, weightDecay: -1 } }, 'sgd.weightDecay'],
    [{ dropout: 1 }, 'dropout'],
    [{ augmentation: { flip: 2, shift: 0 } }, 'augmentation.flip'],
    [{ augmentation: { flip: 0, shift: 0.5 } }, 'augmentation.shift'],
    [{ learningRate: 0 }, 'learningRate'],
  ])('refuses %j', (changes, key) => {
    expect(() => resolveIdentityConfig('light-cnn', changes)).toThrow(InvalidArgumentError);
    expect(() => resolveIdentityConfig('light-cnn', changes)).toThrow(key);
  });
});
