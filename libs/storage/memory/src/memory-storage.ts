import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnswerStore, AuditStore, ForwardStore, SealStore, UnitOfWork } from '@cloudpam/audit';
import type {
  LoginAttemptStore,
  TokenStore,
  UserSessionStore,
  UserStore,
} from '@cloudpam/identity';
import {
  GLOBAL_VRF_ID,
  type AccountStore,
  type PoolStore,
  type VlanStore,
  type VrfStore,
} from '@cloudpam/pools';
import type { AgentStore, DiscoveryStore, JobStore, PartStore } from '@cloudpam/reconciliation';
import { History } from './history';
import { MemoryAccountStore } from './memory-account-store';
import { MemoryAgentStore } from './memory-agent-store';
import { MemoryAnswerStore } from './memory-answer-store';
import { MemoryAuditStore } from './memory-audit-store';
import { MemoryDiscoveryStore } from './memory-discovery-store';
import { MemoryForwardStore } from './memory-forward-store';
import { MemoryJobStore } from './memory-job-store';
import { MemoryPartStore } from './memory-part-store';
import { MemoryPoolStore } from './memory-pool-store';
import { MemorySealStore } from './memory-seal-store';
import { MemoryTokenStore } from './memory-token-store';
import { MemoryLoginAttemptStore, MemoryUserSessionStore } from './memory-user-session-store';
import { MemoryUserStore } from './memory-user-store';
import { MemoryVlanStore } from './memory-vlan-store';
import { MemoryVrfStore } from './memory-vrf-store';
import { Tables } from './tables';

/** Every store of the product, in memory. */
export interface MemoryStores {
  readonly answers: AnswerStore;
  readonly audit: AuditStore;
  readonly seals: SealStore;
  readonly forwards: ForwardStore;
  readonly tokens: TokenStore;
  readonly users: UserStore;
  readonly sessions: UserSessionStore;
  readonly attempts: LoginAttemptStore;
  readonly pools: PoolStore;
  readonly vrfs: VrfStore;
  readonly vlans: VlanStore;
  readonly accounts: AccountStore;
  readonly discovery: DiscoveryStore;
  readonly agents: AgentStore;
  readonly jobs: JobStore;
  readonly parts: PartStore;
}

/**
 * A storage that lives as long as the process, `DATABASE_URL=memory:`. It begins with the VRF
 * `global` and nothing else. Runs go one at a time in the order of their calls; a read sees what
 * was committed when it began, and does not wait.
 */
export class MemoryStorage {
  readonly unitOfWork: UnitOfWork<MemoryStores> = {
    run: (work) => this.run(work),
    read: (work) => this.read(work),
  };
  private readonly history = new History();
  private readonly stores = storesOver(new Tables(this.history));
  private readonly currentRun = new AsyncLocalStorage<{ open: boolean }>();
  private lastRun: Promise<unknown> = Promise.resolve();
  private closed = false;

  /** Waits for the runs that were asked for; later ones are refused. */
  async close(): Promise<void> {
    this.closed = true;
    await this.lastRun;
  }

  /** @throws Error once closed */
  async ping(): Promise<'ready'> {
    this.checkOpen();
    return 'ready';
  }

  private async run<T>(work: (stores: MemoryStores) => Promise<T>): Promise<T> {
    this.checkOpen();
    if (this.currentRun.getStore()?.open) throw new Error('a run inside a run');
    const run = this.lastRun.then(() => this.transact(work));
    this.lastRun = run.catch(() => undefined);
    return run;
  }

  private checkOpen(): void {
    if (this.closed) throw new Error('the storage is closed');
  }

  private async transact<T>(work: (stores: MemoryStores) => Promise<T>): Promise<T> {
    const current = { open: true };
    this.history.begin();
    try {
      const result = await this.currentRun.run(current, () => work(this.stores));
      this.history.commit();
      return result;
    } catch (error) {
      this.history.rollBack();
      throw error;
    } finally {
      current.open = false;
    }
  }

  private async read<T>(work: (stores: MemoryStores) => Promise<T>): Promise<T> {
    this.checkOpen();
    const view = this.history.open();
    try {
      return await work(eachThrough((call) => this.history.look(view, call), this.stores));
    } finally {
      this.history.close(view);
    }
  }
}

function storesOver(tables: Tables): MemoryStores {
  const now = new Date();
  tables.history.begin();
  const global = {
    name: 'global',
    rd: null,
    description: '',
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  tables.vrfs.set(GLOBAL_VRF_ID, { ...global, id: tables.vrfs.takeId() });
  tables.history.commit();
  return {
    answers: new MemoryAnswerStore(tables),
    audit: new MemoryAuditStore(tables),
    seals: new MemorySealStore(tables),
    forwards: new MemoryForwardStore(tables),
    tokens: new MemoryTokenStore(tables),
    users: new MemoryUserStore(tables),
    sessions: new MemoryUserSessionStore(tables),
    attempts: new MemoryLoginAttemptStore(tables),
    pools: new MemoryPoolStore(tables),
    vrfs: new MemoryVrfStore(tables),
    vlans: new MemoryVlanStore(tables),
    accounts: new MemoryAccountStore(tables),
    discovery: new MemoryDiscoveryStore(tables),
    agents: new MemoryAgentStore(tables),
    jobs: new MemoryJobStore(tables),
    parts: new MemoryPartStore(tables),
  };
}

type Through = (call: () => unknown) => unknown;

function eachThrough(through: Through, stores: MemoryStores): MemoryStores {
  return {
    answers: callsThrough(through, stores.answers),
    audit: callsThrough(through, stores.audit),
    seals: callsThrough(through, stores.seals),
    forwards: callsThrough(through, stores.forwards),
    tokens: callsThrough(through, stores.tokens),
    users: callsThrough(through, stores.users),
    sessions: callsThrough(through, stores.sessions),
    attempts: callsThrough(through, stores.attempts),
    pools: callsThrough(through, stores.pools),
    vrfs: callsThrough(through, stores.vrfs),
    vlans: callsThrough(through, stores.vlans),
    accounts: callsThrough(through, stores.accounts),
    discovery: callsThrough(through, stores.discovery),
    agents: callsThrough(through, stores.agents),
    jobs: callsThrough(through, stores.jobs),
    parts: callsThrough(through, stores.parts),
  };
}

/**
 * The store with every call of a method made inside `through`. The stores do all their work before
 * they return.
 */
function callsThrough<Store extends object>(through: Through, store: Store): Store {
  return new Proxy(store, {
    get(target, name): unknown {
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function'
        ? (...args: unknown[]) => through(() => Reflect.apply(member, target, args) as unknown)
        : member;
    },
  });
}
