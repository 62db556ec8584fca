import type { TableSection } from './report.js';
import { sizeLabel } from './table-cells.js';

/**
 * What was run, as a table of a report: all that it takes to run it again.
 *
 * @param settings In the order of the table; those that are undefined or null are left out.
 * @param environment Shown after them: the machine, for example.
 */
export function settingsSection(
  settings: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = {},
): TableSection {
  const rows = Object.entries({ ...settings, ...environment })
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([setting, value]) => [setting, [value].flat().map(shown).join(', ')]);
  const columns = ['setting', 'value'].map((key) => ({ key, label: key }));
  return { kind: 'table', name: 'settings', heading: 'What was run', table: { columns, rows } };
}

function shown(value: unknown): string {
  const { low, high } = Object(value) as { low?: number; high?: number };
  return low !== undefined && high !== undefined ? sizeLabel(low, high) : String(value);
}
