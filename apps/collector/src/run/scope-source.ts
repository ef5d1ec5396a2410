import type { CloudAccount, CloudNetworks, CloudScope } from '@cloudpam/reconciliation';

/** One scope to read, and the account and cloud it is of. */
export interface ScopeToRead {
  readonly cloud: CloudNetworks;
  readonly account: CloudAccount;
  readonly scope: CloudScope;
  /** Place in the order of accounts and scopes. */
  readonly position: readonly [account: number, scope: number];
}

/** How far a run has come. */
export interface Progress {
  readonly scopesDone: number;
  /** Of the accounts that were asked so far. */
  readonly scopesKnown: number;
  readonly accountsDone: number;
  readonly accounts: number;
}

interface AccountToAsk {
  readonly cloud: CloudNetworks;
  readonly account: CloudAccount;
  readonly position: number;
}

/**
 * Tells the scopes of many accounts one by one. An account is asked for its scopes when somebody
 * gets to it, so that of a thousand accounts no more are known than are being worked on.
 */
export class ScopeSource {
  private readonly ready: ScopeToRead[] = [];
  private readonly asking = new Set<Promise<void>>();
  /** By account: scopes that are not done yet. */
  private readonly open = new Map<number, number>();
  private readonly toAsk: AccountToAsk[];
  private readonly accounts: number;
  private accountsDone = 0;
  private scopesKnown = 0;
  private scopesDone = 0;

  /**
   * @param timeLimit gives the signal that ends the asking of one account
   * @param onFailure told of an account that did not give its scopes
   */
  constructor(
    accounts: readonly { readonly cloud: CloudNetworks; readonly account: CloudAccount }[],
    private readonly timeLimit: () => AbortSignal,
    private readonly onFailure: (
      cloud: CloudNetworks,
      account: CloudAccount,
      error: unknown,
    ) => void,
  ) {
    this.toAsk = accounts.map((each, position) => ({ ...each, position }));
    this.accounts = accounts.length;
  }

  /** The next scope, for whoever asks first; undefined when all were given out. */
  async next(): Promise<ScopeToRead | undefined> {
    for (;;) {
      const scope = this.ready.shift();
      if (scope) return scope;
      const account = this.toAsk.shift();
      if (account) this.ask(account);
      // Another one may be asking for an account with scopes enough for two.
      if (this.asking.size === 0) return undefined;
      await Promise.race(this.asking);
    }
  }

  /** Takes back a scope that will not be read. */
  giveBack(scope: ScopeToRead): void {
    this.ready.unshift(scope);
  }

  /** Says that a scope is read and delivered. */
  done({ position: [account] }: ScopeToRead): Progress {
    this.scopesDone++;
    const left = (this.open.get(account) ?? 1) - 1;
    this.open.set(account, left);
    if (left === 0) this.endOf(account);
    return {
      scopesDone: this.scopesDone,
      scopesKnown: this.scopesKnown,
      accountsDone: this.accountsDone,
      accounts: this.accounts,
    };
  }

  /** What nobody took: scopes, and accounts that were not asked. */
  left(): {
    readonly scopes: readonly CloudScope[];
    readonly accounts: readonly { readonly provider: string; readonly account: string }[];
  } {
    return {
      scopes: this.ready.map(({ scope }) => scope),
      accounts: this.toAsk.map(({ cloud, account }) => ({
        provider: cloud.provider,
        account: account.id,
      })),
    };
  }

  private ask(account: AccountToAsk): void {
    const asking = this.scopesOf(account).finally(() => this.asking.delete(asking));
    this.asking.add(asking);
  }

  private async scopesOf({ cloud, account, position }: AccountToAsk): Promise<void> {
    try {
      const scopes = await cloud.scopes(account.id, this.timeLimit());
      this.scopesKnown += scopes.length;
      this.open.set(position, scopes.length);
      if (scopes.length === 0) this.endOf(position);
      this.ready.push(
        ...scopes.map((scope, index): ScopeToRead => ({
          cloud,
          account,
          scope,
          position: [position, index],
        })),
      );
    } catch (error) {
      this.onFailure(cloud, account, error);
      this.endOf(position);
    }
  }

  private endOf(account: number): void {
    this.open.delete(account);
    this.accountsDone++;
  }
}
