import type { Schemas } from '@cloudpam/api-client';

/** How people call a VLAN where others are offered beside it: `100 voice (fra1)`. */
export function vlanText({ vid, name, group }: Schemas['Vlan']): string {
  return `${vid} ${name}${group === '' ? '' : ` (${group})`}`;
}
