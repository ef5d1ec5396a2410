import { PROVIDERS, type Accounts, type Provider } from '@cloudpam/pools';
import { RecordIdField, TextField, WordField } from '../../http/fields';

/** Where in the clouds something is. */
export abstract class PlaceDto {
  @RecordIdField({ description: 'The account that owns it', example: 7 })
  account_id!: number;

  @TextField({ description: 'The key of the account', example: 'aws:111122223333' })
  account_key!: string;

  @WordField({ words: PROVIDERS, name: 'Provider', description: 'The cloud' })
  provider!: Provider;

  @TextField({ description: 'The region; at GCP `global` for networks', example: 'eu-central-1' })
  region!: string;
}

/** @param accounts those that are named, by id */
export function placeOf(
  at: { readonly accountId: number; readonly provider: Provider; readonly region: string },
  accounts: Accounts,
): PlaceDto {
  return {
    account_id: at.accountId,
    account_key: accounts.get(at.accountId)?.key ?? '',
    provider: at.provider,
    region: at.region,
  };
}
