/**
 * The weights in this package, as a file. They are a module of their own, loaded when first needed: no path to
 * configure, no request at run time, in Node and with any bundler.
 */
export async function loadBundledWeights(): Promise<Uint8Array> {
  const { default: file } = await import('../../weights/heatmap-unet-68.safetensors');
  return file;
}
