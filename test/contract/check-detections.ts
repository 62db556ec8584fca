import type { Check } from './contract-types.js';
import { detectFaces, largestDistance } from './detect-faces.js';

export const checkDetections: Check = async ({ fixtures }) => {
  const found = await detectFaces(fixtures);
  const faces = Object.keys(fixtures.reference.points).length;
  return [
    {
      what: 'pixels between corresponding points',
      value: largestDistance(found, fixtures.reference.points),
      atMost: 0.05,
    },
    { what: 'faces without a reference', value: fixtures.faces.length - faces, atMost: 0 },
  ];
};
