/**
 * The learning rate of an epoch (counted from 0): the initial one, halved at each milestone passed. The paper (section
 * 4.1) halves 2e-4 after 80 and 160 of its 200 epochs.
 */
export function steppedLearningRate(initial: number, milestones: readonly number[], epoch: number): number {
  return initial * 0.5 ** milestones.filter((milestone) => epoch >= milestone).length;
}

/** Milestones for a run of another length: the rate is halved after the same shares of it. */
export function milestonesAfter(
  { epochs: planned, milestones }: { epochs: number; milestones: readonly number[] },
  epochs: number,
): number[] {
  return milestones.map((milestone) => Math.round((milestone * epochs) / planned));
}
