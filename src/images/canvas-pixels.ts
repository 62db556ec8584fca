import { InvalidImageError } from '../errors.js';

/** Images that a browser can draw. They are read back through a canvas. */
export type DrawableImage = HTMLCanvasElement | OffscreenCanvas | ImageBitmap | HTMLImageElement | HTMLVideoElement;

type Context2D = Pick<CanvasRenderingContext2D, 'drawImage' | 'getImageData'>;

/**
 * Whether a value can be drawn, by its properties: `instanceof` fails in workers, in Node (canvases of npm packages)
 * and across realms.
 */
export function isDrawable(input: unknown): input is DrawableImage {
  if (typeof input !== 'object' || input === null) return false;
  return isCanvas(input) || 'naturalWidth' in input || 'videoWidth' in input || isBitmap(input);
}

/**
 * The pixels of something the browser can draw, in its natural size, not its size on the page; of a video, the current
 * frame.
 *
 * @param assertSize Throws for a size that is not accepted, before anything is drawn.
 * @throws InvalidImageError when it has not loaded, or comes from another origin without CORS.
 */
export function drawablePixels(source: DrawableImage, assertSize: (width: number, height: number) => void): ImageData {
  const { width, height } = drawableSize(source);
  assertSize(width, height);
  try {
    return drawn(source, width, height).getImageData(0, 0, width, height);
  } catch (error) {
    if (error instanceof InvalidImageError) throw error;
    throw unreadable(error);
  }
}

function drawableSize(source: DrawableImage): { width: number; height: number } {
  if ('naturalWidth' in source) {
    if (!source.complete || source.naturalWidth === 0) {
      throw new InvalidImageError(
        `The img element ${source.src ? JSON.stringify(source.src.slice(0, 80)) : 'without src'} has not loaded, or is broken. ` +
          'Wait for it: await image.decode().',
      );
    }
    return { width: source.naturalWidth, height: source.naturalHeight };
  }
  if ('videoWidth' in source) {
    const HAVE_CURRENT_DATA = 2;
    if (source.readyState < HAVE_CURRENT_DATA || source.videoWidth === 0) {
      throw new InvalidImageError(
        `The video has no frame yet (readyState ${source.readyState}). Wait for 'loadeddata'.`,
      );
    }
    return { width: source.videoWidth, height: source.videoHeight };
  }
  if (isBitmap(source) && source.width === 0) {
    throw new InvalidImageError('The ImageBitmap is closed or was transferred: give it before calling close().');
  }
  return { width: source.width, height: source.height };
}

/** Draws canvases too: asking one for a 2d context would keep it from any other kind of context. */
function drawn(source: DrawableImage, width: number, height: number): Context2D {
  const scratch = scratchCanvas(width, height);
  // In Node there are no scratch canvases: those of npm packages are read directly.
  if (!scratch && isCanvas(source)) return source.getContext('2d') as Context2D;
  const context = scratch?.getContext('2d', { willReadFrequently: true }) as Context2D | null | undefined;
  if (!context) {
    throw new InvalidImageError('No 2d canvas is available to read the image. Give { data, width, height } instead.');
  }
  context.drawImage(source, 0, 0, width, height);
  return context;
}

function scratchCanvas(width: number, height: number): OffscreenCanvas | HTMLCanvasElement | undefined {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height);
  if (typeof document === 'undefined') return undefined;
  return Object.assign(document.createElement('canvas'), { width, height });
}

function unreadable(error: unknown): InvalidImageError {
  if ((error as { name?: unknown } | undefined)?.name === 'SecurityError') {
    return new InvalidImageError(
      "The browser does not let scripts read this image: it comes from another origin. Set crossOrigin = 'anonymous' on the " +
        'element before its src, and let the server send Access-Control-Allow-Origin.',
      { cause: error },
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new InvalidImageError(`The image cannot be drawn to a canvas: ${reason}`, { cause: error });
}

function isCanvas(input: object): input is HTMLCanvasElement | OffscreenCanvas {
  return 'getContext' in input && typeof input.getContext === 'function';
}

function isBitmap(input: object): input is ImageBitmap {
  return Object.prototype.toString.call(input) === '[object ImageBitmap]' || input.constructor?.name === 'ImageBitmap';
}
