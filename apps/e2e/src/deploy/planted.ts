import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A mistake: in a file of a folder, a text in place of another. */
export interface Mistake {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** What a look at a copy of a folder with a mistake in it finds. @throws Error if nothing changes */
export function findPlanted<T>(folder: string, mistake: Mistake, look: (copy: string) => T): T {
  const copy = mkdtempSync(path.join(tmpdir(), 'cloudpam-planted-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const file = path.join(copy, mistake.file);
    const before = readFileSync(file, 'utf8');
    const after = before.replace(mistake.from, mistake.to);
    if (after === before) throw new Error(`${mistake.file} has no ${String(mistake.from)}`);
    writeFileSync(file, after);
    return look(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
