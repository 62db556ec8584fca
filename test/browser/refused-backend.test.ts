import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from './chromium.js';
import type { RefusedAnswer } from './refused-page.js';
import { type ServedPage, servePage } from './serve.js';

describe.skipIf(!hasChromium)('Chromium without a GPU (skipped without Chromium: set CHROMIUM_PATH)', () => {
  let [browser, page]: [Browser?, ServedPage?] = [];

  beforeAll(async () => {
    [browser, page] = await Promise.all([
      launchChromium(['--disable-gpu', '--disable-software-rasterizer']),
      servePage('refused-page.ts', {}),
    ]);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await page?.close();
  });

  it.each(['webgl', 'webgpu'])('refuses %s with a typed error, and goes on with wasm', async (backend) => {
    const tab = await browser!.newPage();
    await tab.goto(page!.url);
    const { error, current, nine } = await tab.evaluate<RefusedAnswer>(`askFor('${backend}')`);
    expect(error).toMatchObject({ name: 'BackendUnavailableError', code: 'BACKEND_UNAVAILABLE' });
    expect(error!.message).toContain("'wasm'");
    expect([current, nine]).toEqual(['wasm', 9]);
  });
});
