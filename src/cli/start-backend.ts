import { type BackendName, useBackend } from '../backends/use-backend.js';
import { threadBackend } from '../workers/worker-count.js';

/**
 * Starts the backend that a command is asked for, `auto` unless it is.
 *
 * @param workers Threads that are to have one of their own.
 * @returns Its name as tfjs knows it: detectors made from now on use it, and take no name.
 * @throws InvalidArgumentError, BackendUnavailableError when there is no such backend; BackendCapabilityError when threads cannot have it.
 */
export async function startBackend(name = 'auto', workers = 1): Promise<string> {
  const backend = await useBackend(name as BackendName);
  if (workers > 1) threadBackend(workers);
  return backend;
}
