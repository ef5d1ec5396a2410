import { ACCOUNTS, bareAccount, PROVIDERS, type Account, type Provider } from '@cloudpam/pools';
import type { ImportedAccount } from './import-row';
import { RecordTargets, type RecordTarget, type RowPlace } from './record-targets';
import { RowProblem } from './row-problem';

/** Accounts as rows tell and name them: by key, then by name, then by the id that their cloud has for them. */
export class KnownAccounts {
  readonly targets: RecordTargets<Account>;

  constructor(stored: readonly Account[]) {
    this.targets = new RecordTargets<Account>(
      ACCOUNTS,
      { keysOf: ({ key, name, externalId }) => [`key:${key}`, `name:${name}`, `id:${externalId}`] },
      stored,
    );
  }

  /** Takes a row of an account. */
  take(item: ImportedAccount, place: RowPlace): RecordTarget<Account> | RowProblem | 'same' {
    const { key, provider, externalId } = item.set;
    return this.targets.take({
      target: this.targets.with(`key:${key}`)[0],
      set: item.set,
      fresh: bareAccount(provider, externalId),
      history: item.history,
      ...place,
    });
  }

  /** The account that a row means; one that is named by its key is made where there is none. */
  named(named: string, place: RowPlace): RecordTarget<Account> | RowProblem {
    const [byKey] = this.targets.with(`key:${named}`);
    if (byKey) return byKey;
    for (const by of ['name', 'id']) {
      const found = this.targets.with(`${by}:${named}`);
      if (found.length > 1)
        return new RowProblem(
          'ambiguous_account',
          `Several accounts are meant by ${named}: ${keys(found)}. Give the key.`,
          'account',
        );
      if (found[0]) return found[0];
    }
    const key = /^\d{12}$/.test(named) ? `aws:${named}` : named;
    const [, provider, externalId] = /^([a-z]+):(.+)$/.exec(key) ?? [];
    if (!isProvider(provider) || externalId === undefined)
      return new RowProblem(
        'account_not_found',
        `There is no account ${named}. Name one by its key, such as aws:123456789012 or onprem:fra1, and it is made.`,
        'account',
      );
    return this.targets.make(bareAccount(provider, externalId), place, 'account');
  }
}

function isProvider(text: string | undefined): text is Provider {
  return PROVIDERS.some((each) => each === text);
}

function keys(found: readonly RecordTarget<Account>[]): string {
  return found.map(({ fields }) => fields.key).join(', ');
}
