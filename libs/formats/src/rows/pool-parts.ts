import { formatCidr } from '@cloudpam/cidr';
import type { ImportedPool, SourceId, VlanName, VrfName } from '@cloudpam/import';
import { NAME_LENGTH, TAG_LIMITS, type PoolKind, type PoolStatus } from '@cloudpam/pools';
import type { ReadNetwork } from './network';
import type { Reading } from './reading';
import { quoted, skipped, wrong } from './row-problem';

/** What a reader gathers of a pool. */
export interface PoolParts {
  readonly network: ReadNetwork;
  /** null: the row names none. */
  readonly vrf: VrfName | null;
  /** Told by the row; a name that is not is taken from the description. */
  readonly name?: string | null;
  readonly description?: string | null;
  readonly kind?: PoolKind;
  readonly status?: PoolStatus;
  readonly region?: string | null;
  readonly account?: string | null;
  readonly vlan?: VlanName | null;
  /** Later ones of the same key are left out, and those with the value null. */
  readonly tags: readonly (readonly [key: string, value: string | null])[];
  readonly sourceId?: SourceId | null;
}

/** A pool of another system. What it does not say stays, or is as a new pool has it. */
export function poolOf(parts: PoolParts, reading: Reading): ImportedPool {
  const { network, region, account, vlan, sourceId = null } = parts;
  const cidr = formatCidr(network.cidr);
  const description = parts.description || undefined;
  const told = parts.name || undefined;
  const set: { -readonly [Field in keyof ImportedPool['set']]: ImportedPool['set'][Field] } = {};
  if (told !== undefined) set.name = told;
  if (parts.kind !== undefined) set.kind = parts.kind;
  if (parts.status !== undefined) set.status = parts.status;
  if (region) set.region = reading.interned.text(region);
  if (description !== undefined) set.description = description;
  return {
    entity: 'pool',
    cidr: network.cidr,
    vrf: parts.vrf ?? reading.defaultVrf,
    set,
    fresh: { name: told ?? nameOf(description) ?? cidr, kind: 'by_place' },
    ...(account ? { account: reading.interned.text(account) } : {}),
    ...(vlan === undefined ? {} : { vlan }),
    tags: tagsOf(parts.tags, reading),
    sourceId,
    ...(network.fixedFrom === undefined ? {} : { fixedFrom: network.fixedFrom }),
  };
}

/** What a status means by the words of the request, else by those of the format. */
export function statusOf(
  word: string | null | undefined,
  reading: Reading,
  usual: (word: string) => { status?: PoolStatus; kind?: PoolKind } | undefined,
): { status?: PoolStatus; kind?: PoolKind } {
  if (!word) return {};
  const asked = reading.meaning('status', word);
  if (asked === null)
    throw skipped('not_kept', `Rows with the status ${quoted(word)} are left out.`);
  const means = asked ?? usual(word);
  if (means) return means;
  const detail = `The status ${quoted(word)} has no meaning here: say one for it in words.status.`;
  throw wrong('unknown_word', detail, 'status');
}

/** An account, where the request says that the tenant is one; else a tag. */
export function tenantOf(
  tenant: string | null | undefined,
  reading: Reading,
): { account: string | null; tag: string | null } {
  if (!tenant) return { account: null, tag: null };
  const account = reading.meaning('tenant', tenant);
  return account === undefined ? { account: null, tag: tenant } : { account, tag: null };
}

/** A number of a VLAN (IEEE 802.1Q). @throws RowEnd `invalid_value` */
export function vidOf(text: string, field: string): number {
  const vid = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (vid >= 1 && vid <= 4094) return vid;
  throw wrong('invalid_value', `${quoted(text)} is not a VLAN number from 1 to 4094.`, field);
}

/** Tags of a row that leave others as they are. @throws RowEnd `invalid_value` for too many */
export function tagsOf(tags: PoolParts['tags'], { interned }: Reading): ImportedPool['tags'] {
  const values = new Map<string, string>();
  for (const [key, value] of tags) {
    if (value !== null && !values.has(key)) values.set(key, value);
  }
  if (values.size > TAG_LIMITS.count)
    throw wrong('invalid_value', `tags has at most ${TAG_LIMITS.count} entries.`, 'tags');
  return interned.tags(JSON.stringify([...values]), () => ({
    values: Object.fromEntries([...values].map((tag) => tag.map((text) => interned.text(text)))),
    are: 'these',
  }));
}

/** The first line of a description, as a name. */
export function nameOf(description: string | undefined): string | undefined {
  const line = description?.split(/[\r\n]/, 1)[0]?.trim();
  if (!line) return undefined;
  return line.length <= NAME_LENGTH ? line : [...line].slice(0, NAME_LENGTH).join('');
}
