import { BackendUnavailableError } from '../errors.js';

/**
 * Imports an optional package with native code, by a name that bundlers cannot see: browser builds must not look for
 * it.
 *
 * @param install What `npm install` takes, `webgpu@0.6.2` say.
 * @param needs What the package needs of the machine: part of the message when it is installed but does not load.
 * @throws BackendUnavailableError that says whether the package is missing or does not load, with the reason as its
 *   cause.
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
 * Whether an import failed because it is this package that is missing: one that is there may lack another. Node and
 * bundlers say it in like words.
 */
export function isMissingPackage(error: unknown, name: string): boolean {
  return new RegExp(`^(Cannot find (package|module)|Could not resolve) ["']${name}["']`).test(firstLine(error));
}

/** What an error says, as a sentence. */
export function firstLine(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
  return text.endsWith('.') ? text : `${text}.`;
}
