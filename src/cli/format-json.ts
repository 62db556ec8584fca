import type { FileResult } from './file-result.js';

/**
 * Results as JSON: `[{ file, faces: [{ box, scheme, score, points: [{ name, x, y, score }] }], error? }]`. Coordinates are in pixels of
 * the file's image, centres at integers. All numbers are rounded to a thousandth.
 */
export function formatJson(results: readonly FileResult[]): string {
  const rounded = (_key: string, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  return `${JSON.stringify(results, rounded, 2)}\n`;
}
