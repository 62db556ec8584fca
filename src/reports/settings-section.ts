import type { TableSection } from './report.js';

/**
 * What was run, as the first table of a report: the data, the seed, the backend, versions, whatever one must know to
 * do it again.
 *
 * @param settings In the order of the table; those that are undefined are left out.
 */
export function settingsSection(
  settings: Readonly<Record<string, string | number | boolean | undefined>>,
  heading = 'What was run',
): TableSection {
  const rows = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([setting, value]) => [setting, String(value)]);
  const columns = [
    { key: 'setting', label: 'setting' },
    { key: 'value', label: 'value' },
  ];
  return { kind: 'table', name: 'settings', heading, table: { columns, rows } };
}
