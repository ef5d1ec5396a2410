import { typedIn, type AccountFilter, type RecordFilter, type VlanFilter } from '@cloudpam/pools';
import type { TextPageQuery } from '../http/common.dto';
import type { AccountFilterQuery } from './dto/account.dto';
import type { VlanFilterQuery } from './dto/vlan.dto';

type TextQuery = Pick<TextPageQuery, 'q' | 'name'>;
type AccountQuery = Pick<AccountFilterQuery, 'provider' | 'environment' | 'q' | 'name'>;

/** What the parameters ask for, as the store takes it. */
export function recordFilterOf({ q, name }: TextQuery): RecordFilter {
  return { name, text: typedIn(q)?.text };
}

/** What the parameters ask for, as the store takes it. */
export function vlanFilterOf(query: TextQuery & Pick<VlanFilterQuery, 'group_id'>): VlanFilter {
  return { ...recordFilterOf(query), groupId: query.group_id };
}

/**
 * What the parameters ask for, as the store takes it; an ARN means the account that it ends with.
 */
export function accountFilterOf(query: AccountQuery): AccountFilter {
  const { provider, environment, name, q } = query;
  const typed = typedIn(q);
  return { provider, environment, name, text: typed?.cloudId ?? typed?.text };
}

/** How `q` was read, where that is not word for word. */
export function accountReadAs(q: string | undefined): string | null {
  const typed = typedIn(q);
  return typed?.cloudId === undefined ? null : typed.readAs;
}
