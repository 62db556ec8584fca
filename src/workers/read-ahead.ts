/** Takes items from a source, and can have the next one made while the caller is busy with the last: with worker threads, say. */
export class ReadAhead<Item> {
  readonly #source: AsyncIterator<Item>;
  #next: Promise<IteratorResult<Item>> | undefined;

  constructor(source: AsyncIterator<Item>) {
    this.#source = source;
  }

  /** The next item; undefined after the last. */
  async take(): Promise<Item | undefined> {
    const next = this.#next ?? this.#source.next();
    this.#next = undefined;
    const { done, value } = await next;
    return done ? undefined : value;
  }

  /** Begins to make the next item. Whatever goes wrong is thrown when it is taken. */
  prepare(): void {
    this.#next ??= this.#source.next();
    this.#next.catch(() => {});
  }

  /** Waits for the item that is being made, and drops it. */
  async settle(): Promise<void> {
    await this.#next?.catch(() => {});
    this.#next = undefined;
  }
}
