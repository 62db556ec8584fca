import { COLUMNS, multiplyPacked, ROWS } from './gemm';
import { storeTransposed, transpose } from './packing';
import { bytes, splat, VECTOR } from './simd';
import {
  copyPatch,
  PATCH,
  POSITIONS,
  SCRATCH,
  TILE,
  transformFilter,
  transformFilterGradient,
  transformGradient,
  transformPatch,
  transformProducts,
} from './winograd-transforms';

/**
 * Convolution with a 3x3 filter, stride 1, 'same' padding, in the Winograd domain. There it is 36 matrix products, over blocks of
 * tiles small enough for the cache. Input channels come in fours, output channels in eights.
 */

/** Tiles of a block: at 64 channels a block and the filter fit into 1 MB. */
const TILES: i32 = 24;

/**
 * Bytes between the positions of a block beyond its values: one cache line. Without it the 36 values of a tile, written one after the
 * other, would fall into the same few sets of the cache where channels are powers of two.
 */
const GAP: usize = 64;

/** Bytes of workspace that the two functions below need. */
export function winogradWorkspace(inputs: i32, outputs: i32): i32 {
  const patch = POSITIONS * max(inputs, outputs);
  const blocks = block(inputs) + block(outputs);
  return <i32>(SCRATCH + max(bytes(patch) + blocks, bytes(9 * inputs * outputs)));
}

/** Bytes of a block of tiles in the Winograd domain. */
function block(channels: i32): usize {
  return <usize>POSITIONS * (bytes(TILES * channels) + GAP);
}

/** Bytes of a filter in the Winograd domain. */
export function winogradFilterSize(inputs: i32, outputs: i32): i32 {
  return <i32>bytes(POSITIONS * inputs * outputs);
}

/** Brings a filter [3][3][inputs][outputs] into the Winograd domain, packed for {@link winogradConvolution}. */
export function winogradFilter(filter: usize, inputs: i32, outputs: i32, to: usize, workspace: usize): void {
  const tap = bytes(inputs * outputs);
  for (let input = 0; input < inputs; input++) {
    for (let output = 0; output < outputs; output += 4) {
      const group = output / COLUMNS;
      const target = to + bytes((group * inputs + input) * COLUMNS + (output % COLUMNS));
      transformFilter(filter + bytes(input * outputs + output), tap, target, tap, workspace);
    }
  }
}

/**
 * Like {@link winogradFilter}, for the gradient of the input: that is the convolution of the output's gradient with the filter turned by
 * 180 degrees, its channels exchanged. `to` is then packed for `outputs` inputs and `inputs` outputs.
 */
export function winogradFlippedFilter(filter: usize, inputs: i32, outputs: i32, to: usize, workspace: usize): void {
  const tap = bytes(inputs * outputs);
  const turned = workspace + SCRATCH;
  for (let i: usize = 0; i < 9; i++) transpose(filter + i * tap, inputs, outputs, turned + (8 - i) * tap);
  winogradFilter(turned, outputs, inputs, to, workspace);
}

/**
 * y = max(x * filter + bias, floor). `filter` is what {@link winogradFilter} made; a `bias` of 0 stands for none, a `floor` of 0 for ReLU.
 */
export function winogradConvolution(
  x: usize,
  filter: usize,
  bias: usize,
  floor: f32,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
  workspace: usize,
): void {
  const rowOfTiles = (width + TILE - 1) / TILE;
  const tilesOfImage = ((height + TILE - 1) / TILE) * rowOfTiles;
  const tiles = batch * tilesOfImage;
  const scratch = workspace;
  const patch = scratch + SCRATCH;
  const patches = patch + bytes(POSITIONS * max(inputs, outputs));
  const products = patches + block(inputs);
  const lowest = splat(floor);
  for (let first = 0; first < tiles; first += TILES) {
    const count = min(TILES, tiles - first);
    const groups = (count + ROWS - 1) / ROWS;
    const patchStride = bytes(groups * ROWS * inputs) + GAP;
    const productStride = bytes(groups * ROWS * outputs) + GAP;
    for (let row = 0; row < groups * ROWS; row++) {
      // Rows that fill up the last group repeat the last tile.
      const tile = min(first + row, tiles - 1);
      const to = patches + bytes((row - (row % ROWS)) * inputs) + <usize>(row % ROWS) * VECTOR;
      transformPatchOf(tile, x, height, width, inputs, to, <usize>ROWS * VECTOR, patchStride, patch, scratch);
    }
    for (let position = 0; position < POSITIONS; position++) {
      transposeBlocks(patches + <usize>position * patchStride, (groups * inputs) / 4);
    }
    for (let position = 0; position < POSITIONS; position++) {
      multiplyPacked(
        groups * ROWS, outputs, inputs,
        patches + <usize>position * patchStride,
        filter + bytes(position * inputs * outputs),
        products + <usize>position * productStride,
        bytes(outputs), false,
      );
    }
    for (let tile = 0; tile < count; tile++) {
      const image = (first + tile) / tilesOfImage;
      const index = (first + tile) % tilesOfImage;
      const row = (index / rowOfTiles) * TILE;
      const column = (index % rowOfTiles) * TILE;
      const target = y + bytes(((image * height + row) * width + column) * outputs);
      const isWhole = row + TILE <= height && column + TILE <= width;
      const to = isWhole ? target : patch;
      const rowStride = isWhole ? bytes(width * outputs) : bytes(TILE * outputs);
      for (let channel: usize = 0; channel < bytes(outputs); channel += VECTOR) {
        transformProducts(
          products + bytes(tile * outputs) + channel, productStride,
          bias ? v128.load(bias + channel) : splat(0), lowest,
          to + channel, rowStride, bytes(outputs), scratch,
        );
      }
      if (!isWhole) {
        const length = bytes(min(TILE, width - column) * outputs);
        for (let i = 0; i < min(TILE, height - row); i++) {
          memory.copy(target + bytes(i * width * outputs), patch + bytes(i * TILE * outputs), length);
        }
      }
    }
  }
}

/** The patch of one tile in the Winograd domain: for each four channels 36 vectors, `channelStride` bytes from four to four. */
function transformPatchOf(
  tile: i32,
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  to: usize,
  channelStride: usize,
  stride: usize,
  patch: usize,
  scratch: usize,
): void {
  const rowOfTiles = (width + TILE - 1) / TILE;
  const tilesOfImage = ((height + TILE - 1) / TILE) * rowOfTiles;
  const image = x + bytes((tile / tilesOfImage) * height * width * channels);
  const index = tile % tilesOfImage;
  const row = (index / rowOfTiles) * TILE - 1;
  const column = (index % rowOfTiles) * TILE - 1;
  const isInside = row >= 0 && column >= 0 && row + PATCH <= height && column + PATCH <= width;
  if (!isInside) copyPatch(image, height, width, channels, row, column, PATCH, patch);
  const from = isInside ? image + bytes((row * width + column) * channels) : patch;
  const rowStride = bytes((isInside ? width : PATCH) * channels);
  const pixelStride = bytes(channels);
  for (let channel: usize = 0; channel < pixelStride; channel += VECTOR) {
    transformPatch(from + channel, rowStride, pixelStride, to, stride, scratch);
    to += channelStride;
  }
}

/** Transposes 4x4 blocks of values that lie one after the other. */
function transposeBlocks(blocks: usize, count: i32): void {
  for (const end = blocks + <usize>count * 4 * VECTOR; blocks < end; blocks += 4 * VECTOR) {
    const row0 = v128.load(blocks);
    const row1 = v128.load(blocks, VECTOR);
    const row2 = v128.load(blocks, 2 * VECTOR);
    const row3 = v128.load(blocks, 3 * VECTOR);
    storeTransposed(row0, row1, row2, row3, blocks, VECTOR);
  }
}

/** Bytes of workspace that {@link winogradFilterGradient} needs. */
export function winogradFilterGradientWorkspace(inputs: i32, outputs: i32): i32 {
  return winogradWorkspace(inputs, outputs) + winogradFilterSize(inputs, outputs);
}

/** dw = the gradient of the filter [3][3][inputs][outputs], from the convolution's input and the gradient of its output. */
export function winogradFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
  workspace: usize,
): void {
  const tiles = batch * ((height + TILE - 1) / TILE) * ((width + TILE - 1) / TILE);
  const scratch = workspace;
  const patch = scratch + SCRATCH;
  const patches = patch + bytes(POSITIONS * max(inputs, outputs));
  const gradients = patches + block(inputs);
  const sums = gradients + block(outputs);
  const tap = bytes(inputs * outputs);
  memory.fill(sums, 0, <usize>winogradFilterSize(inputs, outputs));
  for (let first = 0; first < tiles; first += TILES) {
    const count = min(TILES, tiles - first);
    const patchStride = bytes(count * inputs) + GAP;
    const gradientStride = bytes(count * outputs) + GAP;
    for (let i = 0; i < count; i++) {
      const fours = <usize>count * VECTOR;
      const to = patches + <usize>i * VECTOR;
      transformPatchOf(first + i, x, height, width, inputs, to, fours, patchStride, patch, scratch);
      transformGradientOf(
        first + i, dy, height, width, outputs,
        gradients + <usize>i * 2 * VECTOR, 2 * fours, gradientStride, patch, scratch,
      );
    }
    for (let position = 0; position < POSITIONS; position++) {
      multiplyPacked(
        inputs, outputs, count,
        patches + <usize>position * patchStride,
        gradients + <usize>position * gradientStride,
        sums + <usize>position * tap,
        bytes(outputs), true,
      );
    }
  }
  for (let value: usize = 0; value < tap; value += VECTOR) {
    transformFilterGradient(sums + value, tap, dw + value, tap, scratch);
  }
}

/** The gradient of one tile in the Winograd domain: for each eight channels 36 pairs of vectors, `channelStride` bytes from eight to eight. */
function transformGradientOf(
  tile: i32,
  dy: usize,
  height: i32,
  width: i32,
  channels: i32,
  to: usize,
  channelStride: usize,
  stride: usize,
  patch: usize,
  scratch: usize,
): void {
  const rowOfTiles = (width + TILE - 1) / TILE;
  const tilesOfImage = ((height + TILE - 1) / TILE) * rowOfTiles;
  const image = dy + bytes((tile / tilesOfImage) * height * width * channels);
  const index = tile % tilesOfImage;
  const row = (index / rowOfTiles) * TILE;
  const column = (index % rowOfTiles) * TILE;
  const isInside = row + TILE <= height && column + TILE <= width;
  if (!isInside) copyPatch(image, height, width, channels, row, column, TILE, patch);
  const from = isInside ? image + bytes((row * width + column) * channels) : patch;
  const rowStride = bytes((isInside ? width : TILE) * channels);
  const pixelStride = bytes(channels);
  for (let channel: usize = 0; channel < pixelStride; channel += 2 * VECTOR) {
    transformGradient(from + channel, rowStride, pixelStride, to, stride, scratch);
    transformGradient(from + channel + VECTOR, rowStride, pixelStride, to + VECTOR, stride, scratch);
    to += channelStride;
  }
}
