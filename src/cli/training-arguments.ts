/** What `train` and `ablate` are asked alike. */
export interface TrainingOptions {
  data: string;
  out: string;
  scale?: string | undefined;
  generator?: string | undefined;
  resume?: boolean | undefined;
  epochs?: string | undefined;
  seed?: string | undefined;
  backend?: string | undefined;
  workers?: string | undefined;
}

/** The options that need no word of which command they belong to. */
export const trainingArguments = {
  scale: { type: 'string', description: 'paper, or small: narrower and shorter, for a laptop (default paper)' },
  resume: { type: 'boolean', description: 'continue from where the run folder stopped' },
  epochs: { type: 'string', description: "instead of the preset's" },
  seed: { type: 'string', description: "instead of the preset's 0" },
  backend: { type: 'string', description: 'auto, wasm, webgpu, cpu, node, node-gpu (default auto)' },
  workers: { type: 'string', description: 'threads that share each batch: as many as cores (default 1)' },
} as const;
