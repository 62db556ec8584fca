import type { TrainingState } from './trainer-types.js';
import type { TrainingWarning } from './warnings.js';

/** The events of a run. States are immutable snapshots. */
export interface TrainerEvents {
  /** After each step. */
  step: TrainingState;
  /** After each epoch, validation included. */
  epoch: TrainingState;
  /** After a checkpoint was written. */
  checkpoint: TrainingState;
  /** When something looks wrong, once for each kind. */
  warning: TrainingWarning;
}

/** Removes the listener. */
export type Unsubscribe = () => void;

/** Typed events. What a listener throws reaches the emitter. */
export class Events<Map extends object> {
  readonly #listeners = new globalThis.Map<keyof Map, Set<(payload: never) => unknown>>();

  on<Name extends keyof Map>(name: Name, listener: (payload: Map[Name]) => unknown): Unsubscribe {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Calls the listeners in the order they were added, awaiting each. */
  async emit<Name extends keyof Map>(name: Name, payload: Map[Name]): Promise<void> {
    for (const listener of this.#listeners.get(name) ?? []) await listener(payload as never);
  }
}
