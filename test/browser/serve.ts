import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const wasm = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
};

/** A page on loopback, until it is closed. */
export interface ServedPage {
  url: string;
  close: () => Promise<void>;
}

/**
 * Bundles a script of this folder, as an application would, and serves a page with it on loopback.
 *
 * @param files What else is served, by path, such as `/face.png`. The files of tfjs's wasm backend are under `/wasm/`.
 */
export async function servePage(
  script: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<ServedPage> {
  const { outputFiles } = await build({
    entryPoints: { page: join(import.meta.dirname, script) },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: '/',
    write: false,
    logLevel: 'error',
    loader: { '.safetensors': 'binary', '.wasm': 'binary' },
  });
  const served = new Map<string, Uint8Array | string>(Object.entries(files));
  for (const { path, contents } of outputFiles) served.set(path, contents);
  served.set('/index.html', '<!doctype html><script type="module" src="/page.js"></script>');

  const server = createServer(async ({ url = '/' }, response) => {
    const content = url.startsWith('/wasm/') ? await readFile(join(wasm, basename(url))) : served.get(url);
    response.writeHead(content ? 200 : 404, { 'content-type': types[extname(url)] ?? 'text/plain' }).end(content);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
