import { bytes, F32, splat, VECTOR } from './simd';

/**
 * dx = the gradient of max-pooling: each window's gradient goes to its largest value, the first one where several are. Windows may
 * overlap, and may hang over the image's edge.
 */
export function maxPoolGradient(
  x: usize,
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
): void {
  const pixel = bytes(channels);
  const vectors = bytes(channels & -4);
  memory.fill(dx, 0, <usize>(batch * height * width) * pixel);
  for (let image = 0; image < batch; image++) {
    for (let row = 0; row < outHeight; row++) {
      const firstRow = max(0, row * strideY - top);
      const endRow = min(height, row * strideY - top + windowHeight);
      for (let column = 0; column < outWidth; column++) {
        const firstColumn = max(0, column * strideX - left);
        const endColumn = min(width, column * strideX - left + windowWidth);
        let channel: usize = 0;
        for (; channel < vectors; channel += VECTOR) {
          let largest = splat(0);
          let place = i32x4.splat(-1);
          for (let y = firstRow; y < endRow; y++) {
            for (let i = y * width + firstColumn; i < y * width + endColumn; i++) {
              const value = v128.load(x + <usize>i * pixel + channel);
              const isFirst = i32x4.lt_s(place, i32x4.splat(0));
              const isLarger = v128.or(isFirst, f32x4.gt(value, largest));
              largest = v128.bitselect(value, largest, isLarger);
              place = v128.bitselect(i32x4.splat(i), place, isLarger);
            }
          }
          const gradient = v128.load(dy + channel);
          for (let y = firstRow; y < endRow; y++) {
            for (let i = y * width + firstColumn; i < y * width + endColumn; i++) {
              const to = dx + <usize>i * pixel + channel;
              const own = v128.and(gradient, i32x4.eq(place, i32x4.splat(i)));
              v128.store(to, f32x4.add(v128.load(to), own));
            }
          }
        }
        for (; channel < pixel; channel += F32) {
          let largest: f32 = 0;
          let place = -1;
          for (let y = firstRow; y < endRow; y++) {
            for (let i = y * width + firstColumn; i < y * width + endColumn; i++) {
              const value = load<f32>(x + <usize>i * pixel + channel);
              if (place >= 0 && !(value > largest)) continue;
              largest = value;
              place = i;
            }
          }
          if (place < 0) continue;
          const to = dx + <usize>place * pixel + channel;
          store<f32>(to, load<f32>(to) + load<f32>(dy + channel));
        }
        dy += pixel;
      }
    }
    x += <usize>(height * width) * pixel;
    dx += <usize>(height * width) * pixel;
  }
}
