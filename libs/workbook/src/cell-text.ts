import { SSF, type CellObject } from '@e965/xlsx';

/** A moment as the library takes it apart; null for what is none. */
interface DateParts {
  readonly y: number;
  readonly m: number;
  readonly d: number;
  readonly H: number;
  readonly M: number;
  readonly S: number;
}

/** Digits that Excel keeps of a number. */
const DIGITS = 15;
/** Texts that the reader of a CSV takes one apostrophe from. */
const APOSTROPHES = /^'+[\s\p{Cc}\p{Cf}=+\-@＝＋－＠]/u;

/**
 * What a cell says: of a formula its value, a number without thousands separators, a date as ISO 8601.
 * @param from1904 how the workbook counts days
 */
export function cellText(cell: CellObject, from1904: boolean): string {
  const { t: type, v: value } = cell;
  if (value === undefined || value === null || type === 'z') return '';
  if (type === 'e') return cell.w ?? '#ERROR!';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value === 'number') return numberText(value, String(cell.z ?? ''), from1904);
  return APOSTROPHES.test(value) ? `'${value}` : value;
}

function numberText(value: number, format: string, from1904: boolean): string {
  if (!Number.isFinite(value)) return '';
  if (format !== '' && SSF.is_date(format)) return dateText(value, from1904) ?? plain(value);
  // Formatted to so many digits: an account id, a VLAN.
  return /^0{2,}$/.test(format) && value >= 0
    ? plain(value).padStart(format.length, '0')
    : plain(value);
}

function plain(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

/** `2026-01-31`, with a time where there is one: `2026-01-31T12:00:00Z`. undefined for no day. */
function dateText(value: number, from1904: boolean): string | undefined {
  const date = SSF.parse_date_code(value, { date1904: from1904 }) as DateParts | null;
  if (!date || date.y < 1900) return undefined;
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${date.y}-${two(date.m)}-${two(date.d)}`;
  const time = `${two(date.H)}:${two(date.M)}:${two(Math.floor(date.S))}`;
  return time === '00:00:00' ? day : `${day}T${time}Z`;
}
