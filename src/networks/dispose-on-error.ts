/** The result of `make`; if it throws, `made` is disposed. */
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
