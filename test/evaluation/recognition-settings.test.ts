import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { recognitionSetting, recognitionSettings } from '../../src/evaluation/recognition-settings.js';

describe('recognitionSettings', () => {
  it('are those of Tables 2a, 2b and 3', () => {
    expect(Object.keys(recognitionSettings)).toEqual([
      'L1',
      'L2',
      'L3',
      'L4',
      'L5',
      'baseline',
      'I1',
      'I2',
      'I3',
      'A1',
      'A2',
    ]);
    const top1 = Object.values(recognitionSettings).map(({ paper }) => paper.top1);
    expect(top1).toEqual([31.17, 35.11, 39.03, 39.87, 43.82, 34.71, 34.01, 45.04, 51.1, 11.75, 26.21]);
  });

  it('differ from one another as in section 4', () => {
    const differences = (first: string, second: string) => {
      const [a, b] = [recognitionSetting(first), recognitionSetting(second)] as unknown as Record<string, unknown>[];
      return Object.keys(a!).filter((key) => key !== 'paper' && key !== 'question' && a![key] !== b![key]);
    };
    expect(differences('L1', 'L2')).toEqual(['landmarks']);
    expect(differences('L2', 'L3').sort()).toEqual(['landmarks', 'realFaces']);
    expect(differences('L3', 'L4')).toEqual(['generator']);
    expect(differences('L4', 'L5')).toEqual(['embedder']);
    expect(differences('I2', 'L3')).toEqual(['embedder']);
    expect(differences('I3', 'L4')).toEqual(['embedder']);
    expect(differences('baseline', 'A2')).toEqual(['superResolved']);
    expect(recognitionSetting('baseline')).toMatchObject({ landmarks: 'HR-LD', order: 'enlarge-first' });
    expect(recognitionSetting('I1')).toMatchObject({ landmarks: 'S3', order: 'align-first' });
  });

  it.each(['L6', '', 'toString'])('refuses the name "%s" and lists the known names', (name) => {
    expect(() => recognitionSetting(name)).toThrow(InvalidArgumentError);
    expect(() => recognitionSetting(name)).toThrow(/L1, L2.*A2/);
  });
});
