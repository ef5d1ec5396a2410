import { randomUUID } from 'node:crypto';
import { utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module, type DynamicModule } from '@nestjs/common';
import type { CloudNetworks } from '@cloudpam/reconciliation';
import { CollectorAgent } from './agent/collector-agent';
import { CollectorsApi } from './agent/collectors-api';
import { VisibleAccounts } from './agent/visible-accounts';
import type { DeliveryOptions } from './config/delivery-options';
import type { AgentConfig, CollectorConfig, RunConfig } from './config/read-config';
import type { SnapshotDelivery } from './delivery/delivery';
import { COLLECTOR } from './delivery/discovery-body';
import { DryRunDelivery } from './delivery/dry-run-delivery';
import { ServerDelivery } from './delivery/server-delivery';
import { SinkDelivery } from './delivery/sink-delivery';
import { SnapshotFolder } from './delivery/snapshot-folder';
import { Spool } from './delivery/spool';
import { SpoolingDelivery } from './delivery/spooling-delivery';
import { RunCollection, type RunOptions } from './run/run-collection';
import { progressLine } from './run/run-text';

/** The composition root: which clouds are read and where to the scopes go, by the config. */
@Module({})
export class CollectorModule {
  static forRun(config: RunConfig): DynamicModule {
    const { delivery } = config;
    const dryRun = delivery.kind === 'server' && delivery.dryRun;
    const useFactory = (): RunCollection =>
      new RunCollection({ ...runOptions(config, deliveryOf(delivery)), dryRun });
    return { module: CollectorModule, providers: [{ provide: RunCollection, useFactory }] };
  }

  static forAgent(config: AgentConfig): DynamicModule {
    return {
      module: CollectorModule,
      providers: [{ provide: CollectorAgent, useFactory: () => agentOf(config) }],
    };
  }
}

/** The clouds to read. @throws when they cannot be set up */
async function cloudsOf(config: CollectorConfig): Promise<readonly CloudNetworks[]> {
  const clouds: CloudNetworks[] = [];
  for (const each of config.providers) clouds.push(...(await each.open(config.scopeTimeoutMs)));
  return clouds;
}

/**
 * A provider ends a scope that hangs by itself, and keeps what it has; this is for one that does
 * not.
 */
const LAST_LIMIT = 3;

const clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  random: Math.random,
  wait: (ms: number, signal: AbortSignal): Promise<void> =>
    sleep(ms, undefined, { signal }).catch(() => undefined), // it rejects when the signal aborts
};

const log = (text: string): void => void process.stderr.write(`${text}\n`);

function runOptions(config: CollectorConfig, delivery: SnapshotDelivery): RunOptions {
  return {
    run: { runId: randomUUID(), startedAt: new Date() },
    dryRun: false,
    concurrency: config.concurrency,
    clouds: () => cloudsOf(config),
    delivery,
    timeLimit: () => AbortSignal.timeout(LAST_LIMIT * config.scopeTimeoutMs),
    now: clock.now,
    onScope: (outcome, progress) => log(progressLine(outcome, progress)),
  };
}

function deliveryOf(options: DeliveryOptions): SnapshotDelivery {
  if (options.kind === 'sink')
    return new SinkDelivery(new SnapshotFolder(options.folder, options.signer, clock.now));
  const { spool, attempts } = options;
  const patience = { attempts, random: clock.random, wait: clock.wait };
  if (options.dryRun) return new DryRunDelivery(options, patience, log);
  if (!spool) return new ServerDelivery(options, patience);
  const folder = new SnapshotFolder(spool.folder, spool.signer, clock.now);
  return new SpoolingDelivery(
    new Spool(folder, spool.limitBytes),
    options,
    patience,
    clock.elapsed,
    log,
  );
}

function agentOf(config: AgentConfig): CollectorAgent {
  const { agent } = config;
  const delivery = deliveryOf(config.delivery);
  return new CollectorAgent({
    instance: randomUUID(),
    name: agent.name,
    version: COLLECTOR.version,
    intervalMs: agent.intervalMs,
    api: new CollectorsApi(config.delivery),
    accounts: new VisibleAccounts(() => cloudsOf(config)),
    delivery,
    clock,
    log,
    newKey: randomUUID,
    runOf: (cloud) => ({ ...runOptions(config, delivery), clouds: async () => [cloud] }),
    onAlive: () => agent.healthFile !== undefined && void touch(agent.healthFile),
  });
}

/** A health file that cannot be written is told by its age. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now)
    .catch(() => writeFile(path, ''))
    .catch(() => undefined);
}
