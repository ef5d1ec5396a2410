import type { Schemas } from '@cloudpam/api-client';
import {
  Autocomplete,
  Button,
  Checkbox,
  Group,
  SimpleGrid,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { useState } from 'react';
import { ReasonedButton } from '../actions/reasoned-button';
import type { ImportMap } from '../api/import';
import { ProblemAlert } from '../feedback/problem-alert';
import { plural } from '../format/counts';
import { useVrfs } from '../records/use-records';
import { FileWords } from './file-words';
import { SavedMaps } from './saved-maps';
import { TableColumns } from './table-columns';
import type { ImportSetup, Plan } from './use-plan';
import { WorkProgress } from './work-progress';

interface ColumnsStepProps {
  readonly setup: ImportSetup;
  readonly onChange: (change: (was: ImportSetup) => ImportSetup) => void;
  readonly plan: Plan;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

const NO_TABLES: readonly Schemas['ImportTable'][] = [];

/** What columns and words of the files mean here, with their first rows. */
export function ColumnsStep({ setup, onChange, plan, onBack, onNext }: ColumnsStepProps) {
  const { map, fix } = setup;
  const vrfs = useVrfs();
  const [showsAll, setShowAll] = useState(false);
  // While the server looks again, and when it refuses, the tables stay as they were.
  const [known, setKnown] = useState(plan.answer?.tables ?? NO_TABLES);
  const tables = plan.answer?.tables ?? known;
  if (tables !== known) setKnown(tables);
  const own = tables.filter(({ format }) => format === 'spreadsheet');
  const others = tables.length - own.length;
  const everyUnknown = [...new Set(tables.flatMap(({ unknown }) => unknown))];
  const setMap = (next: ImportMap): void => onChange((was) => ({ ...was, map: next }));
  return (
    <Stack gap="md">
      <Text size="sm">
        {own.length === 0
          ? 'Every table is of a format that is known: nothing has to be set.'
          : 'What was guessed can be set otherwise. It counts for every table that has the column.'}
      </Text>
      <Group gap="sm" align="end">
        <SavedMaps map={map} onUse={setMap} />
        {Object.keys(map).length > 0 && (
          <Button variant="subtle" color="gray" onClick={() => setMap({})}>
            Back to what was guessed
          </Button>
        )}
      </Group>
      {others > 0 && (
        <Checkbox
          label={`Also the columns of ${plural(others, 'table')} of a known format`}
          checked={showsAll}
          onChange={(event) => setShowAll(event.currentTarget.checked)}
        />
      )}
      {(showsAll ? tables : own).map((table, index) => (
        <TableColumns
          key={`${table.file} ${index}`}
          table={table}
          map={map}
          everyUnknown={everyUnknown}
          onChange={setMap}
        />
      ))}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Autocomplete
          size="xs"
          label="VRF of rows that name none"
          placeholder="global"
          data={vrfs.map(({ name }) => name)}
          value={map.vrf ?? ''}
          onChange={(vrf) => setMap({ ...map, vrf: vrf === '' ? undefined : vrf })}
        />
        <Switch
          mt={{ base: 0, sm: 22 }}
          label="Take set host bits away: 10.0.1.0/16 becomes 10.0.0.0/16"
          checked={fix}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            onChange((was) => ({ ...was, fix: checked }));
          }}
        />
      </SimpleGrid>
      <FileWords tables={tables} map={map} onChange={setMap} />
      <WorkProgress progress={plan.progress} />
      <ProblemAlert error={plan.error} onRetry={plan.again} />
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          Back: files
        </Button>
        <ReasonedButton
          reason={plan.error ? 'The server cannot read the files so.' : undefined}
          onClick={onNext}
        >
          Next: plan
        </ReasonedButton>
      </Group>
    </Stack>
  );
}
