import type { FileResult } from './file-result.js';

/** One image's result for people: a line per face, and under it a line per point. A failed image has none; stderr tells. */
export function formatTable({ file, faces }: FileResult): string {
  return faces.map((face, index) => formatFace(file, face, index)).join('\n');
}

function formatFace(file: string, { box, score, points }: FileResult['faces'][number], index: number): string {
  const place = [box.x, box.y, box.width, box.height].map((value) => Number(value.toFixed(1))).join(' ');
  const longest = Math.max(...points.map(({ name }) => name.length));
  const rows = points.map(({ name, x, y, score: pointScore }) => {
    const numbers = [x.toFixed(2), y.toFixed(2)].map((text) => text.padStart(9)).join('');
    return `  ${name.padEnd(longest)}${numbers}  ${pointScore.toFixed(2).padStart(6)}\n`;
  });
  const columns = `  ${'point'.padEnd(longest)}${'x'.padStart(9)}${'y'.padStart(9)}   score\n`;
  return `${file}, face ${index + 1} in box ${place}: score ${score.toFixed(2)}\n${columns}${rows.join('')}`;
}
