import { assertTrainable, backendCapabilities } from '../../src/backends/backend-capabilities.js';
import { useBackend } from '../../src/backends/use-backend.js';
import type { Check } from './contract-types.js';

export const checkCapabilities: Check = async ({ registered }) => {
  assertTrainable();
  const { backend, why } = backendCapabilities();
  const kept = await useBackend('auto');
  return [
    {
      what: `capabilities are of "${backend}", not of "${registered}"`,
      value: Number(backend !== registered),
      atMost: 0,
    },
    { what: `it is trainable and yet there is a reason against it: ${why}`, value: why.length, atMost: 0 },
    { what: `'auto' keeps "${kept}", not "${registered}"`, value: Number(kept !== registered), atMost: 0 },
  ];
};
