// `import 'lowres-landmarks'` means this repository here too, although this folder is a package of its own.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';

const modules = resolve(import.meta.dirname, 'node_modules');
mkdirSync(modules, { recursive: true });
rmSync(resolve(modules, 'lowres-landmarks'), { force: true });
symlinkSync('../../..', resolve(modules, 'lowres-landmarks'), 'junction');
