import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '../../support/tensors.js';
import { compareWithPyTorch, type Quantity, tolerances } from './compare-with-pytorch.js';

describe('fifty training steps', () => {
  it('give the losses, gradients, weights and running statistics that PyTorch gives', async () => {
    await expectNoLeak(async () => {
      const differences = await compareWithPyTorch();
      for (const [quantity, { largest, at }] of Object.entries(differences)) {
        expect(largest, `${quantity} of ${at}`).toBeLessThan(tolerances[quantity as Quantity]);
      }
    });
  }, 120_000);
});
