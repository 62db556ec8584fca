/**
 * The errors this library throws on purpose. Messages are for people: they name the offending value and the remedy.
 * `code` is stable, for programs.
 */
export abstract class LowResLandmarksError extends Error {
  /** The class's name, even in minified code. */
  abstract override readonly name: string;
  /** Stable name of the kind of failure, such as `INVALID_BOX`. */
  abstract readonly code: string;
}

/** An argument or configuration value that cannot be used. */
export class InvalidArgumentError extends LowResLandmarksError {
  override readonly name = 'InvalidArgumentError';
  readonly code = 'INVALID_ARGUMENT';
}

/** An image of a kind, size or content that cannot be used: unknown type, empty, NaN pixels. */
export class InvalidImageError extends LowResLandmarksError {
  override readonly name = 'InvalidImageError';
  readonly code = 'INVALID_IMAGE';
}

/** A file or buffer that is not a readable image: corrupt, truncated, of an unknown format. */
export class ImageDecodeError extends LowResLandmarksError {
  override readonly name = 'ImageDecodeError';
  readonly code = 'IMAGE_DECODE';
}

/** An image whose decoded size exceeds the limit (a possible decompression bomb). */
export class ImageTooLargeError extends LowResLandmarksError {
  override readonly name = 'ImageTooLargeError';
  readonly code = 'IMAGE_TOO_LARGE';
}

/** A face box that is inverted, empty, not finite, or does not touch the image. */
export class InvalidBoxError extends LowResLandmarksError {
  override readonly name = 'InvalidBoxError';
  readonly code = 'INVALID_BOX';
}

/** Weights that do not fit the network they are loaded into. */
export class WeightsMismatchError extends LowResLandmarksError {
  override readonly name = 'WeightsMismatchError';
  readonly code = 'WEIGHTS_MISMATCH';
}

/** Weights or a checkpoint that are truncated, malformed or fail their checksum. */
export class WeightsCorruptError extends LowResLandmarksError {
  override readonly name = 'WeightsCorruptError';
  readonly code = 'WEIGHTS_CORRUPT';
}

/** A backend that is not installed, or that this machine refuses to start. */
export class BackendUnavailableError extends LowResLandmarksError {
  override readonly name = 'BackendUnavailableError';
  readonly code = 'BACKEND_UNAVAILABLE';
}

/** A backend that runs, but cannot do what is asked, such as training. */
export class BackendCapabilityError extends LowResLandmarksError {
  override readonly name = 'BackendCapabilityError';
  readonly code = 'BACKEND_CAPABILITY';
}

/** Annotations or a dataset folder that cannot be used. */
export class DatasetError extends LowResLandmarksError {
  override readonly name = 'DatasetError';
  readonly code = 'DATASET';
}

/** A checkpoint that does not belong to the run it should resume. */
export class CheckpointError extends LowResLandmarksError {
  override readonly name = 'CheckpointError';
  readonly code = 'CHECKPOINT';
}

/** A loss that became NaN or infinite. The message names the last good checkpoint. */
export class TrainingDivergedError extends LowResLandmarksError {
  override readonly name = 'TrainingDivergedError';
  readonly code = 'TRAINING_DIVERGED';
}

/** A detector or network used after `dispose()`. */
export class DisposedError extends LowResLandmarksError {
  override readonly name = 'DisposedError';
  readonly code = 'DISPOSED';
}

/** A worker thread that ended before its work was done, or threw a foreign error (its `cause`). */
export class WorkerError extends LowResLandmarksError {
  override readonly name = 'WorkerError';
  readonly code = 'WORKER';
}

/** An optional package that is not installed, or does not load. The message says what to install. */
export class PackageUnavailableError extends LowResLandmarksError {
  override readonly name = 'PackageUnavailableError';
  readonly code = 'PACKAGE_UNAVAILABLE';
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

/** Whether an error is one of this library's, also of another copy of it or from a worker. */
export function isLowResLandmarksError(error: unknown): error is LowResLandmarksError {
  return error instanceof Error && 'code' in error && codes.has(error.code);
}
