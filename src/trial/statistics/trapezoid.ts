/** A value at a time. */
export interface CurvePoint {
  readonly time: number;
  readonly value: number;
}

/** Returns the area under straight lines between points in the order of their time. */
export function trapezoidArea(points: readonly CurvePoint[]): number {
  let area = 0;
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before === undefined) continue;
    area += ((before.value + point.value) / 2) * (point.time - before.time);
  }
  return area;
}

/** Returns the value at a time on the straight line through two points. */
export function interpolate(from: CurvePoint, to: CurvePoint, time: number): number {
  const share = (time - from.time) / (to.time - from.time);
  return from.value + (to.value - from.value) * share;
}
