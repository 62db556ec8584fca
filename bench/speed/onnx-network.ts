import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { PlainTensor } from '../../src/formats/safetensors.js';
import { INPUT, OUTPUT } from './export-onnx.js';

/** A network that {@link exportOnnx} wrote, in onnxruntime on one thread. */
export class OnnxNetwork {
  private constructor(readonly session: InferenceSession) {}

  static async open(model: Uint8Array): Promise<OnnxNetwork> {
    const options = { executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1 };
    return new OnnxNetwork(await InferenceSession.create(model, options));
  }

  /** Heatmaps `[faces, landmarks + 1, size, size]` of faces `[faces, channels, size, size]`. */
  async apply({ shape, data }: PlainTensor): Promise<PlainTensor> {
    const outputs = await this.session.run({ [INPUT]: new Tensor('float32', data, shape) });
    const heatmaps = outputs[OUTPUT]!;
    return { shape: [...heatmaps.dims], data: heatmaps.data as Float32Array };
  }

  release(): Promise<void> {
    return this.session.release();
  }
}
