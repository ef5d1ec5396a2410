import { Counter, Gauge } from 'prom-client';
import type { Storage } from '../storage/storage';

/** How far replicas are, and who answers reads. Read when they are scraped; nothing without replicas. */
export function observeReplicas({ replicas }: Pick<Storage, 'replicas'>): void {
  if (!replicas) return;
  const reads = new Counter({
    name: 'cloudpam_database_reads_total',
    help: 'Reads that a replica may answer, by who has: primary, or the replica',
    labelNames: ['target'],
    collect() {
      const { primaryReads, replicas: states } = replicas.state();
      reads.reset();
      reads.inc({ target: 'primary' }, primaryReads);
      for (const { name, reads: count } of states) reads.inc({ target: name }, count);
    },
  });
  /** @param aggregator which of several workers tells what is true of all */
  const gauge = (
    name: string,
    help: string,
    aggregator: 'min' | 'max',
    value: (state: ReplicaState) => number,
  ): void => {
    const made = new Gauge({
      name,
      help,
      aggregator,
      labelNames: ['replica'],
      collect() {
        made.reset();
        for (const state of replicas.state().replicas)
          if (!Number.isNaN(value(state))) made.set({ replica: state.name }, value(state));
      },
    });
  };
  gauge('cloudpam_replica_in', '1 where reads go to the replica', 'min', ({ isIn }) =>
    Number(isIn),
  );
  gauge('cloudpam_replica_lag_bytes', 'Log not replayed yet', 'max', ({ lagBytes }) => lagBytes);
  gauge(
    'cloudpam_replica_lag_seconds',
    'Time since what is not replayed yet was written',
    'max',
    ({ lagSeconds }) => lagSeconds,
  );
}

type ReplicaState = ReturnType<NonNullable<Storage['replicas']>['state']>['replicas'][number];
