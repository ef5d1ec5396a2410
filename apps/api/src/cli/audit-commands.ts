import { canonicalJson, SealAudit, VerifyAudit } from '@cloudpam/audit';
import { sealedRecord } from '../audit/forward/forwarded-text';
import { STORAGE, type Storage } from '../storage/storage';
import { UsageError, type Command } from './command';
import { givenFlags, timeFlag } from './given-flags';

const PAGE = 500;

const verify: Command = {
  name: 'audit verify',
  takes: '[--expect-head HASH]',
  summary: 'compares the audit log with its chain of hashes; exit code 1 when it was changed',
  async run(args, { app, say }) {
    const expected = givenFlags(args, ['expect-head'])['expect-head'];
    if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected))
      throw new UsageError(
        '--expect-head must be 64 digits 0-9 a-f, as an earlier verification printed them',
      );
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
  },
};

const exportLog: Command = {
  name: 'audit export',
  takes: '[--since TIME] [--until TIME]',
  summary: 'writes the sealed entries as lines of JSON, in the order of the chain',
  async run(args, { app, write }) {
    const flags = givenFlags(args, ['since', 'until']);
    const [since, until] = [timeFlag('since', flags.since), timeFlag('until', flags.until)];
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
  },
};

export const AUDIT_COMMANDS: readonly Command[] = [verify, exportLog];
