import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module, type DynamicModule } from '@nestjs/common';
import { AwsCloudNetworks } from '@cloudpam/provider-aws';
import { filesCloudNetworks } from '@cloudpam/provider-files';
import type { CloudNetworks } from '@cloudpam/reconciliation';
import type { CollectorConfig } from './config';
import { deliverScope, type DeliveryTarget } from './deliver-scope';
import type { Patience } from './retrying';
import { RunCollection } from './run-collection';
import { progressLine } from './run-text';

/** The composition root: which clouds are read and where to the scopes go, by the config. */
@Module({})
export class CollectorModule {
  static of(config: CollectorConfig): DynamicModule {
    return { module: CollectorModule, providers: [{ provide: RunCollection, useFactory: () => runCollection(config) }] };
  }
}

function runCollection(config: CollectorConfig): RunCollection {
  const { server, token, dryRun, concurrency, attempts } = config;
  const target: DeliveryTarget = { server, token, dryRun, runId: randomUUID() };
  const patience: Patience = {
    attempts,
    random: Math.random,
    wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined), // it rejects when the signal aborts
  };
  return new RunCollection({
    runId: target.runId,
    dryRun,
    concurrency,
    clouds: () => cloudsOf(config),
    deliver: (snapshot, stop) => deliverScope(snapshot, target, patience, stop),
    onScope: (outcome, done, total) => process.stderr.write(`${progressLine(outcome, done, total)}\n`),
  });
}

async function cloudsOf({ provider, path = '', regions, homeRegion }: CollectorConfig): Promise<readonly CloudNetworks[]> {
  switch (provider) {
    case 'aws':
      return [new AwsCloudNetworks({ regions, homeRegion })];
    case 'files':
      return filesCloudNetworks(path, { regions });
  }
}
