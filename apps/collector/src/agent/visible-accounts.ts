import type { CloudAccount, CloudNetworks } from '@cloudpam/reconciliation';
import { messageOf } from '../run/run-collection';

interface Visible {
  readonly cloud: CloudNetworks;
  readonly account: CloudAccount;
}

/** The accounts that this agent's clouds list. */
export class VisibleAccounts {
  private byCloud: { readonly provider: string; readonly accounts: readonly Visible[] }[] = [];

  constructor(private readonly clouds: () => Promise<readonly CloudNetworks[]>) {}

  /** Such as aws. */
  get providers(): string[] {
    return [...new Set(this.byCloud.map(({ provider }) => provider))];
  }

  /** Such as aws:111122223333. */
  get keys(): string[] {
    return [...new Set(this.byCloud.flatMap(({ accounts }) => accounts.map(keyOf)))];
  }

  /** The cloud with that account alone; undefined for an account that is not visible. */
  find(key: string): CloudNetworks | undefined {
    const found = this.byCloud.flatMap(({ accounts }) => accounts).find((each) => keyOf(each) === key);
    return found && only(found);
  }

  /**
   * Lists them again. A cloud that cannot tell its accounts keeps those that it told before; it is named in the answer.
   * @throws when the clouds cannot be set up (no folder)
   */
  async refresh(stop: AbortSignal): Promise<readonly string[]> {
    const failures: string[] = [];
    const before = this.byCloud;
    const byCloud: typeof before = [];
    for (const [index, cloud] of (await this.clouds()).entries()) {
      try {
        const accounts = (await cloud.accounts(stop)).map((account) => ({ cloud, account }));
        byCloud.push({ provider: cloud.provider, accounts });
      } catch (error) {
        failures.push(`${cloud.provider}: ${messageOf(error)}`);
        const kept = before[index]?.provider === cloud.provider ? before[index].accounts : [];
        byCloud.push({ provider: cloud.provider, accounts: kept });
      }
    }
    this.byCloud = byCloud;
    return failures;
  }
}

function keyOf({ cloud, account }: Visible): string {
  return `${cloud.provider}:${account.id}`;
}

function only({ cloud, account }: Visible): CloudNetworks {
  return {
    provider: cloud.provider,
    accounts: async () => [account],
    scopes: (id, signal) => cloud.scopes(id, signal),
    read: (scope, signal, take) => cloud.read(scope, signal, take),
  };
}
