/** Returns a measured decimal without what a binary number adds beyond its digits, which must not decide. */
export function exact(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
