/** Weights bundled as bytes: esbuild's `binary` loader in the build, test/support/safetensors-plugin.ts in tests. */
declare module '*.safetensors' {
  const bytes: Uint8Array;
  export default bytes;
}
