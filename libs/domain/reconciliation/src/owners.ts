import { placeOfAccount, type Change } from '@cloudpam/audit';
import { bareAccount, recordEvent, type Account, type Provider } from '@cloudpam/pools';
import type { ScopeState } from './inventory';
import type { ReconciliationStores } from './reconciliation-stores';

/** The scope that has the say about a resource: its owner's. */
export interface Owner {
  readonly account: Account;
  readonly scope: ScopeState;
}

/** What tells networks of one snapshot apart. */
export function networkKey(ownerAccount: string, externalId: string): string {
  return `${ownerAccount} ${externalId}`;
}

/** Accounts and scopes of those who own what a snapshot shows, made when first seen. */
export class Owners {
  private readonly accounts = new Map<string, Account>();
  private readonly scopes = new Map<string, ScopeState>();

  constructor(
    private readonly stores: ReconciliationStores,
    private readonly change: Change,
    private readonly provider: Provider,
  ) {}

  async account(externalId: string, name?: string): Promise<Account> {
    return (await this.known(externalId)) ?? this.create(externalId, name);
  }

  /** Undefined for an account that nobody has heard of. */
  async known(externalId: string): Promise<Account | undefined> {
    const key = this.keyOf(externalId);
    const known = this.accounts.get(key) ?? (await this.stores.accounts.byKeys([key]))[0];
    if (known) this.accounts.set(key, known);
    return known;
  }

  async scope(externalId: string, region: string): Promise<Owner> {
    const account = await this.account(externalId);
    const key = `${account.id} ${region}`;
    const scope =
      this.scopes.get(key) ?? (await this.stores.discovery.lockScope(account.id, region));
    this.scopes.set(key, scope);
    return { account, scope };
  }

  private keyOf(externalId: string): string {
    return `${this.provider}:${externalId}`;
  }

  private async create(externalId: string, name = externalId): Promise<Account> {
    const key = this.keyOf(externalId);
    const account = await this.stores.accounts.insert({
      ...bareAccount(this.provider, externalId, name),
      createdAt: this.change.at,
      updatedAt: this.change.at,
      version: 1,
    });
    await this.stores.audit.append([
      recordEvent(this.change, 'account.create', account.id, {
        before: null,
        after: { key, name, provider: this.provider, external_id: externalId },
        place: placeOfAccount(account.id),
      }),
    ]);
    this.accounts.set(key, account);
    return account;
  }
}
