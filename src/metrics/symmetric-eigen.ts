/** Eigenvalues, the largest first, and their unit eigenvectors. */
export interface SymmetricEigen {
  values: number[];
  vectors: number[][];
}

const MAX_SWEEPS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations: slow for large matrices, exact to the
 * last digits for small ones.
 *
 * @param matrix Rows; only its upper triangle is read.
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): SymmetricEigen {
  const size = matrix.length;
  const a = matrix.map((row, i) => row.map((_, j) => matrix[Math.min(i, j)]![Math.max(i, j)]!));
  const vectors = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  const scale = Math.max(...a.flat().map(Math.abs), Number.MIN_VALUE);
  for (let sweep = 0; sweep < MAX_SWEEPS && largestOffDiagonal(a) > 1e-15 * scale; sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q);
    }
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => vectors[i]!) };
}

function largestOffDiagonal(a: readonly number[][]): number {
  let largest = 0;
  a.forEach((row, i) => {
    for (let j = i + 1; j < row.length; j++) largest = Math.max(largest, Math.abs(row[j]!));
  });
  return largest;
}

/** Zeroes `a[p][q]`; the rows of `vectors` rotate along. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const offDiagonal = a[p]![q]!;
  if (offDiagonal === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * offDiagonal);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let k = 0; k < a.length; k++) {
    const [kp, kq] = [a[k]![p]!, a[k]![q]!];
    a[k]![p] = cosine * kp - sine * kq;
    a[k]![q] = sine * kp + cosine * kq;
  }
  for (const rows of [a, vectors]) {
    const [rowP, rowQ] = [rows[p]!, rows[q]!];
    for (let k = 0; k < rowP.length; k++) {
      const [pk, qk] = [rowP[k]!, rowQ[k]!];
      rowP[k] = cosine * pk - sine * qk;
      rowQ[k] = sine * pk + cosine * qk;
    }
  }
}
