/** Returns the natural logarithm of the number of ways to choose `k` of `n`. */
export function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let index = 1; index <= Math.min(k, n - k); index++) {
    sum += Math.log((n - index + 1) / index);
  }
  return sum;
}
