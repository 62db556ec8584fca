import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/node/report/write-report.js';
import { createRunFolder } from '../../src/node/runs/run-folder.js';
import { cumulativeErrorChart } from '../../src/reports/charts/error-charts.js';
import { HOSTILE, hostileReport } from '../node/report/hostile-report.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { hasChromium, launchChromium } from './chromium.js';

describe.skipIf(!hasChromium)('a report in Chromium (skipped without one: set CHROMIUM_PATH)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());

  it('shows hostile names as they are, in the chart too, runs nothing and loads nothing', async () => {
    const spec = cumulativeErrorChart([{ name: HOSTILE, errors: [0.05] }]);
    const folder = await temporaryFolder();
    await writeReport(await createRunFolder(folder), hostileReport(spec));
    const path = join(folder, 'report.html');
    const page = await browser.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    await page.goto(pathToFileURL(path).href);

    expect(await page.title()).toBe(HOSTILE);
    for (const place of ['h1', '.lead', 'section h2', 'tbody th', 'figcaption b', 'section p']) {
      expect(await page.locator(place).first().textContent(), place).toBe(HOSTILE);
    }
    expect(await page.locator('.figures img').getAttribute('alt')).toBe(HOSTILE);
    const shown = (image: HTMLImageElement | SVGElement) => 'naturalWidth' in image && image.naturalWidth;
    expect(await page.locator('.figures img').evaluate(shown)).toBe(2);
    expect(await page.locator('svg text').allTextContents()).toContainEqual(
      expect.stringContaining(HOSTILE.slice(0, 50)),
    );
    expect(await page.locator('script, [onerror]').count()).toBe(0);
    expect(asked.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
    expect(said).toEqual([]);
    await page.close();
  });
});
