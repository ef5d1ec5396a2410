import type { Reader } from '@cloudpam/audit';
import { accountsOf, type Accounts } from '@cloudpam/pools';
import { resourceNotFound } from './discovery-error';
import type { DiscoveredResource, Network, NetworkFilter, ResourceFilter } from './inventory';
import type { ReconciliationReadStores } from './reconciliation-stores';

/** A page of what accounts own, with these accounts. */
export interface OwnedPage<T> {
  readonly items: readonly T[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  readonly accounts: Accounts;
}

/** A discovered resource with the account that owns it. */
export interface OwnedResource {
  readonly resource: DiscoveredResource;
  readonly accounts: Accounts;
}

/** All accounts: there is one for each that a collector lists. */
const ALL_ACCOUNTS = 100_000;

type Stores = Pick<ReconciliationReadStores, 'discovery' | 'accounts'>;

/** Reads what the clouds have. Lists are by address. */
export class ReadInventory {
  constructor(private readonly reader: Reader<Stores>) {}

  /** @param page from 1 */
  resources(
    filter: ResourceFilter,
    page: number,
    size: number,
  ): Promise<OwnedPage<DiscoveredResource>> {
    return this.reader.read(async (stores) => {
      const found = await stores.discovery.resources(filter, page, size);
      return { ...found, accounts: await accountsOf(stores, found.items) };
    });
  }

  /** @param page from 1 */
  networks(filter: NetworkFilter, page: number, size: number): Promise<OwnedPage<Network>> {
    return this.reader.read(async (stores) => {
      const found = await stores.discovery.networks(filter, page, size);
      return { ...found, accounts: await accountsOf(stores, found.items) };
    });
  }

  /** @throws DiscoveryError `resource_not_found` */
  async resource(id: number): Promise<OwnedResource> {
    const { resource, accounts } = await this.find(id);
    if (!resource) throw resourceNotFound(id);
    return { resource, accounts };
  }

  /** The resource, if it is there, with the account that owns it. */
  find(id: number): Promise<Partial<OwnedResource> & Pick<OwnedResource, 'accounts'>> {
    return this.reader.read(async (stores) => {
      const resource = await stores.discovery.resource(id);
      return { resource, accounts: await accountsOf(stores, resource ? [resource] : []) };
    });
  }

  /** The accounts that own some resources: of several resources all accounts there are. */
  async ownersOf(resourceIds: readonly number[]): Promise<Accounts> {
    const [id] = resourceIds;
    if (id !== undefined && resourceIds.length === 1) return (await this.find(id)).accounts;
    const all = await this.reader.read(({ accounts }) => accounts.list({}, 1, ALL_ACCOUNTS));
    return new Map(all.items.map((account) => [account.id, account]));
  }

  /** The account that owns a network, if that is there. */
  ownerOfNetwork(id: number): Promise<Accounts> {
    return this.reader.read(async (stores) => {
      const network = await stores.discovery.network(id);
      return accountsOf(stores, network ? [network] : []);
    });
  }
}
