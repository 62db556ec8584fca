import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/errors.js';
import { completePredictions, formatRecord, parseRecords } from '../../src/evaluation/complete-predictions.js';
import { memoryStore } from '../support/memory-store.js';
import { greyFaces, offBy } from './faces.js';

const faces = greyFaces(5);
const FILE = 'predictions/a.jsonl';
const textOf = (store: ReturnType<typeof memoryStore>) => new TextDecoder().decode(store.files.get(FILE));
const withoutTimes = (text: string) => text.replaceAll(/"milliseconds":[\d.e-]+/g, '');

describe('completePredictions', () => {
  it('gives the same predictions, interrupted anywhere and resumed, as an uninterrupted run', async () => {
    const undisturbed = memoryStore();
    const records = await completePredictions(offBy(1, faces), faces, undisturbed, FILE);
    expect(records).toHaveLength(5);
    for (let stopAfter = 0; stopAfter < 5; stopAfter++) {
      const store = memoryStore();
      const controller = new AbortController();
      const onProgress = (done: number) => done === stopAfter && controller.abort();
      const stopped = await completePredictions(offBy(1, faces), faces, store, FILE, {
        signal: controller.signal,
        onProgress,
      });
      expect(stopped).toHaveLength(stopAfter);
      const resumed = await completePredictions(offBy(1, faces), faces, store, FILE);
      expect(resumed.slice(0, stopAfter)).toEqual(stopped);
      expect(withoutTimes(textOf(store))).toBe(withoutTimes(textOf(undisturbed)));
    }
  });

  it('predicts a face again whose line was truncated when the run was killed', async () => {
    const store = memoryStore();
    await completePredictions(offBy(1, faces), faces, store, FILE);
    const whole = textOf(store);
    const lines = whole.split('\n');
    await store.write(FILE, `${lines.slice(0, 2).join('\n')}\n${lines[2]!.slice(0, 25)}`);
    const done: number[] = [];
    await completePredictions(offBy(1, faces), faces, store, FILE, { onProgress: (count) => done.push(count) });
    expect(done).toEqual([2, 3, 4, 5]);
    expect(withoutTimes(textOf(store))).toBe(withoutTimes(whole));
  });

  it('refuses a damaged file and one of more faces', async () => {
    const store = memoryStore();
    await store.write(FILE, 'nonsense\n');
    const attempt = () => completePredictions(offBy(1, faces), faces, store, FILE);
    await expect(attempt()).rejects.toThrow(CheckpointError);
    await expect(attempt()).rejects.toThrow('memory/predictions/a.jsonl, line 1');
    await store.write(FILE, formatRecord({ id: 'x', points: null, milliseconds: 1 }).repeat(6));
    await expect(attempt()).rejects.toThrow('6 predictions for 5 faces');
  });
});

describe('parseRecords', () => {
  it('reads what formatRecord wrote, NaN and all digits included', () => {
    const coordinate = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(Number.NaN)).map((x) => x + 0);
    const record = fc.record({
      id: fc.string(),
      points: fc.option(fc.array(fc.record({ x: coordinate, y: coordinate }))),
      milliseconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(record), (records) => {
        expect(parseRecords(records.map(formatRecord).join(''), 'log')).toEqual(records);
      }),
    );
  });
});
