import { AsyncLocalStorage } from 'node:async_hooks';
import type { UnitOfWork } from '@cloudpam/audit';
import { GLOBAL_VRF_ID } from '@cloudpam/pools';
import { History } from './history';
import { mapStores, storesOver, Tables, type MemoryStores } from './stores';

interface Run {
  open: boolean;
}

/**
 * The runs that a call is inside of, by their storages. One for all: on Node.js 20 each that was ever
 * used costs every promise of the process a little.
 */
const inside = new AsyncLocalStorage<ReadonlyMap<MemoryStorage, Run>>();

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
  private readonly stores = storesOver(newTables(this.history));
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
    if (inside.getStore()?.get(this)?.open) throw new Error('a run inside a run');
    const run = this.lastRun.then(() => this.transact(work));
    this.lastRun = run.catch(() => undefined);
    return run;
  }

  private checkOpen(): void {
    if (this.closed) throw new Error('the storage is closed');
  }

  private async transact<T>(work: (stores: MemoryStores) => Promise<T>): Promise<T> {
    const current: Run = { open: true };
    this.history.begin();
    try {
      // Work that was left behind must not write into the next run.
      const within: Through = (call) => {
        if (!current.open) throw new Error('the run is over');
        return call();
      };
      const stores = mapStores(this.stores, (store) => callsThrough(within, store));
      const result = await inside.run(
        new Map([...(inside.getStore() ?? []), [this, current]]),
        () => work(stores),
      );
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
      const look: Through = (call) => this.history.look(view, call);
      return await work(mapStores(this.stores, (store) => callsThrough(look, store)));
    } finally {
      this.history.close(view);
    }
  }
}

/** The tables of a new storage: with the VRF `global`, and nothing else. */
function newTables(history: History): Tables {
  const tables = new Tables(history);
  const now = new Date();
  history.begin();
  const global = {
    name: 'global',
    rd: null,
    reachabilityDomain: null,
    description: '',
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  tables.vrfs.set(GLOBAL_VRF_ID, { ...global, id: tables.vrfs.takeId() });
  history.commit();
  return tables;
}

type Through = (call: () => unknown) => unknown;

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
