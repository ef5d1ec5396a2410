const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/**
 * An interval in its largest whole unit: `15 minutes`, `1 day`. @param seconds whole, at least 1
 */
export function intervalText(seconds: number): string {
  const [size, unit] = UNITS.find(([each]) => seconds % each === 0) ?? [1, 'second'];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * How often something happens: `every hour`, `every 15 minutes`. @param seconds as for {@link
 * intervalText}
 */
export function everyText(seconds: number): string {
  return `every ${intervalText(seconds).replace(/^1 /, '')}`;
}

/** How long something took: `0.4 s`, `12 s`, `3 min 4 s`, `2 h 5 min`. @param span milliseconds */
export function durationText(span: number): string {
  const seconds = Math.max(0, span) / 1_000;
  if (seconds < 10) return `${Math.floor(seconds * 10) / 10} s`;
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}
