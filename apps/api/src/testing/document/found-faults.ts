const found = new Set<string>();

/** Notes what a server answered that the document does not know. */
export function tellFault(fault: string): void {
  found.add(fault);
}

/** What was noted since the last time. */
export function takeFaults(): string[] {
  const all = [...found];
  found.clear();
  return all;
}
