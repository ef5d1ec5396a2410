import { Button, Group, TagsInput } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useAccounts, useRegions, useVlans } from '../../records/use-records';
import { UrlSelect } from '../../url/url-select';
import { UrlTextInput } from '../../url/url-text-input';
import { useUrlParams } from '../../url/use-url-params';
import { vlanText } from '../../vlans/vlan-text';
import { choices, KINDS, STATUSES, SYNCS } from '../pool-words';
import classes from './pools-page.module.css';
import { filterCount, NO_FILTERS } from './pools-url';
import type { PoolFilters } from './pools-url';

/** The filters of the pool list, all of them in the URL. */
export function PoolFilterBar({ filters }: { filters: PoolFilters }) {
  const { set } = useUrlParams();
  const accounts = useAccounts();
  const regions = useRegions();
  const vlans = useVlans();
  const count = filterCount(filters);
  const pick = (
    name: keyof PoolFilters,
    label: string,
    data: readonly { value: string; label: string }[],
    width: number,
  ) => (
    <UrlSelect
      param={name}
      label={label}
      width={width}
      data={data}
      value={String(filters[name])}
      resets={{ sel: null }}
    />
  );
  return (
    <Group
      gap={6}
      px={16}
      pb={8}
      role="search"
      aria-label="Filter pools"
      className={classes.filters}
    >
      <UrlTextInput
        param="q"
        resets={{ sel: null }}
        aria-label="Filter by text"
        placeholder="Name, CIDR, id…"
        leftSection={<IconFilter size={14} />}
        w={160}
      />
      {pick('kind', 'Kind', choices(KINDS), 112)}
      {pick('status', 'Status', choices(STATUSES), 112)}
      {pick(
        'source',
        'Source',
        [
          { value: 'manual', label: 'Manual' },
          { value: 'discovered', label: 'Discovered' },
        ],
        116,
      )}
      {pick('sync', 'Sync', choices(SYNCS), 106)}
      {pick(
        'account',
        'Account',
        accounts.map(({ id, name, key }) => ({ value: String(id), label: `${name} (${key})` })),
        136,
      )}
      {pick(
        'region',
        'Region',
        regions.map((region) => ({ value: region, label: region })),
        124,
      )}
      {/* From the page of VLANs; there is no room for it otherwise. */}
      {filters.vlan !== '' &&
        pick(
          'vlan',
          'VLAN',
          vlans.map((vlan) => ({ value: String(vlan.id), label: vlanText(vlan) })),
          112,
        )}
      <TagsInput
        aria-label="Tags"
        placeholder={filters.tags.length === 0 ? 'Tag key:value' : ''}
        w={filters.tags.length > 0 ? 200 : 130}
        value={[...filters.tags]}
        onChange={(tags) => set({ tag: tags.filter((tag) => tag.includes(':')), sel: null })}
      />
      {count > 0 && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={13} />}
          onClick={() => set({ ...NO_FILTERS, sel: null })}
        >
          Clear {count === 1 ? 'filter' : `${count} filters`}
        </Button>
      )}
    </Group>
  );
}
