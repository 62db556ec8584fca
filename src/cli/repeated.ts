import { parseArgs } from 'node:util';

/** All values of an option that may be given several times, in order; citty keeps only the last. */
export function repeated(words: readonly string[], name: string): string[] {
  const options = { [name]: { type: 'string', multiple: true } } as const;
  const { values } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true });
  return (values[name] ?? []) as string[];
}
