import { Command, InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { collect, parsePoints, parseSizes, wholeNumber } from '../../src/cli/options.js';

describe('command-line options', () => {
  it.each([
    [
      'sizes of faces',
      parseSizes('12-16, 16-20.5'),
      [
        { low: 12, high: 16 },
        { low: 16, high: 20.5 },
      ],
    ],
    ['a point scheme', parsePoints('19'), 19],
    ['a whole number', wholeNumber(0)('0'), 0],
  ])('parses %s', (_what, parsed, expected) => expect(parsed).toEqual(expected));

  it.each<[string, (text: string) => unknown, string, string]>([
    ['a size without an end', parseSizes, '12', 'ranges of pixels such as 12-16,16-20'],
    ['a size that ends before it begins', parseSizes, '16-12', '16 to 12'],
    ['sizes that overlap', parseSizes, '12-16,14-20', 'overlap'],
    ['a size of no pixels', parseSizes, '0-16', 'over 0'],
    ['another number of points', parsePoints, '7', '68, 19 or 5'],
    ['points with a leading zero', parsePoints, '068', '68, 19 or 5'],
    ['a number below the least', wholeNumber(1), '0', 'a whole number of at least 1'],
    ['a negative number', wholeNumber(0), '-1', 'a whole number of at least 0'],
    ['a fraction', wholeNumber(1), '1.5', 'a whole number'],
    ['a power of ten', wholeNumber(1), '1e6', 'a whole number'],
    ['a word', wholeNumber(1), 'two', 'a whole number'],
    ['an empty number', wholeNumber(1), '', 'a whole number'],
  ])('refuses %s', (_what, parse, text, message) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError);
    expect(() => parse(text)).toThrow(message);
  });

  it('collects the values of a repeated option in order', async () => {
    const command = new Command().option('--predictor <file>', '', collect).action(() => {});
    await command.parseAsync(['--predictor', 'a', '--predictor=b'], { from: 'user' });
    expect(command.opts()).toEqual({ predictor: ['a', 'b'] });
  });
});
