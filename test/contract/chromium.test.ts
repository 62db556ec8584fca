import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { hasChromium, launchChromium, softwareGraphics } from '../browser/chromium.js';
import type { ServedPage } from '../browser/serve.js';
import { lacksPackages } from '../support/installed.js';
import { holdToContract } from './hold-to-contract.js';
import { runInChromium, serveContract } from './run-in-chromium.js';

let [browser, page]: [Browser?, ServedPage?] = [];

beforeAll(async () => {
  if (hasChromium) [browser, page] = await Promise.all([launchChromium(softwareGraphics), serveContract()]);
});

afterAll(async () => {
  await browser?.close();
  await page?.close();
});

for (const backend of ['wasm', 'webgl', 'webgpu'] as const) {
  holdToContract(
    `${backend} in Chromium${backend === 'wasm' ? '' : ', on SwiftShader'}`,
    () => runInChromium(browser!, page!.url, backend),
    lacksPackages('.', `@tensorflow/tfjs-backend-${backend}`) || (!hasChromium && 'no Chromium: set CHROMIUM_PATH'),
  );
}
