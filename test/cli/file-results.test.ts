import { describe, expect, it } from 'vitest';
import { parseBoxesCsv } from '../../src/cli/boxes-file.js';
import { type FileResult, formatCsv, formatJson, formatTable } from '../../src/cli/file-results.js';

const names = ['left-eye-center', 'right-eye-center', 'nose-tip', 'left-mouth-corner', 'right-mouth-corner'];

const result: FileResult = {
  file: 'crowd, left.jpg',
  faces: [0, 10].map((shift) => ({
    box: { x: 1 + shift, y: 2, width: 20.5, height: 24 },
    scheme: 5,
    score: 0.8004,
    points: names.map((name, i) => ({ x: i + shift + 1 / 3, y: i, score: i / 10, name })),
  })),
};
const failed: FileResult = { file: 'b.jpg', faces: [], error: { code: 'IMAGE_DECODE', message: 'b.jpg is empty' } };

describe('detect results as JSON', () => {
  it('hold files, faces, points and errors, rounded to a thousandth', () => {
    const parsed = JSON.parse(formatJson([result, failed]));
    expect(parsed).toHaveLength(2);
    expect(Object.keys(parsed[0])).toEqual(['file', 'faces']);
    expect(parsed[0].faces[1].box).toEqual({ x: 11, y: 2, width: 20.5, height: 24 });
    expect(parsed[0].faces[1].score).toBe(0.8);
    expect(parsed[0].faces[1].scheme).toBe(5);
    expect(parsed[0].faces[1].points[2]).toEqual({ x: 12.333, y: 2, score: 0.2, name: 'nose-tip' });
    expect(parsed[1]).toEqual(failed);
  });
});

describe('detect results as CSV', () => {
  it('have a row per face, and none for a failed image', () => {
    const [header, first, second, ...rest] = formatCsv([result, failed], 5).split('\n');
    expect(header).toBe('file,face,x,y,width,height,score,x0,y0,s0,x1,y1,s1,x2,y2,s2,x3,y3,s3,x4,y4,s4');
    expect(first).toBe('"crowd, left.jpg",1,1,2,20.5,24,0.8,0.333,0,0,1.333,1,0.1,2.333,2,0.2,3.333,3,0.3,4.333,4,0.4');
    expect(second).toMatch(/^"crowd, left.jpg",2,11,2,20.5,24,0.8,10.333,/);
    expect(rest).toEqual(['']);
  });

  it('can be read as a boxes file', () => {
    const boxes = parseBoxesCsv(formatCsv([result], 5), 'out.csv');
    expect(boxes.get('crowd, left.jpg')).toEqual(result.faces.map(({ box }) => box));
  });

  it('have a header even without faces', () => {
    expect(formatCsv([], 68).trim().split(',')).toHaveLength(7 + 3 * 68);
  });
});

describe('detect results as a table', () => {
  it('name every face and point', () => {
    const text = formatTable(result);
    expect(text).toContain('crowd, left.jpg, face 1 in box 1 2 20.5 24: score 0.80');
    expect(text).toContain('crowd, left.jpg, face 2');
    expect(text).toMatch(/^ {2}nose-tip +2\.33 +2\.00 +0\.20$/m);
    expect(formatTable(failed)).toBe('');
  });
});
