import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Group, Tabs, Text, TextInput } from '@mantine/core';
import { IconSearch, IconZoomQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../feedback/empty-state';
import { Page } from '../frame/page';
import { UtilizationBar } from '../pools/utilization-bar';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { useUrlParams } from '../url/use-url-params';
import { SEARCH_HINTS, searchKind } from './search-text';
import { addressesOf, groupedResults, RESULT_GROUPS, resultPath, useSearch } from './use-search';

const COLUMNS: readonly Column<Schemas['SearchResult']>[] = [
  {
    title: 'CIDR',
    width: 190,
    cell: (result) => (
      <Anchor component={Link} to={resultPath(result)} className="mono">
        {addressesOf(result) ?? '–'}
      </Anchor>
    ),
  },
  {
    title: 'Name',
    cell: (result) => (
      <Link to={resultPath(result)} className="plain">
        {result.title}
      </Link>
    ),
  },
  {
    title: 'Place',
    width: 200,
    cell: (result) => [result.vrf_name, result.account_key].filter(Boolean).join(' · '),
    wideOnly: true,
  },
  {
    title: 'About',
    cell: (result) => (
      <Text span c="dimmed" size="sm">
        {result.subtitle}
      </Text>
    ),
    wideOnly: true,
  },
  {
    title: 'Utilization',
    width: 160,
    cell: (result) => result.pool && <UtilizationBar utilization={result.pool.utilization} />,
    wideOnly: true,
  },
  { title: 'Match', width: 100, cell: (result) => result.match.replace('_', ' ') },
];

/** How many of the results are shown; nothing where there are none. */
function shownOf({ results, total, total_is_estimate: more }: Schemas['SearchAnswer']): string {
  if (total === 0) return '';
  return results.length < total
    ? `The first ${results.length} of ${total}${more ? ' and more' : ''}.`
    : `${total} found.`;
}

/** All results of a search, by type; text and type are in the URL. */
export function SearchPage() {
  const params = useUrlParams();
  const q = params.text('q');
  const type = params.text('type');
  const { data, error } = useSearch(q, type, params.text('vrf'));
  return (
    <Page title="Search" about={SEARCH_HINTS[searchKind(q)]}>
      <Group mb="sm">
        <TextInput
          aria-label="Search text"
          leftSection={<IconSearch size={14} />}
          w={360}
          defaultValue={q}
          key={q}
          onKeyDown={(event) =>
            event.key === 'Enter' && params.set({ q: event.currentTarget.value }, { push: true })
          }
        />
        <Tabs
          value={type || 'any'}
          onChange={(value) => params.set({ type: value === 'any' ? null : value })}
          variant="pills"
        >
          <Tabs.List>
            <Tabs.Tab value="any">All</Tabs.Tab>
            {(['pool', 'block', 'address', 'range', 'account'] as const).map((one) => (
              <Tabs.Tab key={one} value={one}>
                {RESULT_GROUPS[one]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      </Group>
      {q !== '' && data && (
        <Text size="sm" c="dimmed" mb="sm" role="status">
          {[data.read_as, shownOf(data)].filter(Boolean).join(' ')}
        </Text>
      )}
      {groupedResults(data?.items ?? []).map(([title, results]) => (
        <section key={title} aria-label={title} style={{ marginBottom: 20 }}>
          <Text fw={600} mb={4}>
            {title}
          </Text>
          <DataTable
            label={title}
            columns={COLUMNS}
            items={results}
            rowKey={(result) => `${result.type} ${result.id}`}
            empty={null}
          />
        </section>
      ))}
      {(q === '' || error || data?.items.length === 0) && (
        <DataTable<Schemas['SearchResult']>
          label="results"
          columns={[]}
          items={error ? undefined : []}
          rowKey={(result) => result.id}
          error={error}
          empty={
            <EmptyState
              icon={<IconZoomQuestion size={40} />}
              title={q === '' ? 'What are you looking for?' : `Nothing matches “${q}”`}
            >
              <Text>
                Try an address (10.1.2.3), a CIDR (10.0.0.0/16), a range (10.0.0.4-10.0.0.9), a
                cloud id (vpc-0a1b…), part of a name, or a tag (env:prod).
              </Text>
            </EmptyState>
          }
        />
      )}
    </Page>
  );
}
