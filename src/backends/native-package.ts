import { BackendUnavailableError } from '../errors.js';

/**
 * Imports an optional package with native code, by a name that bundlers cannot see.
 *
 * @param install The argument of `npm install`, such as `webgpu@0.6.2`.
 * @param needs The package's requirements, for the message when it is installed but does not load.
 * @throws BackendUnavailableError when the package is missing or does not load, with the reason as its cause.
 */
export async function importNativePackage<Module>(name: string, install: string, needs: string): Promise<Module> {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  } catch (cause) {
    throw new BackendUnavailableError(
      isMissingPackage(cause, name)
        ? `${name} is not installed: npm install ${install}`
        : `${name} is installed, but does not load here: ${firstLine(cause)} ${needs}`,
      { cause },
    );
  }
}

/**
 * Whether an import failed, in Node or a bundle, because this package is missing, and not one that it imports.
 */
export function isMissingPackage(error: unknown, name: string): boolean {
  return new RegExp(`^(Cannot find (package|module)|Could not resolve) ["']${name}["']`).test(firstLine(error));
}

/** The first line of an error's message, as a sentence. */
export function firstLine(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
  return text.endsWith('.') ? text : `${text}.`;
}
