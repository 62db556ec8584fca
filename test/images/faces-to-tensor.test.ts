import { beforeAll, describe, expect, it } from 'vitest';
import { facesToTensor } from '../../src/images/faces-to-tensor.js';
import { expectNoLeak, useCpu } from '../support/tensors.js';

describe('facesToTensor', () => {
  beforeAll(useCpu);

  it('stacks faces in order, 0-255 scaled to [-1, 1]', () =>
    expectNoLeak(async () => {
      const face = (value: number) => ({ data: new Uint8Array(12).fill(value), width: 2, height: 2 });
      const second = face(51);
      second.data[5] = 204;
      const tensor = facesToTensor([face(0), second, face(255)]);
      expect(tensor.shape).toEqual([3, 2, 2, 3]);
      const values = Array.from(await tensor.data());
      tensor.dispose();
      const expected = [...Array(12).fill(-1), ...Array(12).fill(-0.6), ...Array(12).fill(1)];
      expected[12 + 5] = 0.6;
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 6);
      });
    }));
});
