import type { Schemas } from '@cloudpam/api-client';
import type { PackedSnapshot, Run } from './packed-snapshot';

/** What the server did with a scope, in resources. */
export type DeliveryCounts = Omit<Schemas['ScopeResult'], 'account' | 'region'>;

/** How the delivery of one scope ended. */
export type Delivery =
  | { readonly kind: 'accepted'; readonly counts: DeliveryCounts }
  /** It waits until all scopes of the run are read, to be judged with them. */
  | { readonly kind: 'held' }
  /** It is a signed file in the sink. */
  | { readonly kind: 'written'; readonly file: string }
  /** The server stayed away; a signed file in the spool waits for it. */
  | { readonly kind: 'spooled'; readonly code: string; readonly detail: string }
  /** The server understood and said no to this scope. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | Undelivered;

/** The server could not be asked, or did not let us. */
export interface Undelivered {
  readonly kind: 'undelivered';
  readonly code: string;
  readonly detail: string;
  /** No other scope will fare better now. */
  readonly fatal: boolean;
  /** The same bytes may be taken another time. */
  readonly later: boolean;
}

/** What became of the snapshots that were spooled. */
export interface Backlog {
  /** Files that still wait, of this run and of earlier ones. */
  readonly waiting: number;
  /** By sequence: what became of those of this run after all. */
  readonly settled: ReadonlyMap<number, Delivery>;
}

/** Where the snapshots of runs go. */
export interface SnapshotDelivery {
  /**
   * Before the first scope of a run, and when there is nothing else to do. @throws when nothing
   * could ever be kept (no folder)
   */
  catchUp(stop: AbortSignal): Promise<void>;
  /** Brings one scope away. Tries no longer than until `stop` aborts. Never rejects. */
  deliver(snapshot: PackedSnapshot, stop: AbortSignal): Promise<Delivery>;
  /** After the last scope of a run. Never rejects. */
  finish(run: Run, stop: AbortSignal): Promise<Backlog>;
}

/** Nothing waits. */
export const NO_BACKLOG: Backlog = { waiting: 0, settled: new Map() };
