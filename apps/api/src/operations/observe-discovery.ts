import { isOnline, otherFindingCounts, unseenScopes } from '@cloudpam/reconciliation';
import { Gauge, Registry } from 'prom-client';
import type { Config } from '../config/config';
import type { Storage } from '../storage/storage';

/** What the database holds: the same in every process, so that the one that is asked reads it. */
export const ESTATE = new Registry();

/**
 * What an operator wants to be woken for: findings, overdue accounts, jobs and agents. Read when
 * they are scraped.
 */
export function observeDiscovery(
  storage: Storage,
  { discoveryInterval, exhaustsSoon }: Pick<Config, 'discoveryInterval' | 'exhaustsSoon'>,
): void {
  ESTATE.clear();
  const registers = [ESTATE];
  const findings = new Gauge({
    name: 'cloudpam_findings_open',
    help: 'Open findings by type',
    labelNames: ['type'],
    registers,
    collect: () =>
      storage.unitOfWork.read(async (stores) => {
        for (const [type, count] of Object.entries(await stores.discovery.findingCounts()))
          findings.set({ type }, count);
        const scopes = await stores.discovery.scopeStates();
        const accounts = await stores.accounts.getMany([
          ...new Set(scopes.map((scope) => scope.accountId)),
        ]);
        findings.set(
          { type: 'unseen' },
          unseenScopes(accounts, scopes, new Date(), discoveryInterval).length,
        );
        const others = await otherFindingCounts(stores, exhaustsSoon, new Date(), true);
        for (const [type, count] of Object.entries(others)) findings.set({ type }, count);
      }),
  });
  const scopes = new Gauge({
    name: 'cloudpam_scopes',
    help: 'Accounts and regions by the coverage of their last discovery',
    labelNames: ['coverage'],
    registers,
    collect: () =>
      storage.unitOfWork.read(async (stores) => {
        scopes.reset();
        for (const { coverage, collectedAt } of await stores.discovery.scopeStates())
          if (collectedAt !== null) scopes.inc({ coverage });
      }),
  });
  const jobs = new Gauge({
    name: 'cloudpam_discovery_jobs',
    help: 'Discovery jobs that are not ended',
    labelNames: ['status'],
    registers,
    collect: () =>
      storage.unitOfWork.read(async (stores) => {
        for (const status of ['queued', 'running'] as const)
          jobs.set({ status }, (await stores.jobs.list({ status }, 1, 1)).total);
      }),
  });
  const agents = new Gauge({
    name: 'cloudpam_agents_online',
    help: 'Collectors in agent mode with a heartbeat in the last 90 seconds',
    registers,
    collect: () =>
      storage.unitOfWork.read(async (stores) => {
        const now = new Date();
        agents.set(
          (await stores.agents.list({}, 1, 1_000)).items.filter((agent) => isOnline(agent, now))
            .length,
        );
      }),
  });
}
