import type { Schemas } from '@cloudpam/api-client';
import { compareCidrs, contains, tryParseCidr } from '@cloudpam/cidr';
import type { Cidr } from '@cloudpam/cidr';
import { ENTITIES, NOT_KEPT } from './import-words';

/** A line of the plan as a tree: a row, or what rows stand under. */
export type PlanLine =
  | {
      readonly type: 'heading';
      readonly key: string;
      readonly depth: 0;
      readonly title: string;
      /** The row of the VRF itself, where the import has one. */
      readonly row: Schemas['ImportRow'] | undefined;
      readonly count: number;
    }
  | {
      readonly type: 'row';
      readonly key: string;
      readonly depth: number;
      readonly row: Schemas['ImportRow'];
      readonly hasChildren: boolean;
    };

const keys = new WeakMap<Schemas['ImportRow'], string>();
let keysMade = 0;

/** What tells a row from all others, as long as it is there: a line of a file may make several. */
export function rowKey(row: Schemas['ImportRow']): string {
  const known = keys.get(row);
  if (known !== undefined) return known;
  keysMade += 1;
  const key = `row ${keysMade}`;
  keys.set(row, key);
  return key;
}

interface Placed {
  readonly row: Schemas['ImportRow'];
  readonly cidr: Cidr;
}

/**
 * The rows by VRF, and in each by what contains what; below them the records, and what has no place.
 * @param closed keys of lines whose inside is not shown
 */
export function planTree(
  rows: readonly Schemas['ImportRow'][],
  closed: ReadonlySet<string> = new Set(),
): PlanLine[] {
  const vrfs = new Map<string, { row?: Schemas['ImportRow']; placed: Placed[] }>();
  const others = new Map<string, Schemas['ImportRow'][]>();
  const vrfOf = (name: string) => {
    const known = vrfs.get(name) ?? { placed: [] };
    vrfs.set(name, known);
    return known;
  };
  for (const row of rows) {
    const cidr = row.cidr === null ? undefined : tryParseCidr(row.cidr);
    if (cidr) vrfOf(row.vrf ?? 'global').placed.push({ row, cidr });
    else if (row.entity === 'vrf' && row.action !== 'error') vrfOf(row.label).row = row;
    else push(others, otherTitle(row.entity), row);
  }
  return [
    ...[...vrfs]
      .sort(([a], [b]) => a.localeCompare(b))
      .flatMap(([name, { row, placed }]) =>
        section(`VRF ${name}`, row, placed.length, closed, () => nested(placed, closed)),
      ),
    ...[...others].flatMap(([title, group]) =>
      section(title, undefined, group.length, closed, () => group.map((row) => leaf(row))),
    ),
  ];
}

function otherTitle(entity: Schemas['ImportEntity'] | null): string {
  if (entity === null) return NOT_KEPT;
  return entity === 'pool' ? 'Without a place' : ENTITIES[entity].many;
}

function push(
  groups: Map<string, Schemas['ImportRow'][]>,
  title: string,
  row: Schemas['ImportRow'],
): void {
  const group = groups.get(title);
  if (group) group.push(row);
  else groups.set(title, [row]);
}

function section(
  title: string,
  row: Schemas['ImportRow'] | undefined,
  count: number,
  closed: ReadonlySet<string>,
  inside: () => PlanLine[],
): PlanLine[] {
  const heading: PlanLine = { type: 'heading', key: title, depth: 0, title, row, count };
  return closed.has(title) ? [heading] : [heading, ...inside()];
}

function leaf(row: Schemas['ImportRow']): PlanLine {
  return { type: 'row', key: rowKey(row), depth: 1, row, hasChildren: false };
}

/** The rows of one VRF, each below the smallest that contains it. */
function nested(placed: Placed[], closed: ReadonlySet<string>): PlanLine[] {
  const lines: PlanLine[] = [];
  const above: Placed[] = [];
  const sorted = placed.toSorted((a, b) => compareCidrs(a.cidr, b.cidr));
  let hidden: Placed | undefined;
  for (const [index, one] of sorted.entries()) {
    while (above.length > 0 && !contains(above[above.length - 1]!.cidr, one.cidr)) above.pop(); // It is not empty.
    if (hidden && !above.includes(hidden)) hidden = undefined;
    const next = sorted[index + 1];
    const key = rowKey(one.row);
    if (!hidden) {
      const hasChildren = next !== undefined && contains(one.cidr, next.cidr);
      lines.push({ type: 'row', key, depth: above.length + 1, row: one.row, hasChildren });
      if (closed.has(key)) hidden = one;
    }
    above.push(one);
  }
  return lines;
}
