import { bytes, F32, VECTOR } from './simd';

/** y = x with each pixel repeated `factorY` times `factorX` times. */
export function upsample(
  x: usize,
  y: usize,
  rows: i32,
  width: i32,
  channels: i32,
  factorY: i32,
  factorX: i32,
): void {
  const pixel = bytes(channels);
  const line = <usize>(width * factorX) * pixel;
  for (let row = 0; row < rows; row++) {
    let to = y;
    for (let column = 0; column < width; column++) {
      for (let copy = 0; copy < factorX; copy++) {
        copyPixel(x, to, pixel);
        to += pixel;
      }
      x += pixel;
    }
    for (let copy = 1; copy < factorY; copy++) memory.copy(y + <usize>copy * line, y, line);
    y += <usize>factorY * line;
  }
}

/** dx = the gradient of {@link upsample}: the sum over each pixel's copies. */
export function upsampleGradient(
  dy: usize,
  dx: usize,
  rows: i32,
  width: i32,
  channels: i32,
  factorY: i32,
  factorX: i32,
): void {
  const pixel = bytes(channels);
  const line = <usize>(width * factorX) * pixel;
  const vectors = bytes(channels & -4);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      const first = dy + <usize>(column * factorX) * pixel;
      let channel: usize = 0;
      for (; channel < vectors; channel += VECTOR) {
        let sum = f32x4.splat(0);
        for (let i = 0; i < factorY; i++) {
          for (let j = 0; j < factorX; j++) {
            sum = f32x4.add(sum, v128.load(first + <usize>i * line + <usize>j * pixel + channel));
          }
        }
        v128.store(dx + channel, sum);
      }
      for (; channel < pixel; channel += F32) {
        let sum: f32 = 0;
        for (let i = 0; i < factorY; i++) {
          for (let j = 0; j < factorX; j++) sum += load<f32>(first + <usize>i * line + <usize>j * pixel + channel);
        }
        store<f32>(dx + channel, sum);
      }
      dx += pixel;
    }
    dy += <usize>factorY * line;
  }
}

/** Faster than memory.copy for the few hundred bytes of a pixel. */
function copyPixel(from: usize, to: usize, length: usize): void {
  const vectors = to + (length & -16);
  const end = to + length;
  for (; to < vectors; to += VECTOR) {
    v128.store(to, v128.load(from));
    from += VECTOR;
  }
  for (; to < end; to += F32) {
    store<f32>(to, load<f32>(from));
    from += F32;
  }
}
