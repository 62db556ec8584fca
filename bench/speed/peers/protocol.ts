/**
 * What the benchmark asks a process of a peer, a line of JSON on its standard input each, and gets back on its standard output as
 * `{"result": ...}` or `{"error": "..."}`, one at a time and in the same order. pytorch.py speaks it, too.
 */
export interface Requests {
  /** The versions of what it runs on. */
  describe: { parameters: object; result: Record<string, string> };
  /** Makes a job ready, and tells how it does it where that was a choice. */
  prepare: { parameters: Job; result: string };
  /** Does it once: writes heatmaps `[faces, size, size, landmarks + 1]` to `output`, or gives the losses of the first steps. */
  answer: { parameters: Job & { output: string }; result: number[] };
  /** Does it again and again until so many milliseconds have passed, and tells the time of each. */
  turn: { parameters: Job & { milliseconds: number }; result: number[] };
}

export type Method = keyof Requests;

/** A forward pass or a training step of one network on some faces. */
export interface Job {
  task: Task;
  faces: number;
  /** Holds the network and a batch for each job. */
  folder: string;
}

export type Task = 'forward' | 'training step';

/** How many losses a training job answers with. */
export const ANSWERED_STEPS = 3;

/** The network in a job's folder: its weights in single precision, and as an ONNX model. */
export const WEIGHTS_FILE = 'weights.safetensors';
export const MODEL_FILE = 'network.onnx';

/** The file in a job's folder that holds its batch: `images`, and for training `heatmaps` and `visible`. */
export const batchFile = ({ task, faces }: Pick<Job, 'task' | 'faces'>): string =>
  `${task.replace(' ', '-')}-${faces}.safetensors`;
