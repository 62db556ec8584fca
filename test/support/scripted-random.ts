import { Random } from '../../src/random.js';

/** Gives the whole numbers of a list, one after the other: those that another program drew. */
export class ScriptedIntegers extends Random {
  readonly #numbers: Iterator<number>;

  constructor(numbers: Iterable<number>) {
    super(0);
    this.#numbers = numbers[Symbol.iterator]();
  }

  override integer(): number {
    return this.#numbers.next().value;
  }
}

/** Shuffles nothing. */
export class GivenOrder extends Random {
  constructor() {
    super(0);
  }

  override shuffle<Item>(items: readonly Item[]): Item[] {
    return [...items];
  }
}
