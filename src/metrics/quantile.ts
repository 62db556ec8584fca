/** The value below which a share of ascending values lies, interpolated linearly as NumPy does. */
export function quantile(ascending: readonly number[], share: number): number {
  const position = share * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(position)]!, ascending[Math.ceil(position)]!];
  // Equal neighbours may both be infinite, which cannot be interpolated.
  return below === above ? below : below + (above - below) * (position - Math.floor(position));
}

/** For `sort`. Not a difference: that of two infinities is NaN. */
export function ascending(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
