import type { AccessScope } from '@cloudpam/audit';
import type { AddressRange } from '@cloudpam/cidr';
import type { EstateCount } from './estate-count';
import type { EstatePool } from './count-pools';

/** A count of the estate as it is kept. */
export interface KeptCount {
  /** When it was begun. */
  readonly at: Date;
  /** How long it took, in milliseconds. */
  readonly tookMs: number;
  /** The last seal of the log when it was begun, that of the last counted usage, and the day. */
  readonly basis: string;
  readonly count: EstateCount;
}

/** What has an end: a pool or an address that is lent, or a range in quarantine. */
export interface EndingLease {
  readonly type: 'pool' | 'address' | 'range';
  readonly id: number;
  readonly vrfId: number;
  readonly name: string;
  readonly span: AddressRange;
  readonly endsAt: Date;
}

/** What ends until a moment, or is over and still there. */
export interface EndingLeases {
  /** How many there are; exact up to 10,000, 10,001 means more. */
  readonly counts: Readonly<Record<EndingLease['type'], number>>;
  /** Those that end first. */
  readonly first: readonly EndingLease[];
}

/** What can be read of the estate as a whole. */
export interface EstateReader {
  /** The last count; undefined before the first. */
  latest(): Promise<KeptCount | undefined>;
  /** What ends before a moment, the first `limit` with all that is told of them. */
  leases(before: Date, limit: number, accessScope?: AccessScope): Promise<EndingLeases>;
}

/** The estate as a whole. */
export interface EstateStore extends EstateReader {
  /** Up to `limit` pools of all VRFs after one, in an order in which each comes before what lies in it. */
  poolsAfter(after: EstatePool | undefined, limit: number): Promise<readonly EstatePool[]>;
  /** Keeps a count in place of the last one. */
  keep(count: KeptCount): Promise<void>;
}
