import { expect, it } from 'vitest';
import { settingsSection } from '../../src/reports/settings-section.js';

it('settingsSection leaves out null and undefined settings, writes ranges as 12-16, and puts the environment last', () => {
  const settings = { sizes: [{ low: 12, high: 16 }, '16-20'], limit: null, crop: undefined, seed: 0 };
  expect(settingsSection(settings, { machine: 'x' }).table.rows).toEqual([
    ['sizes', '12-16, 16-20'],
    ['seed', '0'],
    ['machine', 'x'],
  ]);
});
