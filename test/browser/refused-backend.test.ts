import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacksPackages } from '../support/installed.js';
import { hasChromium, launchChromium } from './chromium.js';
import type { RefusedAnswer } from './refused-page.js';
import { type ServedPage, servePage } from './serve.js';

const lacks =
  lacksPackages('.', '@tensorflow/tfjs-backend-webgl', '@tensorflow/tfjs-backend-webgpu') ||
  (!hasChromium && 'no Chromium: set CHROMIUM_PATH');

describe.skipIf(lacks)(`Chromium without a GPU${lacks ? ` (skipped: ${lacks})` : ''}`, () => {
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
