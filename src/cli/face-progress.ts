import { SingleBar } from 'cli-progress';
import type { CommandOutput } from './run-command.js';

const SECONDS_BETWEEN_LINES = 30;

/** Told how far a predictor is. */
export interface FaceProgress {
  update(done: number, lost: number): void;
  stop(): void;
}

/** Shows how far a predictor is with its faces: a bar on a terminal, a line now and then elsewhere. */
export function showFaceProgress(name: string, total: number, stderr: CommandOutput['stderr']): FaceProgress {
  if (stderr.isTTY) return faceBar(name, total, stderr);
  let last = performance.now();
  return {
    update(done, lost) {
      if (performance.now() - last < SECONDS_BETWEEN_LINES * 1000) return;
      last = performance.now();
      stderr.write(`${name}: ${done}/${total} faces, ${lost} lost\n`);
    },
    stop() {},
  };
}

function faceBar(name: string, total: number, stderr: CommandOutput['stderr']): FaceProgress {
  const format = '{bar} {name} | {value}/{total} faces, {lost} lost | {eta_formatted} left';
  const bar = new SingleBar({
    format,
    hideCursor: true,
    clearOnComplete: true,
    stream: stderr as NodeJS.WritableStream,
  });
  let started = false;
  return {
    update(done, lost) {
      // What a resumed run finds done says nothing of the time left.
      if (!started) bar.start(total, done, { name, lost });
      started = true;
      bar.update(done, { name, lost });
    },
    stop: () => bar.stop(),
  };
}
