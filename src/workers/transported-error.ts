import * as errors from '../errors.js';

/** An error as sent between threads: copying would lose its class and its code. */
export interface TransportedError {
  name: string;
  message: string;
  stack: string;
  /** Of this library's errors. */
  code?: string;
}

/** The error to send for something thrown. */
export function describeError(error: unknown): TransportedError {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack, ...(errors.isLowResLandmarksError(error) && { code: error.code }) };
}

/** The error again, with its stack: one of this library's in its own class, others as the cause of a WorkerError. */
export function reviveError({ name, message, stack, code }: TransportedError): Error {
  const original = Object.assign(new Error(message), { name, stack });
  const Class = code === undefined ? undefined : classOf(code);
  if (Class) return Object.assign(new Class(message), { stack });
  return new errors.WorkerError(`A worker thread failed: ${name}: ${message}`, { cause: original });
}

type ErrorClass = new (message: string) => errors.LowResLandmarksError;

function classOf(code: string): ErrorClass | undefined {
  const { LowResLandmarksError: _, isLowResLandmarksError: __, ...classes } = errors;
  return Object.values<ErrorClass>(classes).find((Class) => new Class('').code === code);
}
