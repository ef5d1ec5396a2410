import { InvalidArgumentError, type Command } from 'commander';
import { canonicalJson, SealAudit, VerifyAudit } from '@cloudpam/audit';
import { sealedRecord } from '../audit/forward/forwarded-text';
import { STORAGE, type Storage } from '../storage/storage';
import type { CommandContext, Serve } from './command';
import { timeValue } from './values';

const PAGE = 500;

/** Commands about the audit log. */
export function addAuditCommands(program: Command, serve: Serve): void {
  const audit = program.command('audit').summary('the audit log');
  audit
    .command('verify')
    .description('compares the audit log with its chain of hashes; exit code 1 when it was changed')
    .option('--expect-head <HASH>', 'a head that the chain must hold, as noted before', headValue)
    .action(({ expectHead }: { expectHead?: string }) =>
      serve((context) => verify(context, expectHead)),
    );
  audit
    .command('export')
    .description('writes the sealed entries as lines of JSON, in the order of the chain')
    .option('--since <TIME>', 'entries of this time and later', timeValue)
    .option('--until <TIME>', 'entries before this time', timeValue)
    .action((period: Period) => serve((context) => exportLog(context, period)));
}

interface Period {
  readonly since?: Date;
  readonly until?: Date;
}

/** @throws InvalidArgumentError */
function headValue(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError(
    'It must be 64 digits 0-9 a-f, as an earlier verification printed them.',
  );
}

async function verify({ app, say }: CommandContext, expected?: string): Promise<number> {
  await app.get(SealAudit).execute();
  const { sealed, waiting, head, provenFrom, broken } = await app
    .get(VerifyAudit)
    .execute(expected);
  say(
    `${sealed} sealed entries are as they were sealed${waiting > 0 ? `, ${waiting} wait to be sealed` : ''}`,
  );
  say(`head ${head}`);
  if (provenFrom !== null && !broken)
    say(`from seq ${provenFrom} on, every entry was written by a server with the key`);
  if (!broken) return 0;
  say(
    broken.seq === null
      ? `broken: ${broken.problem}`
      : `broken at seq ${broken.seq}: ${broken.problem}`,
  );
  return 1;
}

async function exportLog(
  { app, write }: CommandContext,
  { since, until }: Period,
): Promise<number> {
  await app.get(SealAudit).execute();
  const { unitOfWork } = app.get<Storage>(STORAGE);
  for (let seq = 0; ;) {
    const page = await unitOfWork.read(({ seals }) => seals.sealed(seq, PAGE));
    const wanted = page.flatMap(({ seal, entry }) =>
      entry && (!since || entry.at >= since) && (!until || entry.at < until)
        ? [`${canonicalJson(sealedRecord(seal, entry))}\n`]
        : [],
    );
    if (wanted.length > 0) await write(wanted.join(''));
    if (page.length < PAGE) return 0;
    seq = page.at(-1)?.seal.seq ?? seq;
  }
}
