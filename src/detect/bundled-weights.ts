/** The weights in this package: a lazily imported module, so that no bundler needs a path, nor the page a request. */
export async function loadBundledWeights(): Promise<Uint8Array> {
  const { default: file } = await import('../../weights/heatmap-unet-68.safetensors');
  return file;
}
