import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Method, Requests } from './protocol.js';

type Answer = { result: unknown } | { error: string };

/** A process in which a peer runs, and which times itself. */
export class Peer {
  readonly #child;
  readonly #answers: AsyncIterator<string>;
  #settled: Promise<unknown> = Promise.resolve();

  constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    // A command that does not exist shows as an answer that does not come.
    this.#child.on('error', () => {});
    this.#child.stdin.on('error', () => {});
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Asks one thing; requests wait for each other.
   *
   * @throws Error with what the process says, or when it ends instead of answering.
   */
  ask<Asked extends Method>(
    method: Asked,
    parameters: Requests[Asked]['parameters'],
  ): Promise<Requests[Asked]['result']> {
    const answered = this.#settled.then(async () => {
      this.#child.stdin.write(`${JSON.stringify({ method, ...parameters })}\n`);
      const { value, done } = await this.#answers.next();
      if (done) throw new Error(`${this.#child.spawnargs.join(' ')} ended instead of answering to ${method}.`);
      const answer: Answer = JSON.parse(value);
      if ('error' in answer) throw new Error(answer.error);
      return answer.result as Requests[Asked]['result'];
    });
    this.#settled = answered.catch(() => {});
    return answered;
  }

  /** Ends the process. */
  async close(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    const exited = once(this.#child, 'exit');
    this.#child.stdin.end();
    await exited;
  }
}
