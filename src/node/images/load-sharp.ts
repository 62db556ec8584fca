import { PackageUnavailableError } from '../../errors.js';

/** What the package sharp exports. */
export type SharpFactory = typeof import('sharp').default;

let loading: Promise<SharpFactory | undefined> | undefined;

/** The package sharp, an optional peer; undefined where it is not installed or its binary does not load. */
export function loadSharp(): Promise<SharpFactory | undefined> {
  loading ??= import('sharp').then(
    ({ default: sharp }) => sharp,
    () => undefined,
  );
  return loading;
}

/**
 * {@link loadSharp}, for what needs it.
 *
 * @throws PackageUnavailableError where it is missing.
 */
export async function requireSharp(): Promise<SharpFactory> {
  const sharp = await loadSharp();
  if (sharp) return sharp;
  throw new PackageUnavailableError(
    'Shrinking faces with realistic degradations needs the package sharp: npm install sharp.',
  );
}
