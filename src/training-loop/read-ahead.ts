/** Makes things by their index, and the next one before it is asked for. */
export class ReadAhead<Item> {
  readonly #make: (index: number) => Promise<Item>;
  readonly #count: number;
  #next = 0;
  #prepared: Promise<Item> | undefined;

  /** @param first Index of the first one that is taken. */
  constructor(make: (index: number) => Promise<Item>, first: number, count: number) {
    this.#make = make;
    this.#next = first;
    this.#count = count;
  }

  /** The next one. */
  take(): Promise<Item> {
    const item = this.#prepared ?? this.#make(this.#next);
    this.#prepared = undefined;
    this.#next++;
    return item;
  }

  /** Begins to make the next one, if there is one. What goes wrong is told when it is taken. */
  prepare(): void {
    if (this.#prepared || this.#next >= this.#count) return;
    this.#prepared = this.#make(this.#next);
    this.#prepared.catch(() => {});
  }

  /** Waits for what is being made, and drops it. */
  async settle(): Promise<void> {
    await this.#prepared?.catch(() => {});
    this.#prepared = undefined;
  }
}
