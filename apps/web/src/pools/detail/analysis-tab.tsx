import type { Schemas } from '@cloudpam/api-client';
import { Group, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { scoreText } from '../../analysis/analysis-words';
import { RoomChart } from '../../analysis/room-chart';
import { PoolLine } from '../pool-line';
import { ActionCell, KindCell, SeenCell } from '../../analysis/recommendation-cells';
import { analysisApi } from '../../api/analysis';
import { EmptyState } from '../../feedback/empty-state';
import { ReadProblem } from '../../feedback/problem-alert';
import { countText, percentText } from '../../format/counts';
import { DataTable } from '../../table/data-table';
import type { Column } from '../../table/data-table';

const COLUMNS: readonly Column<Schemas['Recommendation']>[] = [
  { title: 'Pool', width: 150, cell: ({ pool }) => <PoolLine pool={pool} tab="analysis" /> },
  { title: 'What', cell: (each) => <KindCell of={each} /> },
  { title: 'Do', width: 110, align: 'right', cell: (each) => <ActionCell of={each} /> },
];

/** How far the free space of a pool is in pieces, and what to change about it and its children. */
export function AnalysisTab({ pool }: { pool: Schemas['Pool'] }) {
  const { data, error } = useQuery({
    queryKey: ['pools', pool.id, 'analysis'],
    queryFn: ({ signal }) => analysisApi.ofPool(pool.id, signal),
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <ReadProblem error={error} />;
  return (
    <>
      {data && <Pieces analysis={data} />}
      <Title order={2} size="h5" mt="md" mb={6}>
        Recommendations
      </Title>
      {data && data.children_examined < data.children_total && (
        <Text size="xs" c="dimmed" mb={6}>
          For the pool and its first {data.children_examined} children; the page Analysis has those
          of all pools.
        </Text>
      )}
      <DataTable
        label="Recommendations"
        columns={COLUMNS}
        items={data?.recommendations}
        rowKey={({ kind, pool: of }) => `${of.pool_id} ${kind}`}
        error={null}
        detail={(each) => <SeenCell of={each} />}
        empty={
          <EmptyState icon={<IconCircleCheck size={36} />} title="Nothing to change">
            Neither this pool nor what lies right in it needs a change now.
          </EmptyState>
        }
      />
    </>
  );
}

function Pieces({ analysis }: { analysis: Schemas['PoolAnalysis'] }) {
  const { fragmentation: found, usual_length: usual } = analysis;
  const { score, free, largest_free: largest, packed_largest: packed } = found;
  return (
    <>
      <Title order={2} size="h5" mb={4}>
        Free space
      </Title>
      <Group gap="xs" mb="xs">
        <Text size="sm" fw={600}>
          {scoreText(found)}
        </Text>
        {largest !== null && packed !== null && (
          <Text size="sm">
            {analysis.is_complete ? '' : 'Of the first 10,000 free blocks: '}
            score {score === 0 ? '0' : percentText(score)} · {countText(free).short} addresses free
            · the largest free block is a /{largest}
            {packed < largest && `, in one piece there would be a /${packed}`}
            {usual !== null && ` · usual block /${usual}`}
          </Text>
        )}
      </Group>
      {found.lengths.length > 0 && <RoomChart lengths={found.lengths} usual={usual} />}
    </>
  );
}
