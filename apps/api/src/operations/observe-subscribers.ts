import { Counter, Gauge } from 'prom-client';
import type { Outcomes } from '../background/outcomes';
import type { Storage } from '../storage/storage';
import { ESTATE } from './observe-discovery';

/**
 * How far webhooks and digests are, as the database has it, and what became of what this process has sent. There are
 * 100 of each at most, which is all that is read when it is scraped.
 */
export function observeSubscribers(
  { unitOfWork }: Pick<Storage, 'unitOfWork'>,
  outcomes: Outcomes,
): void {
  const webhooks = once(() =>
    unitOfWork.read(async (stores) => ({
      all: await stores.webhooks.all(),
      head: (await stores.seals.head())?.seq ?? 0,
    })),
  );
  estateGauge(
    'cloudpam_webhook_behind',
    'Sealed events of the log that were not looked at yet for a webhook',
    ['webhook_id'],
    async (set) => {
      const { all, head } = await webhooks();
      for (const { id, seq } of all) set({ webhook_id: id }, Math.max(0, head - seq));
    },
  );
  estateGauge(
    'cloudpam_webhook_waiting',
    'Deliveries of a webhook that have failed and are tried again',
    ['webhook_id'],
    async (set) => {
      for (const { id, waiting } of (await webhooks()).all) set({ webhook_id: id }, waiting);
    },
  );
  estateGauge(
    'cloudpam_webhook_paused',
    '1 for each webhook that is paused, by the server or by someone',
    ['webhook_id', 'by'],
    async (set) => {
      for (const { id, state, failure } of (await webhooks()).all)
        if (state === 'paused')
          set({ webhook_id: id, by: failure === null ? 'someone' : 'server' }, 1);
    },
  );
  estateGauge(
    'cloudpam_digest_overdue_seconds',
    'Time since a digest should have been sent; 0 where it is not due',
    ['digest_id'],
    async (set) => {
      const digests = await unitOfWork.read((stores) => stores.digests.all());
      const now = new Date().getTime();
      for (const { id, dueAt } of digests)
        if (dueAt) set({ digest_id: id }, Math.max(0, now - dueAt.getTime()) / 1_000);
    },
  );
  outcomeCounter(
    'cloudpam_webhook_deliveries_total',
    'Attempts to tell a webhook of an event, by outcome: failed is tried again, dead is not',
    'webhook_id',
    outcomes.webhooks,
  );
  outcomeCounter(
    'cloudpam_sink_batches_total',
    'Batches of events for a platform, by outcome: failed is sent again',
    'sink',
    outcomes.sinks,
  );
  outcomeCounter(
    'cloudpam_digest_mails_total',
    'Mails of a digest, by outcome: of one that was sent in part some recipients were refused',
    'digest_id',
    outcomes.digests,
  );
}

/** How often it came to an outcome, of whom. */
interface Counted {
  readonly whose: string | number;
  readonly outcome: string;
  readonly count: number;
}

type Labels = Readonly<Record<string, string | number>>;

function estateGauge(
  name: string,
  help: string,
  labelNames: readonly string[],
  read: (set: (labels: Labels, value: number) => void) => Promise<void>,
): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames,
    registers: [ESTATE],
    async collect() {
      const found: [Labels, number][] = [];
      await read((...each) => found.push(each));
      // What is no more is not told.
      gauge.reset();
      for (const [labels, value] of found) gauge.set({ ...labels }, value);
    },
  });
}

function outcomeCounter(
  name: string,
  help: string,
  label: string,
  counts: { all(): Iterable<Counted> },
): void {
  const counter = new Counter({
    name,
    help,
    labelNames: [label, 'outcome'],
    collect() {
      counter.reset();
      for (const { whose, outcome, count } of counts.all())
        counter.inc({ [label]: whose, outcome }, count);
    },
  });
}

/** What is asked for while it is read gets what is read: the gauges of a scrape begin together. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= read().finally(() => (asked = undefined)));
}
