/** Tells whoever started the server, on standard output. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Tells of what went wrong, on standard error. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
