/** What stands between cells. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Lines, and characters, that are looked at. */
const LINES = 40;
const CHARACTERS = 65_536;

/**
 * The delimiter of a table: the one that stands as often in one line as in the others, outside of
 * quotes. Of two that do, the one that makes more cells; a comma where there is none.
 */
export function delimiterOf(text: string): string {
  const counts = countedLines(text);
  let best: { delimiter: string; lines: number; cells: number } | undefined;
  for (const [at, delimiter] of DELIMITERS.entries()) {
    const { lines, cells } = usual(counts.map((line) => line[at] ?? 0));
    if (cells === 0) continue;
    if (!best || lines > best.lines || (lines === best.lines && cells > best.cells))
      best = { delimiter, lines, cells };
  }
  return best?.delimiter ?? ',';
}

/** How often each delimiter stands in each line. A line break in quotes ends none. */
function countedLines(text: string): number[][] {
  const lines: number[][] = [];
  let counts: number[] | undefined;
  let quoted = false;
  let cellBegins = true;
  const end = Math.min(text.length, CHARACTERS);
  for (let at = 0; at < end && lines.length <= LINES; at++) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign === '"') {
        quoted = false;
        // Two quotes are one in the text: the second one opens it again.
        cellBegins = true;
      }
      continue;
    }
    if (sign === '\n' || sign === '\r') {
      counts = undefined;
      cellBegins = true;
      continue;
    }
    if (!counts) lines.push((counts = DELIMITERS.map(() => 0)));
    const delimiter = (DELIMITERS as readonly string[]).indexOf(sign);
    if (delimiter !== -1) counts[delimiter] = (counts[delimiter] ?? 0) + 1;
    quoted = sign === '"' && cellBegins;
    cellBegins = delimiter !== -1;
  }
  // The text may end within a line, which then tells nothing.
  return lines.length > 2 ? lines.slice(0, -1) : lines;
}

/** The number that most lines have, but for none; of two the larger one. */
function usual(counts: readonly number[]): { lines: number; cells: number } {
  const lines = new Map<number, number>();
  for (const count of counts) if (count > 0) lines.set(count, (lines.get(count) ?? 0) + 1);
  let best = { lines: 0, cells: 0 };
  for (const [cells, many] of lines) {
    if (many > best.lines || (many === best.lines && cells > best.cells))
      best = { lines: many, cells };
  }
  return best;
}
