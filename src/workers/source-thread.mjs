// Runs thread.ts from the sources, in tests and benchmarks. The build has thread.js instead, and not this file.
import { register } from 'tsx/esm/api';

register();

export default (await import('./thread.ts')).default;
