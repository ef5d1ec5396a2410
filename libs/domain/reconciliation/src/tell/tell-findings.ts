import {
  giveUpTurn,
  SYSTEM_ACTOR,
  type AuditStores,
  type Change,
  type UnitOfWork,
} from '@cloudpam/audit';
import { formatAddress, formatCidr } from '@cloudpam/cidr';
import { blockAroundSpan, formatSpan } from '@cloudpam/pools';
import { severityOf } from '../finding-severity';
import { FINDING_SUBJECTS, findingEvent, type FindingSubject } from './finding-events';
import {
  OpenFindings,
  withPoolNames,
  type FindingStandards,
  type FindingStores,
} from './open-findings';
import type { DueWarning, ToldFinding, ToldStore } from './told-store';

const NAME = 'findings';
const LEASE_MS = 30_000;
const PAGE = 500;
/** Between the beginnings of two comparisons. */
const SHORTEST_MS = 10_000;
/** And at least so many times as long as the last one took: comparing is a small share of the work. */
const TIMES_AS_LONG = 5;
/** But no longer: a clock that jumps makes any time long. */
const LONGEST_PAUSE_MS = 15 * 60_000;
/** Time alone opens findings too. */
const LONGEST_MS = 5 * 60_000;
/** The clocks of servers differ by no more. */
const SKEW_MS = 5 * 60_000;
/** So many days before its end a lease is warned of. */
export const LEASE_WARNING_DAYS = [14, 3, 1] as const;
/** Kept for a clock that is set back. */
const WARNING_KEPT_MS = 30 * 24 * 3_600_000;
const FORGOTTEN_AT_ONCE = 2_000;

/** What telling of findings asks of a storage. */
export type TellingStores = FindingStores &
  Pick<AuditStores, 'audit' | 'seals' | 'subscribers'> & { readonly told: ToldStore };

/** A comparison that is due. */
interface Round {
  /** The time of what it opens. */
  readonly at: Date;
  readonly head: number;
  readonly isFirst: boolean;
}

/** Another server has the turn by now. */
class TurnLost extends Error {}

/** What the log was told. */
export interface Told {
  readonly opened: number;
  readonly closed: number;
  readonly warned: number;
}
const NOTHING: Told = { opened: 0, closed: 0, warned: 0 };

/**
 * Tells the log which findings have appeared and which are gone, and warns of leases that end. Findings are computed
 * when they are read; here they are compared with those last told, beside the requests: by one server, when the log
 * has moved and every five minutes. What was told and its entries are one unit of work, so that each is told once,
 * also after a crash. It has some hundred findings in memory at a time.
 *
 * What is open when the first comparison is made is noted, and told as one number for each type.
 */
export class TellFindings {
  /**
   * @param holder the server process, unique among all
   * @param now the clock
   * @param pause asked before each page, so that requests have their turn
   */
  constructor(
    private readonly unitOfWork: UnitOfWork<TellingStores>,
    private readonly standards: FindingStandards,
    private readonly holder: string,
    private readonly now: () => Date,
    private readonly pause: () => Promise<void> | undefined,
  ) {}

  /**
   * Compares all findings, where that is due.
   * @returns what the log was told
   */
  async execute(stop?: AbortSignal): Promise<Told> {
    const at = this.now();
    const due = await this.due(at);
    if (!due || !(await this.unitOfWork.run((stores) => this.take(stores)))) return NOTHING;
    try {
      return await this.compareAll(due, stop);
    } catch (error) {
      if (error instanceof TurnLost) return NOTHING;
      throw error;
    }
  }

  /** @returns undefined: it is too early */
  private due(at: Date): Promise<Round | undefined> {
    return this.unitOfWork.read(async ({ seals, told }) => {
      const last = await told.lastRound();
      const head = (await seals.head())?.seq ?? 0;
      if (!last) return { at, head, isFirst: true };
      const since = at.getTime() - last.at.getTime();
      // The clock may have been set back.
      const pauseMs = Math.max(SHORTEST_MS, TIMES_AS_LONG * last.tookMs);
      const isEarly = since >= 0 && since < Math.min(pauseMs, LONGEST_PAUSE_MS);
      const isStill = since >= 0 && since < LONGEST_MS && last.head === head;
      if (isEarly || isStill) return undefined;
      // What is opened later than the last time has a later time, so that who asks what is new misses nothing.
      const isBehind = since <= 0 && since > -SKEW_MS;
      return { at: isBehind ? new Date(last.at.getTime() + 1) : at, head, isFirst: false };
    });
  }

  private async compareAll(
    { at, head, isFirst }: Round,
    stop: AbortSignal | undefined,
  ): Promise<Told> {
    const findings = new OpenFindings(this.standards, at);
    const change: Change = { actor: SYSTEM_ACTOR, at, requestId: NAME };
    const sum = { opened: 0, closed: 0, warned: 0 };
    const lists = [
      ...findings.lists(this.unitOfWork),
      ...FINDING_SUBJECTS.map((subject) => ({ subject, pages: this.toldPages(subject) })),
    ];
    let leasedAt = this.now().getTime();
    for (const { subject, pages } of lists)
      for await (const ids of pages) {
        await this.pause();
        if (stop?.aborted) return this.leave(sum);
        if (this.now().getTime() - leasedAt > LEASE_MS / 2) {
          if (!(await this.unitOfWork.run((stores) => this.take(stores)))) return sum;
          leasedAt = this.now().getTime();
        }
        const { opened, closed } = await this.tell(change, findings, subject, ids, isFirst);
        sum.opened += opened;
        sum.closed += closed;
      }
    for (let some = PAGE; some === PAGE && !stop?.aborted;) {
      await this.pause();
      some = await this.warn(change);
      sum.warned += some;
    }
    if (stop?.aborted) return this.leave(sum);
    await this.finish(change, head, isFirst);
    return sum;
  }

  /** Tells what is other than was told of these subjects. */
  private async tell(
    change: Change,
    findings: OpenFindings,
    subject: FindingSubject,
    ids: readonly number[],
    isFirst: boolean,
  ): Promise<{ readonly opened: number; readonly closed: number }> {
    const differences = async (
      stores: TellingStores,
    ): Promise<{ opened: ToldFinding[]; closed: ToldFinding[] }> => {
      const told = await stores.told.of(subject, ids);
      const open = await findings.of(stores, subject, ids);
      const known = new Set(told.map(({ id }) => id));
      const there = new Set(open.map(({ id }) => id));
      return {
        opened: open.filter(({ id }) => !known.has(id)),
        closed: told.filter(({ id }) => !there.has(id)),
      };
    };
    const seen = await this.unitOfWork.read(differences);
    if (seen.opened.length + seen.closed.length === 0) return { opened: 0, closed: 0 };
    return this.unitOfWork.run(async (stores) => {
      if (!(await this.take(stores))) throw new TurnLost();
      const { opened, closed } = await differences(stores);
      const named = await withPoolNames(stores, opened);
      await stores.told.keep(named);
      await stores.told.forget(
        closed.map(({ facts: { type, subject_id: subjectId } }) => ({ subject, subjectId, type })),
      );
      if (isFirst) return { opened: 0, closed: 0 };
      await stores.audit.append([
        ...closed.map(({ id, facts, place }) =>
          findingEvent(change, 'finding.close', id, { before: facts, after: null, place }),
        ),
        ...named.map(({ id, facts, place }) =>
          findingEvent(change, 'finding.open', id, { before: null, after: facts, place }),
        ),
      ]);
      return { opened: opened.length, closed: closed.length };
    });
  }

  /** Pages of the subjects of which findings were told. */
  private async *toldPages(subject: FindingSubject): AsyncGenerator<readonly number[]> {
    for (let after = 0; ;) {
      const from = after;
      const ids = await this.unitOfWork.read(({ told }) => told.subjectsAfter(subject, from, PAGE));
      if (ids.length > 0) yield ids;
      if (ids.length < PAGE) return;
      after = ids.at(-1) ?? after;
    }
  }

  /** Warns of some leases. @returns of how many */
  private async warn(change: Change): Promise<number> {
    const due = (stores: TellingStores): Promise<DueWarning[]> =>
      stores.told.dueWarnings(change.at, LEASE_WARNING_DAYS, PAGE);
    if ((await this.unitOfWork.read(due)).length === 0) return 0;
    return this.unitOfWork.run(async (stores) => {
      if (!(await this.take(stores))) throw new TurnLost();
      const warnings = await due(stores);
      await stores.told.keepWarnings(warnings);
      await stores.audit.append(warnings.map((each) => leaseWarning(change, each)));
      return warnings.length;
    });
  }

  private async finish(change: Change, head: number, isFirst: boolean): Promise<void> {
    await this.unitOfWork.run(async (stores) => {
      if (!(await stores.subscribers.advance(NAME, this.holder, head))) return;
      const { at } = change;
      const tookMs = Math.max(0, this.now().getTime() - at.getTime());
      await stores.told.keepRound({ at, tookMs, head });
      const forgotten = new Date(at.getTime() - WARNING_KEPT_MS);
      await stores.told.forgetWarnings(forgotten, FORGOTTEN_AT_ONCE);
      const there = isFirst ? await stores.told.counts() : {};
      // Of nothing there is nothing to tell.
      if (Object.keys(there).length > 0)
        await stores.audit.append([
          findingEvent(change, 'finding.begin', 'all', { before: null, after: there }),
        ]);
    });
  }

  private async take({ subscribers }: Pick<TellingStores, 'subscribers'>): Promise<boolean> {
    const at = this.now();
    const until = new Date(at.getTime() + LEASE_MS);
    return (await subscribers.take(NAME, this.holder, at, until)) !== undefined;
  }

  /** Leaves the rest to another server at once. */
  private async leave(told: Told): Promise<Told> {
    await this.unitOfWork.run(({ subscribers }) => giveUpTurn(subscribers, NAME, this.holder));
    return told;
  }
}

function leaseWarning(change: Change, due: DueWarning): ReturnType<typeof findingEvent> {
  const { leaseOf, id, vrfId, accountId, kind, name, span, endsAt, days } = due;
  const block = blockAroundSpan(span);
  const text = {
    pool: () => formatCidr(block),
    address: () => formatAddress(span.family, span.first),
    range: () => formatSpan(span),
  };
  return findingEvent(change, 'lease.warning', `${leaseOf}:${id}`, {
    before: null,
    after: {
      severity: severityOf('lease_ends'),
      lease_of: leaseOf,
      lease_id: id,
      name,
      span: text[leaseOf](),
      expires_at: endsAt.toISOString(),
      days,
    },
    place: { vrfId, accountId, cidr: block, kind },
  });
}
