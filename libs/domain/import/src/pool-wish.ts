import { formatCidr, sameCidr } from '@cloudpam/cidr';
import {
  checkNamed,
  checkPoolCidr,
  checkRules,
  followsCloud,
  newPool,
  type Account,
  type AllocationRules,
  type Pool,
  type PoolKind,
  type Tags,
  type Vlan,
  type Vrf,
} from '@cloudpam/pools';
import { canonicalJson, type Change } from '@cloudpam/audit';
import { checkPoolFacts } from './check-facts';
import { fieldChanges } from './field-changes';
import type { FieldChange } from './import-plan';
import type { ImportedPool } from './import-row';
import type { VlanChoice } from './known-vlans';
import type { RecordTarget } from './record-targets';
import { refusalOf, RowProblem } from './row-problem';

/** A pool as a row tells it, with the records that it names. */
export interface PoolWish {
  /** Index of its row. */
  readonly at: number;
  readonly item: ImportedPool;
  readonly vrf: RecordTarget<Vrf>;
  /** undefined: not told. */
  readonly account: RecordTarget<Account> | null | undefined;
  readonly vlan: RecordTarget<Vlan> | VlanChoice | null | undefined;
}

/** The same where it is decided which VLAN it means. */
export interface DecidedWish extends PoolWish {
  readonly vlan: RecordTarget<Vlan> | null | undefined;
}

type SetField = keyof ImportedPool['set'];

/** The fields of a pool that a row sets, in the order in which changes are shown. */
const SET_FIELDS = Object.keys({
  name: true,
  kind: true,
  status: true,
  region: true,
  description: true,
  expiresAt: true,
  rules: true,
} satisfies Record<SetField, true>) as readonly SetField[]; // its keys

/** What rows of pools, addresses and ranges tell of tags. */
type Tagged = Pick<ImportedPool, 'tags' | 'sourceId'>;

/** The tag that keeps what another system calls a pool, an address or a range. */
export function sourceTag({
  sourceId,
}: Pick<Tagged, 'sourceId'>): { key: string; value: string } | undefined {
  return sourceId ? { key: `${sourceId.system}:id`, value: sourceId.id } : undefined;
}

/** The kind of a pool that is made. @param holds whether other rows lie inside it */
export function kindOf({ set, fresh }: ImportedPool, holds: boolean): PoolKind {
  if (set.kind) return set.kind;
  if (fresh.kind === 'by_place') return holds ? 'container' : 'subnet';
  return fresh.kind;
}

/** The tags that a row gives to what has these. */
export function tagsOf(item: Tagged, stored: Tags): Tags {
  const source = sourceTag(item);
  const values = source
    ? { ...item.tags.values, [source.key]: source.value }
    : { ...item.tags.values };
  return item.tags.are === 'all' ? values : { ...stored, ...values };
}

/** The pool that a wish makes. @param id of its own, and those of what it names: they are made */
export function madePool(
  change: Change,
  id: number,
  { item, vrf, account, vlan }: DecidedWish,
  kind: PoolKind,
): Pool {
  const { set, fresh, cloud, history } = item;
  const made = newPool(change, id, {
    ...set,
    cidr: item.cidr,
    name: set.name ?? fresh.name,
    kind,
    status: set.status ?? fresh.status,
    tags: tagsOf(item, {}),
    accountId: account?.id ?? null,
    vlanId: vlan?.id ?? null,
    ...(vrf.id === null ? {} : { vrfId: vrf.id }),
  });
  return { ...made, ...cloud, ...history };
}

/** What the rules of the pool tree have against a pool that a wish makes. */
export function refusalOfMade({ item }: DecidedWish): RowProblem | undefined {
  const { set, fresh } = item;
  return refusalOf(() => {
    checkPoolCidr(item.cidr);
    checkNamed({
      ...checkedName(set.name ?? fresh.name, item.cloud?.source),
      description: set.description ?? '',
      tags: tagsOf(item, {}),
    });
    checkRules(item.cidr, set.rules);
    checkPoolFacts(item);
  });
}

/** A stored pool as a wish has it; what it names may not be made yet, and has no id then. */
export function changedPool(stored: Pool, { item, vrf, account, vlan }: DecidedWish): Pool {
  const { name, kind, status, region, description, expiresAt, rules } = item.set;
  const set: Required<ImportedPool['set']> = {
    name: name ?? stored.name,
    kind: kind ?? stored.kind,
    status: status ?? stored.status,
    region: region === undefined ? stored.region : region,
    description: description ?? stored.description,
    expiresAt: expiresAt === undefined ? stored.expiresAt : expiresAt,
    rules: rules === undefined ? stored.rules : rules,
  };
  return {
    ...stored,
    ...set,
    vrfId: vrf.id ?? stored.vrfId,
    cidr: item.cidr,
    tags: tagsOf(item, stored.tags),
    accountId: account === undefined ? stored.accountId : (account?.id ?? null),
    vlanId: vlan === undefined ? stored.vlanId : (vlan?.id ?? null),
  };
}

/** What a wish changes of a stored pool. */
export function changesOf(stored: Pool, wish: DecidedWish): readonly FieldChange[] {
  const { vrf, account, vlan } = wish;
  if (vrf.id !== null && account?.id !== null && vlan?.id !== null) {
    if (isSame(stored, changedPool(stored, wish))) return [];
  }
  const shown = (pool: Pool, made: boolean): object => ({
    vrf: made && vrf.id === null ? vrf.fields.name : pool.vrfId,
    cidr: formatCidr(pool.cidr),
    ...Object.fromEntries(SET_FIELDS.map((field) => [field, pool[field]])),
    tags: pool.tags,
    // What is not made yet is told by what it will be called.
    accountId: made && account?.id === null ? account.fields.key : pool.accountId,
    vlanId: made && vlan?.id === null ? vlan.fields.name : pool.vlanId,
  });
  return fieldChanges(shown(stored, false), shown(changedPool(stored, wish), true));
}

/** Whether two states of a pool differ in nothing that an import sets: most rows of a second import. */
function isSame(a: Pool, b: Pool): boolean {
  return (
    a.vrfId === b.vrfId &&
    sameCidr(a.cidr, b.cidr) &&
    a.accountId === b.accountId &&
    a.vlanId === b.vlanId &&
    SET_FIELDS.every((field) => areSame(a[field], b[field])) &&
    haveSameTags(a.tags, b.tags)
  );
}

function areSame(a: Pool[SetField], b: Pool[SetField]): boolean {
  if (a === b) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  return isRules(a) && isRules(b) && canonicalJson({ ...a }) === canonicalJson({ ...b });
}

function isRules(value: Pool[SetField]): value is AllocationRules {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

/** Whether two have the same tags, in whatever order. */
export function haveSameTags(a: Tags, b: Tags): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key])
  );
}

/** What the rules of the pool tree have against a stored pool that becomes as the wish has it. */
export function refusalOfChange(stored: Pool, wish: DecidedWish): RowProblem | undefined {
  const wanted = changedPool(stored, wish);
  if (followsCloud(stored) && !(sameCidr(stored.cidr, wanted.cidr) && wish.vrf.id === stored.vrfId))
    return new RowProblem(
      'cloud_owned',
      `Pool ${stored.id} follows the cloud's ${stored.externalId ?? 'resource'}: its CIDR is changed there.`,
      'cidr',
    );
  const { name, description } = wish.item.set;
  return refusalOf(() => {
    checkNamed({
      ...checkedName(name, stored.source),
      ...(description === undefined ? {} : { description }),
      tags: wanted.tags,
    });
    checkRules(wanted.cidr, wanted.rules);
    checkPoolFacts(wish.item);
  });
}

/** The name as it is checked: a cloud may give none. */
function checkedName(
  name: string | undefined,
  source: Pool['source'] | undefined,
): { name?: string } {
  return name === undefined || (name === '' && source === 'discovered') ? {} : { name };
}
