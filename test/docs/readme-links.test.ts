import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');
const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
const page = `${repository}/blob/main/`;
const file = `${repository.replace('https://github.com/', 'https://raw.githubusercontent.com/')}/main/`;

const readme = await readFile(resolve(root, 'README.md'), 'utf8');
const links = [...readme.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)[^)]*\)|<(img|a)\s[^>]*?(?:src|href)="([^"]+)"/g)].map(
  ([, mark, target, tag, source]) => ({ target: (target ?? source)!, image: mark === '!' || tag === 'img' }),
);

// npm shows the README on a page of its own, where there is nothing for a relative link to lead to.
describe('links of the README', () => {
  it('are absolute, or lead to one of its own headings', () => {
    expect(links.length).toBeGreaterThan(5);
    expect(links.map(({ target }) => target).filter((target) => !/^(https:\/\/|#)/.test(target))).toEqual([]);
  });

  it('lead to files of this repository that exist', () => {
    const paths = links.flatMap(({ target }) =>
      [page, file].filter((prefix) => target.startsWith(prefix)).map((prefix) => target.slice(prefix.length)),
    );
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(resolve(root, path.replace(/#.*/, ''))))).toEqual([]);
  });

  it('take images as files, not as the pages that show them', () => {
    const images = links.filter(({ image }) => image).map(({ target }) => target);
    expect(images.filter((target) => target.startsWith(repository))).toEqual([]);
  });
});
