import { MemoryStorage } from './memory-storage';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
const dir = join(__dirname, '../../contract/src');
for (const f of readdirSync(dir).filter((n) => n.endsWith('-contract.ts'))) {
  const m = require(join(dir, f));
  for (const [k, v] of Object.entries(m)) if (k.endsWith('Contract')) (v as any)('memory', async () => new MemoryStorage());
}
