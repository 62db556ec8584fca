/**
 * Every error this library throws on purpose. Each message names the offending value and says what to do about it;
 * `code` is stable and meant for programs, the message for people.
 */
export class LowResLandmarksError extends Error {
  /** Stable, machine-readable name of the kind of failure, such as `INVALID_BOX`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** An argument or configuration value that cannot be used. */
export class InvalidArgumentError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('INVALID_ARGUMENT', message, options);
  }
}

/** An image of a kind, size or content that cannot be used: unknown type, empty, NaN pixels. */
export class InvalidImageError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('INVALID_IMAGE', message, options);
  }
}

/** A file or buffer that is not a readable image: corrupt, truncated, of an unknown format. */
export class ImageDecodeError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('IMAGE_DECODE', message, options);
  }
}

/** An image whose decoded size exceeds the limit (a possible decompression bomb). */
export class ImageTooLargeError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('IMAGE_TOO_LARGE', message, options);
  }
}

/** A face box that is inverted, empty, not finite, or does not touch the image. */
export class InvalidBoxError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('INVALID_BOX', message, options);
  }
}

/** Weights that do not fit the network they are loaded into. */
export class WeightsMismatchError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('WEIGHTS_MISMATCH', message, options);
  }
}

/** Weights or a checkpoint that are truncated, malformed or fail their checksum. */
export class WeightsCorruptError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('WEIGHTS_CORRUPT', message, options);
  }
}

/** A backend that is not installed, or that this machine refuses to start. */
export class BackendUnavailableError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('BACKEND_UNAVAILABLE', message, options);
  }
}

/** A backend that runs, but cannot do what is asked of it (training, say). */
export class BackendCapabilityError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('BACKEND_CAPABILITY', message, options);
  }
}

/** Annotations or a dataset folder that cannot be used. */
export class DatasetError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('DATASET', message, options);
  }
}

/** A checkpoint that does not belong to the run it is to resume. */
export class CheckpointError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('CHECKPOINT', message, options);
  }
}

/** A loss that became NaN or infinite. The message names the last good checkpoint. */
export class TrainingDivergedError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('TRAINING_DIVERGED', message, options);
  }
}

/** A detector or network used after `dispose()`. */
export class DisposedError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('DISPOSED', message, options);
  }
}

/** A worker thread that failed: it threw an error that is not this library's (its `cause`), or ended before its work was done. */
export class WorkerError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('WORKER', message, options);
  }
}

/** An optional package that is not installed, or does not load. The message says what to install. */
export class PackageUnavailableError extends LowResLandmarksError {
  constructor(message: string, options?: ErrorOptions) {
    super('PACKAGE_UNAVAILABLE', message, options);
  }
}

const codes: ReadonlySet<unknown> = new Set([
  'INVALID_ARGUMENT',
  'INVALID_IMAGE',
  'IMAGE_DECODE',
  'IMAGE_TOO_LARGE',
  'INVALID_BOX',
  'WEIGHTS_MISMATCH',
  'WEIGHTS_CORRUPT',
  'BACKEND_UNAVAILABLE',
  'BACKEND_CAPABILITY',
  'DATASET',
  'CHECKPOINT',
  'TRAINING_DIVERGED',
  'DISPOSED',
  'WORKER',
  'PACKAGE_UNAVAILABLE',
]);

/** Whether an error was thrown on purpose by this library; recognises those of another copy of it, or from a worker, too. */
export function isLowResLandmarksError(error: unknown): error is LowResLandmarksError {
  return error instanceof Error && 'code' in error && codes.has(error.code);
}
