import { groupBy } from '../group-by.js';
import { type Embedding, writeUnitVector } from './embeddings.js';

/** Vectors to be ranked, with a number for the person of each; -1 for people in no probe. */
export interface CodedFaces {
  /** Names one in errors: "Gallery face" becomes "Gallery face 3". */
  name: string;
  embeddings: readonly Embedding[];
  codes: Int32Array;
}

/** Gallery vectors compared at a time: with 256 numbers each they stay in a processor's cache. */
const TILE = 64;
/** Shape of a block of products computed together, so that each number read serves several. */
const BLOCK_PROBES = 2;
const BLOCK_FACES = 4;

/**
 * The ranks, from 1, rising, of all mates of each probe among the faces, by falling cosine. Another person's face goes
 * before a mate of the same cosine. Memory: one counter per probe and mate, not the matrix of all cosines.
 *
 * @returns One list per probe; empty without mates.
 */
export function rankMates(probes: CodedFaces, ...faces: readonly CodedFaces[]): number[][] {
  const size = probes.embeddings[0]!.length;
  const rows = unitVectors(probes, 0, probes.embeddings.length, size, BLOCK_PROBES);
  const mates = Array.from(probes.codes, () => [] as number[]);
  const probesByCode = groupBy(probes.codes.keys(), (probe) => probes.codes[probe]!);
  // First the cosines of mates, then how many other faces reach each.
  forTiles(faces, size, (tile, codes) => {
    codes.forEach((code, face) => {
      for (const probe of probesByCode.get(code) ?? []) mates[probe]!.push(dot(rows, probe, tile, face, size));
    });
  });
  for (const cosines of mates) cosines.sort((a, b) => b - a);
  const before = mates.map((cosines) => new Int32Array(cosines.length));
  const products = new Float64Array(BLOCK_PROBES * TILE);
  forTiles(faces, size, (tile, codes) => {
    for (let first = 0; first < mates.length; first += BLOCK_PROBES) {
      multiplyBlock(rows, first, tile, codes.length, size, products);
      const end = Math.min(first + BLOCK_PROBES, mates.length);
      for (let probe = first; probe < end; probe++) {
        const own = products.subarray((probe - first) * TILE, (probe - first) * TILE + codes.length);
        countBefore(own, codes, probes.codes[probe]!, mates[probe]!, before[probe]!);
      }
    }
  });
  return before.map((counts) => {
    let others = 0;
    return Array.from(counts, (count, found) => {
      others += count;
      return found + 1 + others;
    });
  });
}

/**
 * Counts each other person's face at the first mate whose cosine it reaches: it goes before that one and all after it.
 */
function countBefore(
  cosines: Float64Array,
  codes: Int32Array,
  code: number,
  mates: number[],
  before: Int32Array,
): void {
  const last = mates.length - 1;
  if (last < 0) return;
  const lowest = mates[last]!;
  for (let face = 0; face < cosines.length; face++) {
    const cosine = cosines[face]!;
    if (cosine < lowest || codes[face] === code) continue;
    let mate = last;
    while (mate > 0 && cosine >= mates[mate - 1]!) mate -= 1;
    before[mate]! += 1;
  }
}

function forTiles(sets: readonly CodedFaces[], size: number, visit: (tile: Float64Array, codes: Int32Array) => void) {
  for (const set of sets) {
    for (let start = 0; start < set.embeddings.length; start += TILE) {
      const end = Math.min(start + TILE, set.embeddings.length);
      visit(unitVectors(set, start, end, size, BLOCK_FACES), set.codes.subarray(start, end));
    }
  }
}

/** Vectors of length 1 as rows, padded with rows of zeros to a multiple of the block. */
function unitVectors({ name, embeddings }: CodedFaces, start: number, end: number, size: number, block: number) {
  const matrix = new Float64Array(Math.ceil((end - start) / block) * block * size);
  for (let i = start; i < end; i++) writeUnitVector(embeddings[i]!, matrix, i - start, size, `${name} ${i}`);
  return matrix;
}

/**
 * Adds in the order of {@link multiplyBlock}: a mate and its copy under another name must have the same cosine, to the
 * last bit.
 */
function dot(rows: Float64Array, row: number, others: Float64Array, other: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += rows[row * size + i]! * others[other * size + i]!;
  return sum;
}

/** Products of two rows with each of a tile: row `r` with face `f` at `r * TILE + f`. */
function multiplyBlock(
  rows: Float64Array,
  first: number,
  tile: Float64Array,
  faces: number,
  size: number,
  out: Float64Array,
): void {
  const p = first * size;
  const q = p + size;
  for (let face = 0; face < faces; face += BLOCK_FACES) {
    const a = face * size;
    const b = a + size;
    const c = b + size;
    const d = c + size;
    let [pa, pb, pc, pd, qa, qb, qc, qd] = [0, 0, 0, 0, 0, 0, 0, 0];
    // Plain statements: destructured variables are not kept in registers.
    for (let i = 0; i < size; i++) {
      const x = rows[p + i]!;
      const y = rows[q + i]!;
      const ta = tile[a + i]!;
      pa += x * ta;
      qa += y * ta;
      const tb = tile[b + i]!;
      pb += x * tb;
      qb += y * tb;
      const tc = tile[c + i]!;
      pc += x * tc;
      qc += y * tc;
      const td = tile[d + i]!;
      pd += x * td;
      qd += y * td;
    }
    out.set([pa, pb, pc, pd], face);
    out.set([qa, qb, qc, qd], TILE + face);
  }
}
