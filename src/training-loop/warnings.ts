/** Something in a run that looks wrong, and what to try. Training goes on. */
export interface TrainingWarning {
  /** Names what is wrong, for programs: `discriminator-collapsed`, `kt-saturated`, `loss-order-broken`. */
  kind: string;
  message: string;
  /** The step after which it was noticed. */
  step: number;
}

/** How many steps in a row must look wrong before a warning: a single batch says little about a GAN. */
export const PATIENCE = 100;

/** Notices, once, what has looked wrong for {@link PATIENCE} steps in a row. */
export class Watch {
  readonly #streaks = new Map<string, number>();

  /** @returns Whether to warn now: the first time that the streak is long enough. */
  isDue(kind: string, looksWrong: boolean): boolean {
    const streak = this.#streaks.get(kind) ?? 0;
    if (streak >= PATIENCE) return false;
    this.#streaks.set(kind, looksWrong ? streak + 1 : 0);
    return looksWrong && streak + 1 === PATIENCE;
  }
}
