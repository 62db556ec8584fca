/** What `make` returns; when it throws, what was made before and would be lost is disposed. */
export function disposeOnError<Result>(
  made: Readonly<Record<string, { dispose(): void } | undefined>>,
  make: () => Result,
): Result {
  try {
    return make();
  } catch (error) {
    for (const one of Object.values(made)) one?.dispose();
    throw error;
  }
}
