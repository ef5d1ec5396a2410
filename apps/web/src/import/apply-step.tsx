import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ApiProblem } from '../api/api-problem';
import { ProblemAlert } from '../feedback/problem-alert';
import { countText, plural } from '../format/counts';
import { ENTITIES } from './import-words';
import { PlanCounts } from './plan-counts';
import { ReportButtons } from './report-buttons';
import type { Apply } from './use-apply';
import type { Plan } from './use-plan';
import { WorkProgress } from './work-progress';

interface ApplyStepProps {
  readonly apply: Apply;
  /** The plan that is applied. */
  readonly plan: Plan;
  readonly onPlanAgain: () => void;
  readonly onStartAgain: () => void;
}

/** How far the writing is, and what came of it. */
export function ApplyStep({ apply, plan, onPlanAgain, onStartAgain }: ApplyStepProps) {
  const { state, progress, answer, error, cancel } = apply;
  return (
    <Stack gap="sm">
      {state === 'running' && (
        <>
          <WorkProgress progress={progress ?? { stage: 'reading', done: 0, of: null }} />
          <Group>
            <Button variant="default" leftSection={<IconX size={14} />} onClick={cancel}>
              Cancel the import
            </Button>
          </Group>
        </>
      )}
      {state === 'cancelled' && (
        <Text size="sm" role="alert">
          Cancelled. The server writes nothing of an import whose asker has gone before its end; the
          plan shows what is there now.
        </Text>
      )}
      {state === 'failed' && (
        <ProblemAlert error={error}>
          {error instanceof ApiProblem && error.code === 'plan_changed' && (
            <Text size="sm" mt={4}>
              Nothing was written. Plan again, and look at what would happen now.
            </Text>
          )}
        </ProblemAlert>
      )}
      {state === 'done' && answer && <Outcome answer={answer} plan={plan} />}
      {state !== 'running' && (
        <Group gap="xs">
          <Button variant={state === 'done' ? 'default' : 'filled'} onClick={onPlanAgain}>
            {state === 'done' ? 'Plan the same again' : 'Plan again'}
          </Button>
          <Button variant="default" onClick={onStartAgain}>
            Import other files
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** The rows as they were done; after those that the answer has they are as they were planned. */
function doneRows({ rows }: Schemas['ImportResult'], plan: Plan): readonly Schemas['ImportRow'][] {
  return [...rows, ...plan.rows.slice(rows.length)];
}

/** The pages that show what was made, each once, and what people call what is there. */
function placesOf(
  entities: Schemas['ImportSummary']['entities'],
): readonly (readonly [path: string, goTo: string])[] {
  const shown = entities.flatMap(({ entity }) => (entity === null ? [] : ENTITIES[entity]));
  return [...new Map(shown.map(({ path, goTo }) => [path, goTo]))];
}

function Outcome({ answer, plan }: { answer: Schemas['ImportResult']; plan: Plan }) {
  const { create, update, error: errors, entities } = answer.summary;
  return (
    <>
      <Text size="sm" role="status">
        Done: {plural(create, 'record')} created, {countText(update).short} updated
        {errors > 0 && `, ${plural(errors, 'row')} not taken`}.
      </Text>
      <PlanCounts summary={answer.summary} done />
      <List size="sm" listStyleType="none" aria-label="Where to look">
        {placesOf(entities).map(([path, goTo]) => (
          <List.Item key={path}>
            <Anchor component={Link} to={path} size="sm">
              Go to the {goTo}
            </Anchor>
          </List.Item>
        ))}
      </List>
      <ReportButtons
        answer={answer}
        rows={doneRows(answer, plan)}
        name="import-report"
        isPart={plan.hasMore}
      />
      <Text size="sm" c="dimmed">
        Importing the same files again changes nothing, and a later version of them changes what is
        new in it: what other systems call a record is kept with it.
      </Text>
    </>
  );
}
