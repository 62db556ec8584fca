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
  '.wasm': 'application/wasm',
  '.png': 'image/png',
};

/** Bundles page.ts with the built package, as an application would, and serves it and a picture on loopback. */
export async function servePage(png: Uint8Array): Promise<{ url: string; close: () => Promise<void> }> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: '/',
    write: false,
    logLevel: 'error',
  });
  const files = new Map<string, Uint8Array>(outputFiles.map(({ path, contents }) => [path, contents]));
  files.set('/index.html', new TextEncoder().encode('<!doctype html><script type="module" src="/page.js"></script>'));
  files.set('/face.png', png);

  const server = createServer(async ({ url = '/' }, response) => {
    const content = url.startsWith('/wasm/') ? await readFile(join(wasm, basename(url))) : files.get(url);
    response.writeHead(content ? 200 : 404, { 'content-type': types[extname(url)] ?? 'text/plain' }).end(content);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
