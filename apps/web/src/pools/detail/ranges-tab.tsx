import type { Schemas } from '@cloudpam/api-client';
import { Group } from '@mantine/core';
import { IconSeparatorVertical } from '@tabler/icons-react';
import { useMemo } from 'react';
import { nameOfRange, RANGE_COLUMNS, RANGE_FIELDS } from '../../addresses/range-words';
import { poolRangesApi } from '../../api/ranges';
import { RecordsPage } from '../../records/records-page';
import { useRefusal } from '../../session/use-me';

/** The ranges that lie in a pool itself, what is in quarantine among them. */
export function RangesTab({ pool }: { pool: Schemas['Pool'] }) {
  const api = useMemo(() => poolRangesApi(pool.id), [pool.id]);
  const mayRelease = useRefusal('quarantine:release');
  return (
    <RecordsPage
      api={api}
      permission="pools:write"
      title="Ranges"
      one="range"
      about=""
      hasNoText
      columns={RANGE_COLUMNS}
      fields={RANGE_FIELDS}
      nameOf={nameOfRange}
      keep={({ purpose }) => (purpose === 'quarantine' ? mayRelease : undefined)}
      deleteNote="What nobody has of it is free."
      icon={<IconSeparatorVertical size={36} />}
      emptyText="Keep addresses apart: for DHCP, for those who name the range, or for nobody."
      frame={(actions, table) => (
        <>
          <Group mb="xs">{actions}</Group>
          {table}
        </>
      )}
    />
  );
}
