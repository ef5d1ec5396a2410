import type { CloudAccount, CloudNetworks } from '@cloudpam/reconciliation';
import { messageOf } from '../run/run-collection';

const PROVEN_AT_ONCE = 8;

interface Visible {
  readonly cloud: CloudNetworks;
  readonly account: CloudAccount;
}

/** The accounts that this agent's clouds list. */
export class VisibleAccounts {
  private byCloud: {
    readonly provider: CloudNetworks['provider'];
    readonly accounts: readonly Visible[];
  }[] = [];

  constructor(private readonly clouds: () => Promise<readonly CloudNetworks[]>) {}

  /** Such as aws. */
  get providers(): CloudNetworks['provider'][] {
    return [...new Set(this.byCloud.map(({ provider }) => provider))];
  }

  /** Such as aws:111122223333. */
  get keys(): string[] {
    return [...new Set(this.byCloud.flatMap(({ accounts }) => accounts.map(keyOf)))];
  }

  /** Of the keys, those of accounts that were named by hand and cannot be entered. */
  get unproven(): string[] {
    const accounts = this.byCloud.flatMap((cloud) =>
      cloud.accounts.filter(({ account }) => account.unproven),
    );
    return [...new Set(accounts.map(keyOf))];
  }

  /** The cloud with that account alone; undefined for an account that is not visible. */
  find(key: string): CloudNetworks | undefined {
    const found = this.byCloud
      .flatMap(({ accounts }) => accounts)
      .find((each) => keyOf(each) === key);
    return found && only(found);
  }

  /**
   * Lists them again. A cloud that cannot tell its accounts keeps those that it told before; it is
   * named in the answer.
   * @param onDoubt told of each account that was named by hand and cannot be entered
   * @throws when the clouds cannot be set up (no folder)
   */
  async refresh(stop: AbortSignal, onDoubt: (text: string) => void): Promise<readonly string[]> {
    const failures: string[] = [];
    const before = this.byCloud;
    const byCloud: typeof before = [];
    for (const [index, cloud] of (await this.clouds()).entries()) {
      try {
        const told = await proven(cloud, await cloud.accounts(stop), stop, onDoubt);
        const accounts = told.map((account) => ({ cloud, account }));
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

/** The accounts, those that let themselves be entered no longer unproven. */
async function proven(
  cloud: CloudNetworks,
  accounts: readonly CloudAccount[],
  stop: AbortSignal,
  onDoubt: (text: string) => void,
): Promise<CloudAccount[]> {
  const told = [...accounts];
  const doubted = accounts.flatMap(({ unproven }, at) => (unproven ? [at] : []));
  const work = async (): Promise<void> => {
    for (let at = doubted.shift(); at !== undefined; at = doubted.shift()) {
      const account = told[at];
      const doubt = account && (await cloud.doubtOf?.(account.id, stop));
      if (doubt) {
        const named = `${cloud.provider}:${account.id}`;
        onDoubt(
          `${named} cannot be entered, and is read only if the server knows it: ${doubt.code}: ${doubt.message}`,
        );
      } else if (account) told[at] = { ...account, unproven: false };
    }
  };
  await Promise.all(Array.from({ length: PROVEN_AT_ONCE }, work));
  return told;
}

function only({ cloud, account }: Visible): CloudNetworks {
  return {
    provider: cloud.provider,
    accounts: async () => [account],
    scopes: (id, signal) => cloud.scopes(id, signal),
    read: (scope, signal, take) => cloud.read(scope, signal, take),
  };
}
