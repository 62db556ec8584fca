import type { Browser } from 'playwright-core';
import type { BackendName } from '../../src/backends/use-backend.js';
import { type ServedPage, servePage } from '../browser/serve.js';
import type { ContractResult } from './contract-types.js';
import { readFixtures } from './read-fixtures.js';

/** Serves the contract, bundled, with everything it needs. */
export async function serveContract(): Promise<ServedPage> {
  const { weights, faces, reference } = await readFixtures();
  const plainFaces = faces.map((face) => ({ ...face, image: { ...face.image, data: [...face.image.data] } }));
  const fixtures = JSON.stringify({ faces: plainFaces, reference });
  return servePage('contract-page.fixture.ts', { '/weights': weights, '/fixtures.json': fixtures });
}

/** Runs the contract in a page of its own. */
export async function runInChromium(browser: Browser, url: string, backend: BackendName): Promise<ContractResult[]> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  try {
    await page.goto(url);
    return await page.evaluate<ContractResult[]>(`holdToContract('${backend}')`);
  } catch (error) {
    throw new Error(`The page failed: ${(error as Error).message} ${complaints.join('; ')}`);
  } finally {
    await page.close();
  }
}
