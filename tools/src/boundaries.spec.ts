import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const RULES = ['@nx/enforce-module-boundaries', 'no-restricted-imports'];

interface Planted {
  readonly filePath: string;
  readonly text: string;
}

const imports = (filePath: string, name: string): Planted => ({
  filePath,
  text: `import * as planted from '${name}';\n\nexport const used = planted;\n`,
});

/** Lints all texts in one child process, because ESLint's configuration is an ES module. */
function lint(texts: readonly Planted[]): string[][] {
  const script = join(__dirname, '../lint-texts.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`lint-texts.mjs ended with ${status}: ${stderr}`);
  const answers = JSON.parse(stdout.slice(stdout.indexOf('[['))) as {
    ruleId: string;
    message: string;
  }[][]; // the script's own output
  return answers.map((messages) =>
    messages.filter(({ ruleId }) => RULES.includes(ruleId)).map(({ message }) => message),
  );
}

const REFUSED = [
  imports('libs/domain/cidr/src/planted.ts', '@cloudpam/storage-memory'),
  imports('libs/domain/audit/src/planted.ts', '@cloudpam/pools'),
  imports('libs/domain/pools/src/planted.ts', 'typeorm'),
  imports('libs/storage/typeorm/src/planted.ts', '@nestjs/common'),
  imports('libs/storage/memory/src/planted.ts', '@cloudpam/storage-contract'),
  imports('libs/domain/pools/src/planted.ts', '@cloudpam/event-loop'),
  imports('apps/collector/src/planted.ts', '@cloudpam/storage-memory'),
  imports('apps/web/src/planted.ts', '@cloudpam/pools'),
  imports('libs/domain/pools/src/planted.ts', '../../cidr/src/cidr'),
  imports('apps/api/src/http/planted.ts', '../access/passports'),
  imports('apps/api/src/limits/planted.ts', '../http/request-context'),
  imports('apps/api/src/audit/dto/planted.ts', '../../operations/housekeeping'),
  imports('apps/api/src/config/planted.ts', '../storage/storage'),
  imports('apps/api/src/cli/planted.ts', '../create-app'),
  imports('apps/api/src/cli/planted.ts', '@cloudpam/workbook'),
  imports('libs/formats/src/planted.ts', '@cloudpam/workbook'),
  // Only by import(), where it is needed.
  imports('apps/web/src/planted.ts', '@cloudpam/workbook'),
  imports('apps/api/src/operations/planted.ts', '@cloudpam/workbook/writer'),
];
const ALLOWED = [
  imports('libs/domain/pools/src/planted.ts', '@cloudpam/cidr'),
  imports('libs/storage/memory/src/planted.spec.ts', '@cloudpam/storage-contract'),
  imports('libs/storage/typeorm/src/planted.ts', 'typeorm'),
  imports('libs/storage/typeorm/src/planted.ts', '@cloudpam/event-loop'),
  imports('apps/collector/src/planted.ts', '@cloudpam/provider-aws'),
  imports('apps/api/src/planted.ts', '@cloudpam/storage-typeorm'),
  imports('apps/web/src/planted.ts', '@cloudpam/cidr'),
  imports('libs/workbook/src/planted.ts', '@e965/xlsx'),
  imports('apps/api/src/access/planted.ts', '../http/request-context'),
  imports('apps/api/src/operations/planted.ts', '../audit/audit-filter'),
  imports('apps/api/src/http/planted.spec.ts', '../create-app'),
  imports('apps/api/src/planted.ts', './pools/pool-view'),
];

describe('module boundaries', () => {
  let verdicts: string[][] = [];
  beforeAll(() => {
    verdicts = lint([...REFUSED, ...ALLOWED]);
  }, 180_000);

  REFUSED.forEach(({ filePath, text }, at) => {
    it(`refuse ${text.split("'")[1]} in ${filePath}`, () => {
      expect(verdicts[at]).toHaveLength(1);
    });
  });

  ALLOWED.forEach(({ filePath, text }, at) => {
    it(`allow ${text.split("'")[1]} in ${filePath}`, () => {
      expect(verdicts[REFUSED.length + at]).toEqual([]);
    });
  });
});
