import { formatCidr } from '@cloudpam/cidr';
import type { PlannedRow } from './import-plan';
import { recordTargetsOf } from './known-records';
import { nameOfLeaf, type AddressWish, type RangeWish } from './leaf-wish';
import type { ImportRun, ImportSteps } from './plan-import';
import type { DecidedWish } from './pool-wish';

/** Rows between two pauses. */
const STRIDE = 500;

/** A digest of all that would be done. */
export async function hashOf(
  rows: readonly PlannedRow[],
  { records, made, shaped, changed, ranges, addresses }: ImportSteps,
  { digest, pause }: ImportRun,
): Promise<string> {
  const sum = digest();
  for (const [at, { table, line, entity, action, code, id, changes }] of rows.entries()) {
    if (at % STRIDE === 0) await pause();
    sum.update(JSON.stringify([table, line, entity, action, code, id, changes]));
  }
  for (const { changed } of recordTargetsOf(records))
    for (const { stored, fields } of changed)
      sum.update(JSON.stringify([stored?.id, stored?.version, fields]));
  for (const [at, wish] of made.flat().entries()) {
    if (at % STRIDE === 0) await pause();
    sum.update(JSON.stringify(contentOf(wish)));
  }
  for (const [at, { wish, stored }] of [...shaped, ...changed].entries()) {
    if (at % STRIDE === 0) await pause();
    sum.update(JSON.stringify([stored.id, stored.version, contentOf(wish)]));
  }
  for (const steps of [ranges, addresses]) {
    for (const [at, wish] of steps.made.flat().entries()) {
      if (at % STRIDE === 0) await pause();
      sum.update(JSON.stringify(contentOfLeaf(wish)));
    }
    for (const [at, { wish, stored }] of steps.changed.entries()) {
      if (at % STRIDE === 0) await pause();
      sum.update(JSON.stringify([stored.id, stored.version, contentOfLeaf(wish)]));
    }
  }
  return sum.hex();
}

function contentOf({ item, vrf, account, vlan }: DecidedWish): readonly unknown[] {
  const { cidr, set, fresh, tags, sourceId, cloud, history } = item;
  return [
    formatCidr(cidr),
    vrf.id ?? vrf.fields.name,
    account && (account.id ?? account.fields.key),
    vlan && (vlan.id ?? [vlan.fields.group, vlan.fields.vid]),
    set,
    fresh,
    tags,
    sourceId,
    cloud,
    history,
  ];
}

function contentOfLeaf({ item, vrf, account }: AddressWish | RangeWish): readonly unknown[] {
  const { set, fresh, tags, sourceId, history } = item;
  return [
    item.entity,
    nameOfLeaf(item),
    vrf.id ?? vrf.fields.name,
    account && (account.id ?? account.fields.key),
    set,
    fresh,
    tags,
    sourceId,
    history,
  ];
}
