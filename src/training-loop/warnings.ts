/** Something that looks wrong in a run, which goes on, and what to try. */
export interface TrainingWarning {
  /** `discriminator-collapsed`, `kt-saturated` or `loss-order-broken`. */
  kind: string;
  message: string;
  /** The step after which it was noticed. */
  step: number;
}

/** Steps in a row that look wrong before a warning: a single batch says little about a GAN. */
export const PATIENCE = 100;

/** Detects what has looked wrong for {@link PATIENCE} steps in a row. */
export class Watch {
  readonly #streaks = new Map<string, number>();

  /** Whether to warn now: once for each kind. */
  isDue(kind: string, looksWrong: boolean): boolean {
    const streak = this.#streaks.get(kind) ?? 0;
    if (streak >= PATIENCE) return false;
    this.#streaks.set(kind, looksWrong ? streak + 1 : 0);
    return looksWrong && streak + 1 === PATIENCE;
  }
}
