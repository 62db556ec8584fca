/** What the package sharp exports. */
type SharpFactory = typeof import('sharp').default;

let loading: Promise<SharpFactory | undefined> | undefined;

/** The package sharp, an optional peer; undefined if it is not installed or its binary does not load. */
export function loadSharp(): Promise<SharpFactory | undefined> {
  loading ??= import('sharp').then(
    ({ default: sharp }) => sharp,
    () => undefined,
  );
  return loading;
}
