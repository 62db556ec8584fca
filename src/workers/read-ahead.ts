/** Takes items from a source, and can make the next one while the caller is busy with the last. */
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

  /** Begins to make the next item; its errors are thrown when it is taken. */
  prepare(): void {
    this.#next ??= this.#source.next();
    this.#next.catch(() => {});
  }

  /** Waits for the item being made, and drops it. */
  async settle(): Promise<void> {
    await this.#next?.catch(() => {});
    this.#next = undefined;
  }
}
