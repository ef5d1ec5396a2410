import type { Schemas } from '@cloudpam/api-client';
import { Button, Group } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { UrlSelect } from '../url/url-select';
import { UrlTextInput } from '../url/url-text-input';
import { useUrlParams } from '../url/use-url-params';
import { choices } from '../pools/pool-words';
import { ACTIONS, ENTITIES, NOT_KEPT } from './import-words';
import { codeCounts } from './plan-filters';
import type { PlanFilters } from './plan-filters';
import { NO_PLAN_FILTERS } from './use-plan-filters';

const ENTITY_CHOICES = [
  ...Object.entries(ENTITIES).map(([value, { many }]) => ({ value, label: many })),
  { value: 'none', label: NOT_KEPT },
];

/** The filters of a plan, all of them in the URL. */
export function PlanFilterBar({
  filters,
  rows,
}: {
  filters: PlanFilters;
  rows: readonly Schemas['ImportRow'][];
}) {
  const { set } = useUrlParams();
  const codes = useMemo(() => codeCounts(rows), [rows]);
  const isFiltered = Object.values(filters).some((value) => value !== '');
  const pick = (
    name: 'action' | 'entity' | 'code',
    label: string,
    data: readonly { value: string; label: string }[],
    width: number,
  ) => <UrlSelect param={name} label={label} width={width} data={data} value={filters[name]} />;
  return (
    <Group gap={6} role="search" aria-label="Filter the plan">
      <UrlTextInput
        param="q"
        aria-label="Filter by text"
        placeholder="CIDR, name, file…"
        leftSection={<IconFilter size={14} />}
        w={170}
      />
      {pick('action', 'Action', choices(ACTIONS), 120)}
      {pick('entity', 'Kind of record', ENTITY_CHOICES, 130)}
      {pick(
        'code',
        'Reason',
        codes.map(([code, count]) => ({
          value: code,
          label: `${code.replaceAll('_', ' ')} (${count})`,
        })),
        190,
      )}
      {isFiltered && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={13} />}
          onClick={() => set(NO_PLAN_FILTERS)}
        >
          Clear the filters
        </Button>
      )}
    </Group>
  );
}
