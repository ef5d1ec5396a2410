import type { Schemas } from '@cloudpam/api-client';
import { Alert, Button, Group, Radio, SegmentedControl, Stack, Text } from '@mantine/core';
import { ReasonedButton } from '../actions/reasoned-button';
import { ProblemAlert } from '../feedback/problem-alert';
import { countText, plural } from '../format/counts';
import { useUrlParams } from '../url/use-url-params';
import { PlanCounts } from './plan-counts';
import { PlanFilterBar } from './plan-filter-bar';
import { filteredRows } from './plan-filters';
import { PlanTable } from './plan-table';
import { PlanTree } from './plan-tree-view';
import { ReportButtons } from './report-buttons';
import { usePlan } from './use-plan';
import type { ImportSetup, Plan } from './use-plan';
import { usePlanFilters } from './use-plan-filters';
import { WorkProgress } from './work-progress';

interface PlanStepProps {
  readonly setup: ImportSetup;
  readonly plan: Plan;
  readonly mode: Schemas['ImportMode'];
  readonly onMode: (mode: Schemas['ImportMode']) => void;
  readonly onBack: () => void;
  /** @param plan what names the plan that was seen */
  readonly onApply: (plan: string) => void;
}

/** What would happen to each row, counted, filtered, as a table or as a tree; and how to go on. */
export function PlanStep({ setup, plan, mode, onMode, onBack, onApply }: PlanStepProps) {
  const params = useUrlParams();
  const view = params.text('view') === 'tree' ? 'tree' : 'table';
  const filters = usePlanFilters();
  // Of a plan whose rows have not all come the server picks those with an action.
  const isNarrowed = plan.hasMore && filters.action !== '';
  const narrowed = usePlan(setup, filters.action || undefined, isNarrowed);
  const list = isNarrowed ? narrowed : plan;
  const rows = filteredRows(list.rows, filters);
  const summary = plan.answer?.summary;
  const View = view === 'tree' ? PlanTree : PlanTable;
  return (
    <Stack gap="sm">
      <WorkProgress progress={list.progress ?? plan.progress} />
      <ProblemAlert error={plan.error ?? narrowed.error} onRetry={plan.again} />
      {summary && (
        <>
          <PlanCounts summary={summary} />
          <Group gap="sm" align="end" justify="space-between">
            <PlanFilterBar filters={filters} rows={list.rows} />
            <SegmentedControl
              size="xs"
              aria-label="View"
              value={view}
              onChange={(next) => params.set({ view: next === 'table' ? null : next })}
              data={[
                { value: 'table', label: 'Table' },
                { value: 'tree', label: 'Tree' },
              ]}
            />
          </Group>
          <Group gap="sm" justify="space-between">
            <Text size="xs" c="dimmed" role="status" aria-label="Rows shown">
              {countText(rows.length).exact} {rows.length === 1 ? 'row' : 'rows'} shown
              {list.hasMore &&
                ` of the first ${countText(list.rows.length).exact}, among which filters look`}
            </Text>
            <ReportButtons
              answer={plan.answer}
              rows={plan.rows}
              name="import-plan"
              isPart={plan.hasMore}
            />
          </Group>
          <View rows={rows} isStale={list.stale} />
          {list.hasMore && (
            <Button variant="default" onClick={list.loadMore} loading={list.progress !== undefined}>
              Load 10,000 rows more
            </Button>
          )}
          <ModeChoice mode={mode} onMode={onMode} summary={summary} />
        </>
      )}
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          Back: columns
        </Button>
        <ReasonedButton
          reason={refusalOf(plan, mode)}
          onClick={() => plan.answer && onApply(plan.answer.plan)}
        >
          {applyLabel(summary)}
        </ReasonedButton>
      </Group>
    </Stack>
  );
}

function applyLabel(summary: Schemas['ImportResult']['summary'] | undefined): string {
  return summary ? `Apply ${plural(summary.create + summary.update, 'change')}` : 'Apply';
}

/** Why the plan cannot be applied; undefined when it can. */
function refusalOf(
  { answer, error, stale }: Plan,
  mode: Schemas['ImportMode'],
): string | undefined {
  if (error || !answer) return 'There is no plan.';
  if (stale) return 'The plan is being made.';
  const { create, update, error: errors } = answer.summary;
  if (errors > 0 && mode === 'all') return `${plural(errors, 'row')} cannot be taken as they are.`;
  return create + update === 0 ? 'There is nothing to change.' : undefined;
}

function ModeChoice({
  mode,
  onMode,
  summary: { error: errors },
}: Pick<PlanStepProps, 'mode' | 'onMode'> & { summary: Schemas['ImportResult']['summary'] }) {
  return (
    <Radio.Group
      label="Rows that cannot be taken"
      size="xs"
      value={mode}
      onChange={(next) => onMode(next as Schemas['ImportMode'])} // The choices are the modes.
    >
      <Stack gap={6} mt={4}>
        <Radio
          size="xs"
          value="all"
          label="All or nothing"
          description="One error refuses the whole import. What is written is written at once."
        />
        <Radio
          size="xs"
          value="partial"
          label="What can be taken"
          description="Rows with errors are left out, and told in the report. The others are written."
        />
      </Stack>
      {errors > 0 && mode === 'partial' && (
        <Alert color="orange" mt="xs" p="xs">
          {plural(errors, 'row')} will be left out.
        </Alert>
      )}
    </Radio.Group>
  );
}
