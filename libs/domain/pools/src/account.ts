import type { Provider } from '@cloudpam/clouds';
import type { RecordFilter } from './record-filter';

/** What happens by itself with what is discovered. */
export const DISCOVERY_POLICIES = ['auto', 'approve', 'observe'] as const;
/**
 * What happens to a new resource that fits: `auto` a pool at once, `approve` when a person says so,
 * `observe` nothing.
 */
export type DiscoveryPolicy = (typeof DISCOVERY_POLICIES)[number];

/** An AWS account, GCP project, Azure subscription or on-prem site. */
export interface Account {
  readonly id: number;
  /** `provider:external_id`, for example `aws:123456789012`; unique. */
  readonly key: string;
  readonly name: string;
  readonly provider: Provider;
  readonly externalId: string;
  readonly platform: string | null;
  readonly tier: string | null;
  readonly environment: string | null;
  readonly regions: readonly string[];
  readonly description: string;
  /** What becomes of newly discovered resources; null: as the server's setting says. */
  readonly discoveryPolicy: DiscoveryPolicy | null;
  /** Seconds after which a discovery is overdue; null: as the server's setting says. */
  readonly discoveryInterval: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** Which accounts a list has: those that fit every given field. */
export interface AccountFilter extends RecordFilter {
  readonly provider?: Provider;
  readonly environment?: string;
}

/** Accounts, by key in lists. */
export interface AccountStore {
  get(id: number): Promise<Account | undefined>;
  getMany(ids: readonly number[]): Promise<Account[]>;
  byKeys(keys: readonly string[]): Promise<Account[]>;
  /** Locks the row until the end of the run. */
  lock(id: number): Promise<Account | undefined>;
  /** Its texts are name, key and external id. */
  list(
    filter: AccountFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Account[]; total: number }>;
  /** @throws StoredConflict when the key is taken. Gives the row with its new id. */
  insert(account: Omit<Account, 'id'>): Promise<Account>;
  save(account: Account): Promise<void>;
  remove(id: number): Promise<void>;
  /** Pools and networks that name the account. */
  useCount(id: number): Promise<number>;
}
