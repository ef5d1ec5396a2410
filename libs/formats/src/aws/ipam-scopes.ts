import type { SkippedRow, VrfName } from '@cloudpam/import';
import { vrfOf } from '../rows/record-parts';
import type { Reading } from '../rows/reading';
import { skipped } from '../rows/row-problem';
import { isObject, textOf, valueOf, type JsonKind } from '../tables/json-kind';

/** The id in a name or an ARN of one. */
const SCOPE_ID = /ipam-scope-[\da-f]+/;
export const POOL_ID = /ipam-pool-[\da-f]+/;

const POOL: SkippedRow = {
  skip: 'not_kept',
  detail: 'A pool of IPAM has no addresses of its own: get-ipam-pool-cidrs tells them.',
};

/** What the scopes and pools of one request say of the rest. */
export class IpamNames {
  /** By the id of a scope its VRF; null: `global`. */
  readonly vrfs = new Map<string, VrfName | null>();
  /** By the id of a pool the one of its scope. */
  readonly scopes = new Map<string, string>();
  /** By the id of a resource the one of its scope. */
  readonly resources = new Map<string, string>();
  /** CIDRs in their VRFs that rows have become. */
  readonly cidrs = new Set<string>();

  /** The VRF of a scope; one that nothing tells the name of is called by its id. */
  vrfOf(scope: string | null | undefined, { interned }: Reading): VrfName | null {
    if (!scope) return null;
    const known = this.vrfs.get(scope);
    return known === undefined ? interned.vrf(scope, null) : known;
  }
}

/** Scopes as VRFs; the default ones are the VRF `global`. */
export function scopes(reading: Reading): ReturnType<JsonKind['reader']> {
  return (scope) => {
    const id = textOf(scope, 'IpamScopeId') ?? '';
    if (valueOf(scope, 'IsDefault') === true) {
      reading.shared(IpamNames).vrfs.set(id, null);
      throw skipped('not_kept', 'A default scope is the VRF global.');
    }
    const description = textOf(scope, 'Description');
    const name = tagsOf(valueOf(scope, 'Tags')).get('Name') ?? description ?? id;
    reading.shared(IpamNames).vrfs.set(id, reading.interned.vrf(name, null));
    return vrfOf(name || null, undefined, description ?? undefined);
  };
}

/** Pools, which say of what scope their CIDRs are. */
export function pools(reading: Reading): ReturnType<JsonKind['reader']> {
  const ipam = reading.shared(IpamNames);
  return (pool) => {
    const id = textOf(pool, 'IpamPoolId') ?? '';
    const scope = SCOPE_ID.exec(textOf(pool, 'IpamScopeArn') ?? '')?.[0];
    if (scope) ipam.scopes.set(id, scope);
    return { label: textOf(pool, 'Description') ?? id, item: POOL };
  };
}

/** `[{Key, Value}]` as a map. */
export function tagsOf(list: unknown): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const tag of Array.isArray(list) ? (list as unknown[]) : []) {
    const key = isObject(tag) ? textOf(tag, 'Key') : null;
    if (key !== null) tags.set(key, textOf(tag, 'Value') ?? '');
  }
  return tags;
}
