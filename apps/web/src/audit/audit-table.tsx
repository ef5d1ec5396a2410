import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Badge, Table, Text, UnstyledButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconChevronRight, IconHistory } from '@tabler/icons-react';
import { Link } from 'react-router';
import { fetchAudit } from '../api/access';
import type { TextQuery } from '../api/query';
import { EmptyState } from '../feedback/empty-state';
import { ReadAs } from '../feedback/read-as';
import { TimeAgo } from '../format/time-ago';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { useUrlParams } from '../url/use-url-params';
import { diffLines, diffSummary } from './diff-lines';

/**
 * Audit entries of a query, newest first; each opens to its differences. Open ones are in the URL.
 */
export function AuditTable({
  query,
  ofOne = false,
}: {
  query: TextQuery<'listAuditEntries'>;
  ofOne?: boolean;
}) {
  const page = usePage();
  const params = useUrlParams();
  const open = new Set(params.text('entry').split('.').filter(Boolean));
  const asked = { ...query, page, page_size: PAGE_SIZE };
  const { data, error } = useQuery({
    queryKey: ['audit', asked],
    queryFn: ({ signal }) => fetchAudit(asked, signal),
    placeholderData: keepPreviousData,
  });
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    params.set({ entry: [...next].join('.') });
  };
  const columns: Column<Schemas['AuditEntry']>[] = [
    {
      title: 'When',
      width: 90,
      cell: (entry) => {
        const isOpen = open.has(String(entry.id));
        const Chevron = isOpen ? IconChevronDown : IconChevronRight;
        return (
          <UnstyledButton
            fz="sm"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? 'Hide' : 'Show'} changes of entry ${entry.id}`}
            onClick={() => toggle(String(entry.id))}
            style={{ display: 'flex', alignItems: 'center', gap: 6 }}
          >
            <Chevron size={13} aria-hidden />
            <TimeAgo at={entry.timestamp} />
          </UnstyledButton>
        );
      },
    },
    { title: 'Who', width: 170, cell: ({ actor }) => <span title={actor.type}>{actor.name}</span> },
    {
      title: 'Action',
      width: 150,
      cell: ({ action }) => <Badge color="gray">{action}</Badge>,
    },
    ...(ofOne
      ? []
      : [
          {
            title: 'What',
            width: 150,
            cell: (entry: Schemas['AuditEntry']) => <EntityLink entry={entry} />,
          },
        ]),
    {
      title: 'Change',
      cell: ({ diff }) => (
        <Text size="sm">{diffSummary(diffLines(diff?.before, diff?.after))}</Text>
      ),
    },
    { title: 'Reason', cell: ({ reason }) => reason, wideOnly: true },
  ];
  return (
    <>
      <ReadAs text={data?.read_as} />
      <DataTable
        label="Audit entries"
        columns={columns}
        items={data?.items}
        rowKey={({ id }) => id}
        error={error}
        detail={(entry) => open.has(String(entry.id)) && <Diff entry={entry} />}
        empty={
          <EmptyState icon={<IconHistory size={36} />} title="No audit entries">
            Every change by people, tokens and collectors is written here. Nothing matches what you
            ask for.
          </EmptyState>
        }
      />
      <Pager total={data?.total} one="entry" many="entries" />
    </>
  );
}

function EntityLink({ entry: { entity_type, entity_id } }: { entry: Schemas['AuditEntry'] }) {
  const text = `${entity_type} ${entity_id}`;
  if (entity_type !== 'pool') return <>{text}</>;
  return (
    <Anchor component={Link} to={`/pools/${entity_id}`} size="sm">
      {text}
    </Anchor>
  );
}

function Diff({ entry }: { entry: Schemas['AuditEntry'] }) {
  const lines = diffLines(entry.diff?.before, entry.diff?.after);
  return (
    <>
      {lines.length > 0 && (
        <Table w="auto" withRowBorders={false} verticalSpacing={1} aria-label="Changes" fz="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>Before</Table.Th>
              <Table.Th>After</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ field, before, after }) => (
              <Table.Tr key={field}>
                <Table.Td>{field}</Table.Td>
                <Table.Td
                  className="mono"
                  c={before === undefined ? 'dimmed' : 'red'}
                  style={{ wordBreak: 'break-all' }}
                >
                  {before === undefined ? '–' : `− ${before}`}
                </Table.Td>
                <Table.Td
                  className="mono"
                  c={after === undefined ? 'dimmed' : 'teal'}
                  style={{ wordBreak: 'break-all' }}
                >
                  {after === undefined ? '–' : `+ ${after}`}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Text size="xs" c="dimmed" mt={4}>
        {entry.actor.type} {entry.actor.name}
        {entry.request_id && (
          <>
            {' · request '}
            <span className="mono">{entry.request_id}</span>
          </>
        )}
        {entry.reason && ` · reason: ${entry.reason}`}
      </Text>
    </>
  );
}
