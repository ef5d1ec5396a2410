import type { Schemas } from '@cloudpam/api-client';
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMapPin } from '@tabler/icons-react';
import { useMemo } from 'react';
import { AddressBulkBar } from '../../addresses/address-bulk-bar';
import { ADDRESS_COLUMNS, ADDRESS_FIELDS, nameOfAddress } from '../../addresses/address-words';
import { nameOfRange } from '../../addresses/range-words';
import { fetchPoolAddresses, poolAddressesApi } from '../../api/addresses';
import { fetchPoolRanges } from '../../api/ranges';
import type { RecordField } from '../../records/record-dialog';
import { RecordsPage } from '../../records/records-page';
import { AddressGrid } from './address-grid';
import { ObservedAddresses } from './observed-addresses';
import { HostsNotCounted } from '../hosts-not-counted';
import { useHostUsage } from './use-host-usage';

/** How a new one is chosen; a record that is there has its address. */
const TAKING: readonly RecordField[] = [
  {
    name: 'strategy',
    label: 'Which one',
    type: 'choice',
    choices: ['first', 'last', 'random'] satisfies Schemas['AddressStrategy'][],
    fixed: true,
    description: 'The lowest free one when nothing is chosen',
  },
  {
    name: 'count',
    label: 'How many',
    type: 'number',
    min: 1,
    max: 256,
    fixed: true,
    description: 'Several get numbers after their name',
  },
];
/** Out of a range, where the pool has some. */
function rangeField(ranges: readonly Schemas['Range'][]): readonly RecordField[] {
  const choices = ranges
    .filter(({ purpose }) => purpose === 'dhcp' || purpose === 'reserved')
    .map((range) => ({ value: String(range.id), label: nameOfRange(range) }));
  return choices.length === 0
    ? []
    : [
        {
          name: 'range_id',
          label: 'Range',
          type: 'id',
          choices,
          fixed: true,
          nullable: true,
          description: 'Out of what no range keeps when nothing is chosen',
        },
      ];
}

const REASONS: Readonly<Record<Schemas['ForbiddenReason'], string>> = {
  network: 'network',
  broadcast: 'broadcast',
  router_anycast: 'anycast of its routers',
  cloud: 'kept by the cloud',
};

/** The address records that lie in a pool itself, and the ways to take and give back one. */
export function AddressesTab({ pool }: { pool: Schemas['Pool'] }) {
  const usage = useHostUsage(pool.id);
  const isAccepting = usage?.unlisted_hosts ?? pool.uncounted_hosts;
  const api = useMemo(() => poolAddressesApi(pool.id, isAccepting), [pool.id, isAccepting]);
  const { data } = useQuery({
    queryKey: ['addresses', pool.id, 'forbidden'],
    queryFn: ({ signal }) => fetchPoolAddresses(pool.id, { page_size: 1 }, signal),
  });
  const forbidden = data?.forbidden ?? [];
  const { data: ranges } = useQuery({
    queryKey: ['ranges', pool.id, 'choices'],
    queryFn: ({ signal }) => fetchPoolRanges(pool.id, { page_size: 100 }, signal),
  });
  return (
    <RecordsPage
      api={api}
      permission="pools:write"
      title="Addresses"
      one="address"
      many="addresses"
      making={{
        button: isAccepting ? 'Take address all the same…' : 'Take address',
        action: 'Take',
      }}
      about=""
      columns={ADDRESS_COLUMNS}
      fields={[...TAKING, ...rangeField(ranges?.items ?? []), ...ADDRESS_FIELDS]}
      nameOf={nameOfAddress}
      bulk={AddressBulkBar}
      deleteNote="The address is free again; where its pool keeps what was deleted for a time, after that."
      icon={<IconMapPin size={36} />}
      emptyText="Take the next free address, or record one on the page of all addresses."
      frame={(actions, table) => (
        <>
          {isAccepting && <HostsNotCounted mb="sm" />}
          <AddressGrid pool={pool} />
          <Group mb="xs" gap="sm">
            {actions}
            {forbidden.length > 0 && (
              <Text size="sm" c="dimmed">
                Nobody gets{' '}
                {forbidden
                  .map(({ address, reason }) => `${address} (${REASONS[reason]})`)
                  .join(', ')}
                .
              </Text>
            )}
          </Group>
          {table}
          <ObservedAddresses pool={pool} />
        </>
      )}
    />
  );
}
