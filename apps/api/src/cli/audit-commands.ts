import { canonicalJson, SealAudit, VerifyAudit } from '@cloudpam/audit';
import { sealedRecord } from '../audit/forward/forwarded-text';
import { hmacWith } from '../storage/proving-storage';
import { sha256 } from '../audit/sha256';
import { UsageError, type Command } from './command';
import { givenFlags, timeFlag } from './given-flags';

const PAGE = 500;

const verify: Command = {
  name: 'audit verify',
  takes: '[--expect-head HASH]',
  summary: 'compares the audit log with its chain of hashes; exit code 1 when it was changed',
  async run(args, { config, storage, say }) {
    const expected = givenFlags(args, ['expect-head'])['expect-head'];
    if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected))
      throw new UsageError(
        '--expect-head must be 64 digits 0-9 a-f, as an earlier verification printed them',
      );
    await new SealAudit(storage.unitOfWork, sha256).execute();
    const verification = new VerifyAudit(
      storage.unitOfWork,
      sha256,
      config.auditKeys.map(hmacWith),
    );
    const { sealed, waiting, head, provenFrom, broken } = await verification.execute(expected);
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
  async run(args, { storage, write }) {
    const flags = givenFlags(args, ['since', 'until']);
    const [since, until] = [timeFlag('since', flags.since), timeFlag('until', flags.until)];
    await new SealAudit(storage.unitOfWork, sha256).execute();
    for (let seq = 0; ;) {
      const page = await storage.unitOfWork.read(({ seals }) => seals.sealed(seq, PAGE));
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
