import {
  familyBits,
  formatCidr,
  POOL_PREFIX_LIMITS,
  refusedRange,
  type Cidr,
} from '@cloudpam/cidr';
import { PoolError, type RecordNotFound } from './pool-error';
import { TAG_KEY_LENGTH } from './tag-readings';
import type { Pool, PoolFields, Tags } from './pool';
import type { PoolStores } from './pool-stores';
import type { RecordBase, RecordKind } from './record';
import { ACCOUNTS, VLANS } from './records';

/** Characters of a name. */
export const NAME_LENGTH = 200;
/** Characters of a description. */
export const DESCRIPTION_LENGTH = 2_000;
/** Tags of a pool, and characters of their keys and values. */
export const TAG_LIMITS = { count: 64, key: TAG_KEY_LENGTH, value: 256 } as const;

/** Checks that a CIDR can be a pool: ADR 0023. @throws PoolError `invalid_prefix_length` | `refused_range` */
export function checkPoolCidr(cidr: Cidr): void {
  const { min, max } = POOL_PREFIX_LIMITS[cidr.family];
  if (cidr.prefixLength < min || cidr.prefixLength > max) {
    throw new PoolError(
      'invalid_prefix_length',
      `An IPv${cidr.family} pool has a prefix length from /${min} to /${max}; ` +
        `${formatCidr(cidr)} has /${cidr.prefixLength}.`,
      { field: 'cidr' },
    );
  }
  const refused = refusedRange(cidr);
  if (refused) {
    throw new PoolError(
      'refused_range',
      `${formatCidr(cidr)} touches ${refused.range}, ${refused.reason}; it cannot be a pool.`,
      { field: 'cidr' },
    );
  }
}

/**
 * Text a person can read back: no control characters, no lone surrogates, trimmed, of bounded
 * length.
 */
export function checkText(field: string, text: string, limit: number, required: boolean): void {
  if (required && text.trim() === '')
    throw new PoolError('invalid_field', `${field} must not be empty.`, { field });
  if ([...text].length > limit)
    throw new PoolError('invalid_field', `${field} has at most ${limit} characters.`, { field });
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text) || !text.isWellFormed()) {
    throw new PoolError(
      'invalid_field',
      `${field} must not contain control characters or broken Unicode.`,
      { field },
    );
  }
}

/** Text as a storage keeps it: no NUL, no lone surrogates, of bounded length. @throws PoolError `invalid_field` */
export function checkStoredText(
  field: string,
  text: string | null | undefined,
  limit: number,
): void {
  if (typeof text !== 'string') return;
  if (text.length > limit && [...text].length > limit)
    throw new PoolError('invalid_field', `${field} has at most ${limit} characters.`, { field });
  if (text.includes('\0') || !text.isWellFormed())
    throw new PoolError('invalid_field', `${field} must not contain NUL or broken Unicode.`, {
      field,
    });
}

/** Checks name and description. @throws PoolError `invalid_field` */
export function checkNamed(fields: {
  readonly name?: string;
  readonly description?: string;
  readonly tags?: Tags;
}): void {
  if (fields.name !== undefined) checkText('name', fields.name, NAME_LENGTH, true);
  if (fields.description !== undefined)
    checkText('description', fields.description, DESCRIPTION_LENGTH, false);
  const tags = Object.entries(fields.tags ?? {});
  if (tags.length > TAG_LIMITS.count)
    throw new PoolError('invalid_field', `tags has at most ${TAG_LIMITS.count} entries.`, {
      field: 'tags',
    });
  for (const [key, value] of tags) {
    checkText('tags', key, TAG_LIMITS.key, true);
    checkText('tags', value, TAG_LIMITS.value, false);
  }
}

/**
 * Accounts and VLANs that pools name must exist. @throws PoolError `account_not_found` |
 * `vlan_not_found`
 */
export async function checkReferences(
  stores: PoolStores,
  pools: readonly Partial<Pick<PoolFields, 'accountId' | 'vlanId'>>[],
): Promise<void> {
  const accountIds = [...new Set(pools.flatMap((each) => each.accountId ?? []))];
  const known = new Set((await stores.accounts.getMany(accountIds)).map((each) => each.id));
  for (const id of accountIds) {
    if (!known.has(id)) throw recordNotFound(ACCOUNTS, id, 'account_id');
  }
  for (const id of new Set(pools.flatMap((each) => each.vlanId ?? []))) {
    if (!(await stores.vlans.get(id))) throw recordNotFound(VLANS, id, 'vlan_id');
  }
}

/**
 * `checkReferences` for one pool after the other. They mostly name the same account and VLAN: each pair is
 * looked up once.
 */
export function referenceCheck(
  stores: PoolStores,
): (pool: Partial<Pick<PoolFields, 'accountId' | 'vlanId'>>) => Promise<void> {
  const known = new Set<string>();
  return async (pool) => {
    const pair = `${pool.accountId ?? ''} ${pool.vlanId ?? ''}`;
    if (!known.has(pair)) await checkReferences(stores, [pool]);
    known.add(pair);
  };
}

/**
 * The error for a record that is not there, or that the caller may not know of.
 * @param field where a request names it
 */
export function recordNotFound(
  { entity, title }: Pick<RecordKind<RecordBase>, 'entity' | 'title'>,
  id: number,
  field?: string,
): PoolError {
  const code = `${entity}_not_found` as RecordNotFound; // of a kind of record
  return new PoolError(code, `There is no ${title} ${id}.`, field === undefined ? {} : { field });
}

/** The error for a pool that is not there, or that the caller may not know of. */
export function poolNotFound(id: number): PoolError {
  return new PoolError('pool_not_found', `There is no pool ${id}.`);
}

/**
 * Checks that nobody has changed it since it was read.
 * @param expected the version of the caller's `If-Match`; undefined: any
 * @throws PoolError `version_mismatch`
 */
export function checkVersion(
  entity: { readonly version: number },
  expected: number | undefined,
): void {
  if (expected !== undefined && expected !== entity.version) {
    throw new PoolError(
      'version_mismatch',
      `It was changed by someone else: it has version ${entity.version}, not ${expected}. Read it again and repeat.`,
    );
  }
}

/** `10.0.0.0/8 (corp), ...` for messages; at most five. */
export function namePools(pools: readonly Pool[]): string {
  const named = pools
    .slice(0, 5)
    .map((pool) => `${formatCidr(pool.cidr)} (${pool.name})`)
    .join(', ');
  return pools.length > 5 ? `${named} and ${pools.length - 5} more` : named;
}

/**
 * Whether a prefix length is one a pool of this family can have inside `within`. @throws PoolError
 * `invalid_prefix_length`
 */
export function checkInnerPrefixLength(within: Cidr, prefixLength: number, field: string): void {
  if (prefixLength < within.prefixLength || prefixLength > familyBits(within.family)) {
    throw new PoolError(
      'invalid_prefix_length',
      `${field} must be from /${within.prefixLength} to /${familyBits(within.family)} inside ` +
        `${formatCidr(within)}; /${prefixLength} is not.`,
      { field },
    );
  }
}
