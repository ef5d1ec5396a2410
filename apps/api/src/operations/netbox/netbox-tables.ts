import { sameCidr } from '@cloudpam/cidr';
import { GLOBAL_VRF_ID, type Pool, type PoolFilter, type PoolSort } from '@cloudpam/pools';
import type { VisibleStores } from '../../limits/visible-stores';
import { PAGE, type ExportTable, type ReadPage } from '../export-table';
import { RecordsOfRows } from '../named-rows';
import { fitted, Labels } from './labels';
import {
  described,
  groupName,
  PREFIX_COLUMNS,
  prefixRow,
  vrfName,
  type PrefixLabels,
} from './prefix-row';

/** Characters of the name of a VLAN there. */
const VLAN_NAME = 64;
/** Characters of a route distinguisher there. */
const RD = 21;

/**
 * The tables that NetBox 4 imports, in the order in which it needs them but for those that list what
 * prefixes name, which come last.
 */
export function netboxTables(filter: PoolFilter, sort: readonly PoolSort[]): ExportTable[] {
  const groups = new Labels();
  const labels = { roles: new Labels(), tenants: new Labels(), tags: new Labels() };
  const inGroups = new Set<number>();
  const listed = (rows: () => object[]): ReadPage => {
    return () => Promise.resolve({ rows: rows().map((each) => ({ ...each })), next: undefined });
  };
  return [
    { name: 'vrfs', columns: ['name', 'rd', 'description', 'comments'], first: vrfPage(1) },
    {
      name: 'vlan-groups',
      columns: ['name', 'slug', 'vid_ranges', 'description'],
      first: groupPage(groups, 1),
    },
    {
      name: 'vlans',
      columns: ['vid', 'name', 'group', 'status', 'description', 'comments'],
      first: vlanPage(inGroups, 1),
    },
    {
      name: 'prefixes',
      columns: PREFIX_COLUMNS,
      first: new PrefixPages(filter, sort, labels, inGroups).from(undefined),
    },
    {
      name: 'roles',
      columns: ['name', 'slug', 'weight'],
      first: listed(() => labels.roles.all().map((each) => ({ ...each, weight: 1000 }))),
    },
    { name: 'tenants', columns: ['name', 'slug'], first: listed(() => labels.tenants.all()) },
    {
      name: 'tags',
      columns: ['name', 'slug', 'color'],
      first: listed(() => labels.tags.all().map((each) => ({ ...each, color: '9e9e9e' }))),
    },
  ];
}

function vrfPage(page: number): ReadPage {
  return async (stores) => {
    const { items } = await stores.vrfs.list({}, page, PAGE);
    const rows = items
      .filter(({ id }) => id !== GLOBAL_VRF_ID)
      .map((vrf) => ({
        name: vrfName(vrf),
        rd: vrf.rd !== null && vrf.rd.length <= RD ? vrf.rd : '',
        ...described(vrf.description),
      }));
    return { rows, next: items.length === 0 ? undefined : vrfPage(page + 1) };
  };
}

/** VLAN groups, and then what VLANs name as their group that has no record. */
function groupPage(groups: Labels, page: number): ReadPage {
  return async (stores) => {
    const { items } = await stores.vlanGroups.list({}, page, PAGE);
    const rows = items.map(({ name, vidRanges, description }) => ({
      name: groupName(name),
      slug: groups.slugOf(groupName(name)),
      vid_ranges: vidRanges.map((ends) => ends.join('-')).join(),
      description: described(description).description,
    }));
    return {
      rows,
      next: items.length === 0 ? namedGroupPage(groups, 1) : groupPage(groups, page + 1),
    };
  };
}

/** @param former the group of the last VLAN before: lists of VLANs are by group */
function namedGroupPage(groups: Labels, page: number, former = ''): ReadPage {
  return async (stores) => {
    const { items } = await stores.vlans.list({}, page, PAGE);
    const before = [former, ...items.map(({ group }) => group)];
    const rows = items
      .filter(({ group, groupId }, at) => groupId === null && group !== '' && group !== before[at])
      .map(({ group }) => groupName(group))
      .map((name) => ({ name, slug: groups.slugOf(name), vid_ranges: '', description: '' }));
    return {
      rows,
      next: items.length === 0 ? undefined : namedGroupPage(groups, page + 1, before.at(-1)),
    };
  };
}

/** @param inGroups takes the vids that VLANs of groups have */
function vlanPage(inGroups: Set<number>, page: number, former = new GroupNames()): ReadPage {
  return async (stores) => {
    const { items } = await stores.vlans.list({}, page, PAGE);
    const names = former.copy();
    const rows = items.map(({ vid, name, group, description }) => {
      if (group !== '') inGroups.add(vid);
      return {
        vid,
        name: names.own(group, name, vid),
        group: groupName(group),
        status: 'active',
        ...described(description),
      };
    });
    return { rows, next: items.length === 0 ? undefined : vlanPage(inGroups, page + 1, names) };
  };
}

/** The names of the VLANs of one group, where each has its own there. */
class GroupNames {
  constructor(
    private group = '',
    private names = new Set<string>(),
  ) {}

  own(group: string, name: string, vid: number): string {
    if (group !== this.group) this.names = new Set();
    this.group = group;
    const fits = fitted(name, VLAN_NAME);
    const own = this.names.has(fits) ? `${fits.slice(0, VLAN_NAME - 7)} (${vid})` : fits;
    this.names.add(own);
    return own;
  }

  copy(): GroupNames {
    return new GroupNames(this.group, new Set(this.names));
  }
}

class PrefixPages {
  private readonly records = new RecordsOfRows();

  constructor(
    private readonly filter: PoolFilter,
    private readonly sort: readonly PoolSort[],
    private readonly labels: PrefixLabels,
    private readonly inGroups: ReadonlySet<number>,
  ) {}

  from(after: string | undefined): ReadPage {
    return async (stores) => {
      const page = { sort: this.sort, size: PAGE, after };
      const { items, nextCursor } = await stores.pools.list(this.filter, page);
      const namedBy = await this.records.of(stores, items);
      const pools = await withoutSameAsParent(stores, items);
      const rows = pools.map((pool) => {
        const named = namedBy(pool);
        // A vid alone is looked for in all groups there.
        const isKnown =
          named.vlan !== undefined &&
          (named.vlan.group !== '' || !this.inGroups.has(named.vlan.vid));
        return prefixRow(pool, named, this.labels, isKnown);
      });
      return { rows, next: nextCursor === null ? undefined : this.from(nextCursor) };
    };
  }
}

/** NetBox has one prefix with a CIDR in a VRF: of a subnet as large as its VPC, the VPC. */
async function withoutSameAsParent(stores: VisibleStores, pools: readonly Pool[]): Promise<Pool[]> {
  const subnets = pools.filter(({ kind }) => kind === 'subnet');
  const ids = new Set(subnets.flatMap(({ parentId }) => parentId ?? []));
  const parents = ids.size === 0 ? [] : await stores.pools.getMany([...ids]);
  const byId = new Map(parents.map((parent) => [parent.id, parent]));
  return pools.filter(({ kind, parentId, cidr }) => {
    const parent = kind === 'subnet' && parentId !== null ? byId.get(parentId) : undefined;
    return !parent || !sameCidr(parent.cidr, cidr);
  });
}
