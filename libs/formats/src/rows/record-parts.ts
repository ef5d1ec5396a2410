import type { ImportedVlan, ImportedVrf } from '@cloudpam/import';
import type { ReadItem } from '../tables/table-kind';
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
