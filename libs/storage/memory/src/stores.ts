import type { AuditStores } from '@cloudpam/audit';
import type { IdentityStores } from '@cloudpam/identity';
import type { ReconciliationStores } from '@cloudpam/reconciliation';
import { MemoryAccountStore } from './memory-account-store';
import { MemoryAgentStore } from './memory-agent-store';
import { MemoryAnswerStore } from './memory-answer-store';
import { MemoryAuditStore } from './memory-audit-store';
import { MemoryDiscoveryStore } from './memory-discovery-store';
import { MemorySubscriberStore } from './memory-subscriber-store';
import { MemoryJobStore } from './memory-job-store';
import { MemoryPartStore } from './memory-part-store';
import { MemoryPoolStore } from './memory-pool-store';
import { MemorySealStore } from './memory-seal-store';
import { MemoryTokenStore } from './memory-token-store';
import { MemoryLoginAttemptStore, MemoryUserSessionStore } from './memory-user-session-store';
import { MemoryUserStore } from './memory-user-store';
import { MemoryVlanStore } from './memory-vlan-store';
import { MemoryVrfStore } from './memory-vrf-store';
import type { Tables } from './tables';

/** Every store that the domains ask a storage for. */
export type MemoryStores = AuditStores & IdentityStores & ReconciliationStores;

/** How each store is made. One that is missing here does not compile. */
const MAKERS: { readonly [Name in keyof MemoryStores]: (tables: Tables) => MemoryStores[Name] } = {
  answers: (tables) => new MemoryAnswerStore(tables),
  audit: (tables) => new MemoryAuditStore(tables),
  seals: (tables) => new MemorySealStore(tables),
  subscribers: (tables) => new MemorySubscriberStore(tables),
  tokens: (tables) => new MemoryTokenStore(tables),
  users: (tables) => new MemoryUserStore(tables),
  sessions: (tables) => new MemoryUserSessionStore(tables),
  attempts: (tables) => new MemoryLoginAttemptStore(tables),
  pools: (tables) => new MemoryPoolStore(tables),
  vrfs: (tables) => new MemoryVrfStore(tables),
  vlans: (tables) => new MemoryVlanStore(tables),
  accounts: (tables) => new MemoryAccountStore(tables),
  discovery: (tables) => new MemoryDiscoveryStore(tables),
  agents: (tables) => new MemoryAgentStore(tables),
  jobs: (tables) => new MemoryJobStore(tables),
  parts: (tables) => new MemoryPartStore(tables),
};

/** All stores over the tables. */
export function storesOver(tables: Tables): MemoryStores {
  return eachStore((name) => MAKERS[name](tables));
}

/** The stores, each as `change` gives it. */
export function mapStores(
  stores: MemoryStores,
  change: <Store extends object>(store: Store) => Store,
): MemoryStores {
  return eachStore((name) => change(stores[name]));
}

function eachStore(make: (name: keyof MemoryStores) => object): MemoryStores {
  const names = Object.keys(MAKERS) as (keyof MemoryStores)[]; // the keys of the table are its type
  return Object.fromEntries(names.map((name) => [name, make(name)])) as unknown as MemoryStores;
}
