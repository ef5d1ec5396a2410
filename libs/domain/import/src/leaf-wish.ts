import type { AddressRange } from '@cloudpam/cidr';
import {
  checkAddressFields,
  checkHost,
  checkRangeFields,
  checkSpan,
  formatHost,
  formatSpan,
  type Account,
  type AddressRecord,
  type RangeRecord,
  type Tags,
  type Vrf,
} from '@cloudpam/pools';
import { checkHistory } from './check-facts';
import { fieldChanges } from './field-changes';
import type { FieldChange } from './import-plan';
import type { ImportedAddress, ImportedRange } from './import-row';
import { haveSameTags, tagsOf } from './pool-wish';
import type { RecordTarget } from './record-targets';
import { refusalOf, type RowProblem } from './row-problem';

type ImportedLeaf = ImportedAddress | ImportedRange;
type LeafRecord = AddressRecord | RangeRecord;

/** An address or a range as a row tells it, with the records that it names. */
export interface LeafWish<Item extends ImportedLeaf> {
  /** Index of its row. */
  readonly at: number;
  readonly item: Item;
  readonly vrf: RecordTarget<Vrf>;
  /** undefined: not told. */
  readonly account: RecordTarget<Account> | null | undefined;
}

/** The wish of a row of an address. */
export type AddressWish = LeafWish<ImportedAddress>;
/** The wish of a row of a range. */
export type RangeWish = LeafWish<ImportedRange>;

/** A stored address or range that an import changes. */
export interface LeafChange<Wish, Leaf> {
  readonly wish: Wish;
  readonly stored: Leaf;
  readonly changes: readonly FieldChange[];
}

/** What is set of an address or a range that a wish makes; its account is made by then. */
export function madeFields<Item extends ImportedLeaf>({
  item,
  account,
}: LeafWish<Item>): Item['set'] & { readonly tags: Tags; readonly accountId?: number | null } {
  return {
    name: item.fresh.name,
    ...item.set,
    tags: tagsOf(item, {}),
    ...(account === undefined ? {} : { accountId: account?.id ?? null }),
  };
}

/** A stored address or range as a wish has it; what it names may not be made yet, and has no id then. */
export function changedLeaf<Leaf extends LeafRecord>(
  stored: Leaf,
  { item, account }: LeafWish<ImportedLeaf>,
): Leaf {
  return {
    ...stored,
    ...item.set,
    tags: tagsOf(item, stored.tags),
    accountId: account === undefined ? stored.accountId : (account?.id ?? null),
  };
}

/** What a wish changes of a stored address or range. */
export function changesOfLeaf(
  stored: LeafRecord,
  wish: LeafWish<ImportedLeaf>,
): readonly FieldChange[] {
  const { item, account } = wish;
  const set: Readonly<Record<string, unknown>> = item.set;
  const before: Readonly<Record<string, unknown>> = { ...stored };
  const accountId = account === undefined ? stored.accountId : account?.id;
  if (account?.id !== null && (accountId ?? null) === stored.accountId) {
    const isSame = Object.keys(set).every((field) => areSame(set[field], before[field]));
    if (isSame && haveSameTags(tagsOf(item, stored.tags), stored.tags)) return [];
  }
  const wanted = changedLeaf(stored, wish);
  const shown = (leaf: LeafRecord, of: Readonly<Record<string, unknown>>): object => ({
    ...Object.fromEntries(Object.keys(set).map((field) => [field, of[field]])),
    tags: leaf.tags,
    accountId: leaf.accountId,
  });
  return fieldChanges(shown(stored, before), {
    ...shown(wanted, set),
    // What is not made yet is told by what it will be called.
    ...(account?.id === null ? { accountId: account.fields.key } : {}),
  });
}

function areSame(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime());
}

/** What the rules have against what a row sets of an address, and against the address itself. */
export function refusalOfAddress({ item }: AddressWish, tags: Tags): RowProblem | undefined {
  return refusalOf(() => {
    checkHost(item.cidr);
    checkAddressFields({ ...item.set, name: item.set.name ?? item.fresh.name, tags });
    checkHistory(item.history);
  });
}

/** What the rules have against what a row sets of a range, and against the range itself. */
export function refusalOfRange({ item }: RangeWish, tags: Tags): RowProblem | undefined {
  return refusalOf(() => {
    checkSpan(item.span);
    checkRangeFields({ ...item.set, name: item.set.name ?? item.fresh.name, tags });
    checkHistory(item.history);
  });
}

/** Whether nothing that both of two rows tell differs. */
export function tellTheSame(a: LeafWish<ImportedLeaf>, b: LeafWish<ImportedLeaf>): boolean {
  const [one, other] = [toldBy(a), toldBy(b)];
  return Object.keys(one).every(
    (field) => !Object.hasOwn(other, field) || one[field] === other[field],
  );
}

/** How much a row tells: of two that agree the one that tells more is taken. */
export function richnessOf(wish: LeafWish<ImportedLeaf>): number {
  return Object.keys(toldBy(wish)).length;
}

function toldBy({ item, account }: LeafWish<ImportedLeaf>): Record<string, string> {
  const { set, tags, sourceId } = item;
  const told = {
    ...set,
    ...Object.fromEntries(Object.entries(tags.values).map(([key, value]) => [`tag:${key}`, value])),
    ...(account === undefined ? {} : { account: account && account.fields.key }),
    ...(sourceId ? { [`${sourceId.system}:id`]: sourceId.id } : {}),
  };
  return Object.fromEntries(
    Object.entries(told).map(([key, value]) => [key, JSON.stringify(value)]),
  );
}

/** The addresses that a row is about: one, or those of a range. */
export function spanOf(item: ImportedLeaf): AddressRange {
  return item.entity === 'address' ? item.cidr : item.span;
}

/** An address or a range as a person writes it. */
export function nameOfLeaf(item: ImportedLeaf): string {
  return item.entity === 'address' ? formatHost(item.cidr) : formatSpan(item.span);
}
