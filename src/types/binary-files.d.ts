/** Files bundled as bytes: esbuild's `binary` loader in the build, test/support/binary-files-plugin.ts in tests. */
declare module '*.safetensors' {
  const bytes: Uint8Array;
  export default bytes;
}

declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
