import type { KeptHistory } from '@cloudpam/import';
import { vidOf } from '../rows/pool-parts';
import { vidRangesOf } from '../rows/record-parts';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import { wrong } from '../rows/row-problem';
import type { ReadItem } from '../tables/table-kind';
import { OwnCells } from './cells';

/** VRFs of our own export; their names are kept for pools that say ids only. */
export function vrfs(row: Row, reading: Reading): () => ReadItem {
  const cells = new OwnCells(row);
  return () => {
    const name = cells.required('name');
    const rd = cells.text('rd');
    remember(reading, 'vrf_id', row, [name, rd ?? '']);
    return {
      label: name,
      item: {
        entity: 'vrf',
        set: {
          name,
          rd,
          ...(cells.has('reachability_domain')
            ? { reachabilityDomain: cells.text('reachability_domain') }
            : {}),
          ...described(cells),
        },
        ...since(cells.history()),
      },
    };
  };
}

/** VLAN groups of our own export. */
export function vlanGroups(row: Row): () => ReadItem {
  const cells = new OwnCells(row);
  return () => {
    const name = cells.required('name');
    const told = (field: string): boolean => cells.has(field);
    return {
      label: name,
      item: {
        entity: 'vlan_group',
        set: {
          name,
          ...(told('vid_ranges') ? { vidRanges: vidRangesOf(cells.text('vid_ranges')) } : {}),
          ...(told('site') ? { site: cells.text('site') } : {}),
          ...described(cells),
        },
        ...(told('account') ? { account: cells.text('account') } : {}),
        ...since(cells.history()),
      },
    };
  };
}

/** VLANs of our own export. */
export function vlans(row: Row, reading: Reading): () => ReadItem {
  const cells = new OwnCells(row);
  return () => {
    const vid = vidOf(cells.required('vid'), 'vid');
    const name = cells.required('name');
    const group = cells.text('group') ?? '';
    remember(reading, 'vlan_id', row, [group, String(vid)]);
    return {
      label: `${name} (${vid})`,
      item: {
        entity: 'vlan',
        set: { vid, name, group, ...described(cells) },
        ...since(cells.history()),
      },
    };
  };
}

/** Accounts of our own export. */
export function accounts(row: Row, reading: Reading): () => ReadItem {
  const cells = new OwnCells(row);
  return () => {
    const key = cells.required('key');
    const provider = cells.word('provider');
    if (provider === null) throw wrong('missing_value', 'provider is missing.', 'provider');
    remember(reading, 'account_id', row, [key]);
    const told = (field: string): boolean => cells.has(field);
    return {
      label: key,
      item: {
        entity: 'account',
        set: {
          key,
          provider,
          externalId: cells.required('external_id'),
          ...(told('name') ? { name: cells.text('name') ?? '' } : {}),
          ...(told('platform') ? { platform: cells.text('platform') } : {}),
          ...(told('tier') ? { tier: cells.text('tier') } : {}),
          ...(told('environment') ? { environment: cells.text('environment') } : {}),
          ...(told('regions') ? { regions: cells.texts('regions') } : {}),
          ...described(cells),
          ...(told('discovery_policy') ? { discoveryPolicy: cells.word('discovery_policy') } : {}),
          ...(told('discovery_interval')
            ? { discoveryInterval: cells.count('discovery_interval') }
            : {}),
        },
        ...since(cells.history()),
      },
    };
  };
}

function described(cells: OwnCells): { description?: string } {
  return cells.has('description') ? { description: cells.text('description') ?? '' } : {};
}

function since(history: KeptHistory | undefined): { history?: KeptHistory } {
  return history ? { history } : {};
}

/** What ids of another server stand for, by the field that says them: `vrf_id`. */
export class OwnIds {
  readonly names = new Map<string, Map<string, readonly string[]>>();
}

function remember(reading: Reading, field: string, row: Row, names: readonly string[]): void {
  const id = row.get('id');
  if (!id) return;
  const ids = reading.shared(OwnIds).names;
  const known = ids.get(field) ?? new Map<string, readonly string[]>();
  ids.set(field, known.set(id, names));
}
