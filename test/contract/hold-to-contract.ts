import { beforeAll, describe, expect, it } from 'vitest';
import { contract } from './contract.js';
import type { ContractResult } from './contract-types.js';

/** How long a whole run may take: minutes, because drivers in software compile every shader on the processor. */
const TIME_LIMIT = 240_000;

/**
 * One test per promise of the contract.
 *
 * @param run Runs the contract, wherever the backend is.
 * @param lacks What this machine lacks for it; the tests are skipped then, and their names say why.
 */
export function holdToContract(backend: string, run: () => Promise<ContractResult[]>, lacks?: string | false): void {
  describe.skipIf(lacks)(lacks ? `${backend} (skipped: ${lacks})` : backend, () => {
    let results: ContractResult[];
    beforeAll(async () => {
      results = await run();
    }, TIME_LIMIT);

    it.each(Object.keys(contract))('%s', (check) => {
      const { measurements, error } = results.find((result) => result.check === check)!;
      expect(error).toBeUndefined();
      for (const { what, value, atMost } of measurements) expect(value ?? Number.NaN, what).toBeLessThanOrEqual(atMost);
    });
  });
}
