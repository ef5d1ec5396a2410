import type { ImportedVlan, ImportedVlanGroup, ImportedVrf } from '@cloudpam/import';
import type { ReadItem } from '../tables/table-kind';
import { ALL_VIDS, parseVidRanges, PoolError, type VidRange } from '@cloudpam/pools';
import { wrong } from './row-problem';

/** A VRF with its route distinguisher. @param description undefined: not told */
export function vrfOf(
  name: string | null,
  rd: string | null | undefined,
  description: string | undefined,
): ReadItem & { readonly item: ImportedVrf } {
  if (name === null) throw wrong('missing_value', 'The VRF has no name.', 'name');
  return {
    label: name,
    item: {
      entity: 'vrf',
      set: {
        name,
        ...(rd === undefined ? {} : { rd }),
        ...(description === undefined ? {} : { description }),
      },
    },
  };
}

/** A VLAN in its group. @param description undefined: not told */
export function vlanOf(
  vid: number,
  name: string | null,
  group: string | null,
  description: string | undefined,
): ReadItem & { readonly item: ImportedVlan } {
  const named = name ?? `VLAN ${vid}`;
  return {
    label: `${named} (${vid})`,
    item: {
      entity: 'vlan',
      set: {
        vid,
        name: named,
        group: group ?? '',
        ...(description === undefined ? {} : { description }),
      },
    },
  };
}

/** Ranges of VLAN ids, all of them where there is no text. @throws RowEnd `invalid_value` */
export function vidRangesOf(text: string | null): readonly VidRange[] {
  if (text === null) return ALL_VIDS;
  try {
    return parseVidRanges(text);
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    throw wrong('invalid_value', error.message, 'vid_ranges');
  }
}

/** A VLAN group of another system. @param description undefined: not told */
export function vlanGroupOf(
  name: string | null,
  told: Pick<ImportedVlanGroup['set'], 'vidRanges' | 'site' | 'description'>,
): ReadItem & { readonly item: ImportedVlanGroup } {
  if (name === null) throw wrong('missing_value', 'The VLAN group has no name.', 'name');
  return { label: name, item: { entity: 'vlan_group', set: { name, ...told } } };
}
