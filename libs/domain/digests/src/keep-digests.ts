import {
  diffOf,
  NO_HOLD,
  write,
  type Change,
  type UnitOfWork,
  type WriteStores,
} from '@cloudpam/audit';
import {
  DigestError,
  DIGESTS_LIMIT,
  digestEvent,
  digestFacts,
  type Digest,
  type DigestProgress,
  type DigestSettings,
  type DigestStores,
} from './digest';
import { nextDue } from './schedule';

type Stores = WriteStores & DigestStores;

/** Makes and changes digests. Each write of a digest that is not there throws `digest_not_found`. */
export class KeepDigests {
  constructor(private readonly unitOfWork: UnitOfWork<Stores>) {}

  /**
   * Makes a digest, which is first sent at the next time of its schedule.
   * @throws DigestError `too_many_digests`, `name_taken`
   */
  create(change: Change, settings: DigestSettings): Promise<Digest> {
    return write(this.unitOfWork, change, async ({ digests, audit }) => {
      await digests.hold();
      const others = await digests.all();
      if (others.length >= DIGESTS_LIMIT)
        throw new DigestError(
          'too_many_digests',
          `There are ${DIGESTS_LIMIT} digests already. Delete one that nobody reads.`,
        );
      checkName(settings.name, others);
      const digest = await digests.insert({
        ...settings,
        ...begun(settings, change.at),
        lastSentAt: null,
        toldUntil: null,
        ...NO_HOLD,
        createdAt: change.at,
        updatedAt: change.at,
        version: 1,
      });
      const after = digestFacts(digest);
      await audit.append([
        digestEvent(change, 'digest.create', digest.id, { before: null, after }),
      ]);
      return digest;
    });
  }

  /**
   * Changes what is given. Another schedule counts from now on, and so does one that is enabled again.
   * @param expected the version that it must have, where one is given
   * @throws DigestError `name_taken`, `version_mismatch`
   */
  update(
    change: Change,
    id: number,
    wish: Partial<DigestSettings>,
    expected?: number,
  ): Promise<Digest> {
    return this.changing(change, id, async (before, { digests, audit }) => {
      if (expected !== undefined && expected !== before.version)
        throw new DigestError(
          'version_mismatch',
          `The digest has version ${before.version} by now.`,
        );
      const wished = { ...before, ...wish };
      if (settingsText(before) === settingsText(wished)) return before;
      if (wished.name !== before.name) checkName(wished.name, await digests.all());
      const isRescheduled =
        wished.isEnabled !== before.isEnabled ||
        JSON.stringify(wished.schedule) !== JSON.stringify(before.schedule);
      const after = {
        ...wished,
        ...(isRescheduled ? begun(wished, change.at) : {}),
        updatedAt: change.at,
        version: before.version + 1,
      };
      await digests.save(after);
      const diff = diffOf(digestFacts(before), digestFacts(after));
      if (diff) await audit.append([digestEvent(change, 'digest.update', id, diff)]);
      return after;
    });
  }

  /** Deletes a digest. */
  remove(change: Change, id: number): Promise<Digest> {
    return this.changing(change, id, async (digest, { digests, audit }) => {
      await digests.remove(id);
      const before = digestFacts(digest);
      await audit.append([digestEvent(change, 'digest.delete', id, { before, after: null })]);
      return digest;
    });
  }

  /** Notes that it was sent to be looked at. */
  noteTest(change: Change, id: number): Promise<Digest> {
    return this.changing(change, id, async (digest, { audit }) => {
      const after = { recipients: digest.recipients.length };
      await audit.append([digestEvent(change, 'digest.test', id, { before: null, after })]);
      return digest;
    });
  }

  private changing(
    change: Change,
    id: number,
    work: (digest: Digest, stores: Stores) => Promise<Digest>,
  ): Promise<Digest> {
    return write(this.unitOfWork, change, async (stores) => {
      const digest = await stores.digests.lock(id);
      if (!digest) throw digestNotFound(id);
      return work(digest, stores);
    });
  }
}

/** There is no such digest. */
export function digestNotFound(id: number): DigestError {
  return new DigestError('digest_not_found', `There is no digest ${id}.`);
}

function begun(
  { isEnabled, schedule }: DigestSettings,
  at: Date,
): Pick<DigestProgress, 'dueAt' | 'retryAt' | 'attempts' | 'failure'> {
  const dueAt = isEnabled ? nextDue(schedule, at) : null;
  return { dueAt, retryAt: null, attempts: 0, failure: null };
}

function checkName(name: string, others: readonly Digest[]): void {
  if (others.some((each) => each.name === name))
    throw new DigestError('name_taken', `There is a digest called ${name} already.`, 'name');
}

function settingsText(digest: Digest): string {
  return JSON.stringify([digestFacts({ ...digest, version: 0 }), digest.recipients]);
}
