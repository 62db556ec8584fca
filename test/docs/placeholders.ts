/**
 * What a reader has who copies a block: names that blocks use without declaring them, with their types. A block that needs another type
 * than its file has here should declare the name itself.
 */
const anywhere = {
  image: "import('lowres-landmarks').RgbImage",
  canvas: 'HTMLCanvasElement',
  crop: "import('lowres-landmarks').ImageInput",
  box: "import('lowres-landmarks').Box",
  boxes: "import('lowres-landmarks').Box[]",
  points: "import('lowres-landmarks').Point[]",
  errors: 'number[]',
  scores: 'number[]',
};

const inFiles: Record<string, Record<string, string>> = {};

/** `declare const` for those placeholders of a file that a block uses. */
export function declarePlaceholders(file: string, used: ReadonlySet<string>): string {
  const types: Record<string, string> = { ...anywhere, ...inFiles[file] };
  return Object.entries(types)
    .filter(([name]) => used.has(name))
    .map(([name, type]) => `declare const ${name}: ${type};`)
    .join(' ');
}
