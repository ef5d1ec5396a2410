/** How far the log of a database was written or replayed. Only those of one timeline compare. */
export interface Position {
  readonly timeline: number;
  readonly lsn: bigint;
}

/** How a position is told to clients: 8 digits of the timeline, 16 of the place in the log. */
export const POSITION_PATTERN = '^[0-9A-F]{24}$';
const PATTERN = new RegExp(POSITION_PATTERN);
const TIMELINE_DIGITS = 8;

export function positionText({ timeline, lsn }: Position): string {
  return `${hex(timeline, TIMELINE_DIGITS)}${hex(lsn, 16)}`;
}

/** Undefined for what `positionText` did not make. */
export function readPosition(text: string): Position | undefined {
  if (!PATTERN.test(text)) return undefined;
  return {
    timeline: Number.parseInt(text.slice(0, TIMELINE_DIGITS), 16),
    lsn: BigInt(`0x${text.slice(TIMELINE_DIGITS)}`),
  };
}

/** Whether what has come to `position` has everything up to `needed`. */
export function reaches(position: Position | undefined, needed: Position): boolean {
  return position?.timeline === needed.timeline && position.lsn >= needed.lsn;
}

function hex(value: number | bigint, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
