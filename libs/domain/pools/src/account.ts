import { placeOfAccount } from '@cloudpam/audit';
import type { Provider } from '@cloudpam/clouds';
import { PoolError } from './pool-error';
import { recordEventTypes, tellOf, type RecordKind } from './record';
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

/** What a user sets of an account that nothing is known of but what its cloud calls it. */
export function bareAccount(
  provider: Provider,
  externalId: string,
  name: string = externalId,
): Omit<Account, 'id' | 'createdAt' | 'updatedAt' | 'version'> {
  return {
    key: `${provider}:${externalId}`,
    name,
    provider,
    externalId,
    platform: null,
    tier: null,
    environment: null,
    regions: [],
    description: '',
    discoveryPolicy: null,
    discoveryInterval: null,
  };
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
  /** Pools, addresses, VLAN groups and networks that name the account. */
  useCount(id: number): Promise<number>;
}

/** An account's facts as its events tell them, in version 1. */
export type AccountFacts = {
  readonly key: string;
  readonly name: string;
  readonly provider: Provider;
  readonly external_id: string;
  readonly platform: string | null;
  readonly tier: string | null;
  readonly environment: string | null;
  readonly regions: readonly string[];
  readonly description: string;
  readonly discovery_policy: DiscoveryPolicy | null;
  /** Seconds */
  readonly discovery_interval: number | null;
};

/** What the event of an account tells that discovery has met: the rest is empty. */
type DiscoveredAccountFacts = Pick<AccountFacts, 'key' | 'name' | 'provider' | 'external_id'>;

/** All that happens to accounts. */
export const ACCOUNT_EVENTS = recordEventTypes<
  'account',
  AccountFacts,
  AccountFacts | DiscoveredAccountFacts
>('account');

/** Cloud accounts and projects, as records. */
export const ACCOUNTS: RecordKind<Account, AccountFilter, 'account', 'accounts'> = {
  entity: 'account',
  list: 'accounts',
  title: 'account',
  taken: 'key',
  namedBy: ['pool', 'resource', 'address', 'range'],
  users: 'pools, addresses, ranges, VLAN groups or discovered networks',
  store: (stores) => stores.accounts,
  visible: (stores) => stores.accounts,
  tell: tellOf(
    'account',
    ACCOUNT_EVENTS,
    ({ id }) => placeOfAccount(id),
    (account: Account) => ({
      key: account.key,
      name: account.name,
      provider: account.provider,
      external_id: account.externalId,
      platform: account.platform,
      tier: account.tier,
      environment: account.environment,
      regions: account.regions,
      description: account.description,
      discovery_policy: account.discoveryPolicy,
      discovery_interval: account.discoveryInterval,
    }),
  ),
  check: ({ key, provider, externalId }) => {
    if (!/^[a-z]+:[\w.:-]{1,128}$/.test(key) || key !== `${provider}:${externalId}`) {
      throw new PoolError(
        'invalid_field',
        `The key of an account is provider:external_id, here ${provider}:${externalId}; ` +
          'letters, digits and . _ : - only.',
        { field: 'key' },
      );
    }
  },
};
