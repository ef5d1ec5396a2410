import { formatCidr } from '@cloudpam/cidr';
import { GLOBAL_VRF_ID, type Pool } from '@cloudpam/pools';
import type { Row } from '../../http/csv-pages';
import type { NamedRecords } from '../named-rows';
import { fitted, NETBOX_NAME, type Labels } from './labels';

/** Characters of a description there. */
const DESCRIPTION = 200;

/** What prefixes name beside VRFs and VLANs. They are listed in tables of their own. */
export interface PrefixLabels {
  readonly roles: Labels;
  readonly tenants: Labels;
  readonly tags: Labels;
}

export const PREFIX_COLUMNS = [
  'prefix',
  'vrf',
  'tenant',
  'vlan_group',
  'vlan',
  'status',
  'role',
  'description',
  'comments',
  'tags',
];

/**
 * A pool as a prefix of a NetBox import file. What a prefix has no column for stands in its comments.
 * @param isKnown whether NetBox knows which VLAN is meant
 */
export function prefixRow(
  pool: Pool,
  { vrf, account, vlan }: NamedRecords,
  labels: PrefixLabels,
  isKnown: boolean,
): Row {
  const { role, tenant, ...others } = pool.tags;
  const slugs: string[] = [];
  const facts: [name: string, value: string | null | undefined][] = [
    ['kind', pool.kind],
    ['account', account?.key],
    ['region', pool.region],
    ['cloud id', pool.externalId],
    ['VLAN', vlan && !isKnown ? `${vlan.vid} ${vlan.name}` : null],
    ['expires', pool.expiresAt?.toISOString()],
  ];
  for (const [key, value] of Object.entries(others)) {
    const slug = value === '' ? labels.tags.slugFor(key) : undefined;
    if (slug === undefined) facts.push([key, value]);
    else slugs.push(slug);
  }
  const roleFits = isListed(role, labels.roles);
  const tenantFits = isListed(tenant, labels.tenants);
  if (role !== undefined && !roleFits) facts.push(['role', role]);
  if (tenant !== undefined && !tenantFits) facts.push(['tenant', tenant]);
  return {
    prefix: formatCidr(pool.cidr),
    vrf: vrfName(vrf),
    tenant: tenantFits ? tenant : '',
    vlan_group: vlan && isKnown ? groupName(vlan.group) : '',
    vlan: vlan && isKnown ? vlan.vid : '',
    status: statusOf(pool),
    role: roleFits ? role : '',
    ...described(pool.name, [
      pool.description,
      ...facts.flatMap(([name, value]) =>
        value === null || value === undefined ? [] : `${name}: ${value}`,
      ),
    ]),
    tags: slugs.join(','),
  };
}

/** A short text as the description, and all that is longer or more as the comments. */
export function described(
  text: string,
  more: readonly string[] = [],
): { description: string; comments: string } {
  const isLong = text.length > DESCRIPTION;
  return {
    description: isLong ? `${text.slice(0, DESCRIPTION - 1)}…` : text,
    comments: [isLong ? text : '', ...more].filter((each) => each !== '').join('\n\n'),
  };
}

/** The VRF as NetBox finds it; none for ours that exists from the start. */
export function vrfName(vrf: NamedRecords['vrf']): string {
  return !vrf || vrf.id === GLOBAL_VRF_ID ? '' : fitted(vrf.name, NETBOX_NAME);
}

export function groupName(group: string): string {
  return fitted(group, NETBOX_NAME);
}

function isListed(name: string | undefined, labels: Labels): boolean {
  return name !== undefined && labels.slugFor(name) !== undefined;
}

function statusOf({ kind, status }: Pool): 'container' | 'active' | 'reserved' | 'deprecated' {
  if (status === 'deprecated') return 'deprecated';
  if (kind === 'container') return 'container';
  return kind === 'reservation' || status === 'planned' ? 'reserved' : 'active';
}
