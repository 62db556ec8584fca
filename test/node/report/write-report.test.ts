import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { writeReport } from '../../../src/node/report/write-report.js';
import { createRunFolder } from '../../../src/node/runs/run-folder.js';
import type { ReportSection } from '../../../src/reports/report.js';
import { settingsSection } from '../../../src/reports/settings-section.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function table(name: string, value: number): ReportSection {
  return {
    kind: 'table',
    name,
    heading: name,
    table: { columns: [{ key: 'value', label: 'Value' }], rows: [[value]] },
  };
}

async function write(...sections: ReportSection[]) {
  const folder = await temporaryFolder();
  const files = await writeReport(await createRunFolder(folder), { title: 'Title', lead: 'Lead.', sections });
  return { folder, files };
}

describe('writeReport', () => {
  it('writes the page, its tables as CSV, and all of them as JSON', async () => {
    const { folder, files } = await write(settingsSection({ seed: 7 }), table('errors', Number.NaN));
    expect(files.toSorted()).toEqual([...['errors.csv', 'report.html', 'report.json', 'report.md', 'settings.csv']]);
    expect((await readdir(folder)).toSorted()).toEqual(files.toSorted());
    expect(await readFile(join(folder, 'settings.csv'), 'utf8')).toBe('setting,value\nseed,7\n');
    expect(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).toEqual({
      title: 'Title',
      lead: 'Lead.',
      tables: { settings: [{ setting: 'seed', value: '7' }], errors: [{ value: null }] },
    });
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('<title>Title</title>');
    expect(await readFile(join(folder, 'report.md'), 'utf8')).toContain('# Title\n\nLead.\n\n## What was run');
  });

  it.each(['../errors', 'a/b', 'Errors', '', 'errors.csv'])('refuses a table named %j', async (name) => {
    await expect(write(table(name, 1))).rejects.toThrow(InvalidArgumentError);
  });

  it('refuses two tables of the same name, and writes nothing after an error', async () => {
    await expect(write(table('errors', 1), table('errors', 2))).rejects.toThrow('Two tables are named errors');
    const folder = await temporaryFolder();
    const sections: ReportSection[] = [table('errors', 1), { kind: 'chart', heading: 'Curve', spec: { mark: 'none' } }];
    const broken = writeReport(await createRunFolder(folder), { title: '', lead: '', sections });
    await expect(broken).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });
});
