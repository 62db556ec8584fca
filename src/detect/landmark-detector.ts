import { DisposedError, InvalidArgumentError } from '../errors.js';
import { assertBox, type Box, copyBoxes } from '../geometry/box.js';
import { cropAndResize, cropAround, pointFromCrop, type SquareCrop } from '../geometry/crop.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { HeatmapPoint } from '../heatmaps/decode.js';
import { type ImageInput, toRgbImage } from '../images/image-input.js';
import { convertLandmarks, convertScores } from '../landmarks/convert.js';
import { landmarkSchemes, type SchemeName } from '../landmarks/schemes.js';
import { giveTurn } from '../turns.js';
import type { CropLandmarks } from './crop-landmarks.js';
import type { LandmarkDetection } from './types.js';

/** Options of one detection. */
export interface DetectOptions {
  /** Points to return: 68, 19 or 5. By default all of the network's: 68 with the weights in this package. */
  points?: SchemeName | undefined;
  /** Stops between batches of faces; the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** An image with the boxes of its faces; without boxes it is a crop of one face. */
export interface FacesToDetect {
  image: ImageInput;
  boxes?: Box | readonly Box[] | undefined;
}

interface Face {
  box: Box;
  crop: SquareCrop;
  pixels: RgbImage;
}

/**
 * Finds facial landmarks with a network that stays loaded: see `createLandmarkDetector`. Dispose it when done.
 *
 * Inputs are checked before anything is allocated; no tensor survives a call, whether it succeeds or fails.
 */
export class LandmarkDetector {
  readonly #crops: CropLandmarks;
  readonly #maxPixels: number;
  #disposed = false;

  constructor({ crops, maxPixels }: { crops: CropLandmarks; maxPixels: number }) {
    this.#crops = crops;
    this.#maxPixels = maxPixels;
  }

  /** Runs the network once, so that the first detection need not wait for the backend to compile its kernels. */
  async warmup(): Promise<void> {
    this.#assertUsable();
    const { inputSize } = this.#crops;
    const pixels = { data: new Float32Array(inputSize * inputSize * 3), width: inputSize, height: inputSize };
    await this.#crops.find([pixels], () => this.#assertUsable());
  }

  /**
   * The landmarks of an image's faces: one detection for one box or a face crop, an array for an array of boxes.
   *
   * @throws InvalidImageError, ImageTooLargeError, InvalidBoxError, InvalidArgumentError for an unknown number of
   *   points, DisposedError.
   */
  detect(image: ImageInput, options: DetectOptions & { boxes: readonly Box[] }): Promise<LandmarkDetection[]>;
  detect(image: ImageInput, options?: DetectOptions & { boxes?: Box | undefined }): Promise<LandmarkDetection>;
  detect(
    image: ImageInput,
    options?: DetectOptions & { boxes?: Box | readonly Box[] | undefined },
  ): Promise<LandmarkDetection | LandmarkDetection[]>;
  async detect(
    image: ImageInput,
    { boxes, ...options }: DetectOptions & { boxes?: Box | readonly Box[] | undefined } = {},
  ): Promise<LandmarkDetection | LandmarkDetection[]> {
    const [detections] = await this.detectBatch([{ image, boxes }], options);
    return Array.isArray(boxes) ? detections! : detections![0]!;
  }

  /**
   * The landmarks of several images' faces, which share forward passes: for each image one detection per box. Pixels
   * and boxes are copied at the call; a video may refill its buffer at once.
   *
   * @throws What {@link LandmarkDetector.detect} throws, for the first wrong image; nothing is detected then.
   */
  async detectBatch(images: readonly FacesToDetect[], options: DetectOptions = {}): Promise<LandmarkDetection[][]> {
    this.#assertUsable();
    const { signal } = options;
    const trained = this.#crops.landmarks as SchemeName;
    const scheme = options.points ?? trained;
    const possible = ([68, 19, 5] as const).filter((one) => one <= trained);
    if (!possible.includes(scheme)) {
      throw new InvalidArgumentError(
        `points: ${scheme} is not available: this detector's network has ${trained} points: ask for ${possible.join(', ')}.`,
      );
    }
    signal?.throwIfAborted();
    // Taken before anything is awaited: the caller may change them afterwards.
    const taken = await Promise.all(images.map(({ image, boxes }) => this.#take(image, boxes)));
    const proceed = () => {
      signal?.throwIfAborted();
      this.#assertUsable();
    };
    const facesOfImages: Face[][] = [];
    for (const { pixels, boxes } of taken) {
      const faces: Face[] = [];
      for (const box of boxes) {
        const crop = cropAround(box);
        faces.push({ box, crop, pixels: cropAndResize(pixels, crop, this.#crops.inputSize) });
        await giveTurn();
        proceed();
      }
      facesOfImages.push(faces);
    }
    const faces = facesOfImages.flat();
    const pixels = faces.map((face) => face.pixels);
    const found = await this.#crops.find(pixels, proceed).finally(() => this.#assertUsable());
    const detections: LandmarkDetection[] = [];
    for (const [index, points] of found.entries()) {
      detections.push(this.#describe(faces[index]!, points, scheme));
      await giveTurn();
      proceed();
    }
    return facesOfImages.map(({ length }) => detections.splice(0, length));
  }

  /** Frees the weights and ends the worker threads. A detection under way fails with DisposedError. */
  dispose(): void {
    void this.#end();
  }

  /** `dispose`, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** `dispose`, at the end of an `await using` block; waits until the worker threads have ended. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#end();
  }

  async #end(): Promise<void> {
    this.#disposed = true;
    await this.#crops.dispose();
  }

  #assertUsable(): void {
    if (this.#disposed)
      throw new DisposedError('This detector was disposed; create another with createLandmarkDetector().');
  }

  async #take(image: ImageInput, given: FacesToDetect['boxes']): Promise<{ pixels: RgbImage; boxes: Box[] }> {
    const boxes = given === undefined ? undefined : [copyBoxes(given)].flat();
    const pixels = await toRgbImage(image, { maxPixels: this.#maxPixels });
    const { width, height } = pixels;
    for (const box of boxes ?? []) assertBox(box, width, height);
    return { pixels, boxes: boxes ?? [{ x: 0, y: 0, width, height }] };
  }

  #describe({ box, crop }: Face, found: readonly HeatmapPoint[], scheme: SchemeName): LandmarkDetection {
    const { inputSize } = this.#crops;
    const trained = found.length as SchemeName;
    const inImage = found.map((point) => pointFromCrop(point, crop, inputSize));
    const points = convertLandmarks(inImage, trained, scheme);
    const scores = convertScores(
      found.map(({ score }) => score),
      trained,
      scheme,
    );
    const { names } = landmarkSchemes[scheme];
    return {
      box,
      scheme,
      points: points.map(({ x, y }, index) => ({ x, y, score: scores[index]!, name: names[index]! })),
      score: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    };
  }
}
