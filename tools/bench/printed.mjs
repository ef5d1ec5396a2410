// How figures are told: markdown on stdout, progress on stderr.

/** A table whose first column is text, and the others numbers. */
export function table(heading, titles, rows) {
  const cells = [titles, ['---', ...Array(titles.length - 1).fill('---:')], ...rows];
  console.log(`### ${heading}\n\n${cells.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
}

/** One line of progress. */
export function say(text) {
  process.stderr.write(`[bench] ${text}\n`);
}

/** A number of times. */
export function ratio(number) {
  return number < 100 ? number.toPrecision(2) : Math.round(number).toLocaleString('en');
}

/** A time. */
export function milliseconds(ms) {
  return ms < 1
    ? ms.toPrecision(2)
    : ms < 100
      ? ms.toFixed(1)
      : Math.round(ms).toLocaleString('en');
}

/** A whole number. */
export function count(number) {
  return Math.round(number).toLocaleString('en');
}

/** Bytes, in MB. */
export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}
