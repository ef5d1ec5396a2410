import type { Schemas } from '@cloudpam/api-client';
import { Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ReasonedButton } from '../actions/reasoned-button';
import { ProblemAlert } from '../feedback/problem-alert';
import { plural } from '../format/counts';
import { choices } from '../pools/pool-words';
import { DropZone } from './drop-zone';
import { FileTable } from './file-table';
import { bytesOf, bytesText, MOST_BYTES, partsOf, readGiven, withFiles } from './given-files';
import { FORMATS } from './import-words';
import type { ImportSetup, Plan } from './use-plan';
import { WorkProgress } from './work-progress';

interface FilesStepProps {
  readonly setup: ImportSetup;
  readonly onChange: (change: (was: ImportSetup) => ImportSetup) => void;
  readonly plan: Plan;
  readonly onNext: () => void;
}

/** Takes files, and says what each was taken for and why. */
export function FilesStep({ setup, onChange, plan, onNext }: FilesStepProps) {
  const { files, format } = setup;
  const [isReading, setReading] = useState(false);
  const bytes = bytesOf(files);
  const add = (more: readonly File[]): void => {
    setReading(true);
    void readGiven(more)
      .then((read) => onChange((was) => ({ ...was, files: withFiles(was.files, read) })))
      .finally(() => setReading(false));
  };
  const reason = isReading
    ? 'The files are being read.'
    : partsOf(files).length === 0
      ? 'There is no file yet.'
      : bytes > MOST_BYTES
        ? `These are ${bytesText(bytes)}; at most 32 MB can be sent at once.`
        : plan.error
          ? 'The server cannot read these files.'
          : plan.stale
            ? 'The files are being looked at.'
            : undefined;
  return (
    <Stack gap="sm">
      <DropZone onFiles={add} />
      {files.length > 0 && (
        <>
          <Group gap="sm" align="end">
            <Select
              label="Format"
              w={240}
              data={[{ value: 'auto', label: 'Found out by itself' }, ...choices(FORMATS)]}
              value={format}
              allowDeselect={false}
              // The choices are the formats.
              onChange={(next) =>
                onChange((was) => ({ ...was, format: next as Schemas['ImportFormat'] }))
              }
            />
            <Text size="sm" c="dimmed" pb={4}>
              {plural(files.length, 'file')}, {bytesText(bytes)}
            </Text>
          </Group>
          <FileTable
            files={files}
            tables={plan.answer?.tables}
            onRemove={(gone) =>
              onChange((was) => ({ ...was, files: was.files.filter(({ id }) => id !== gone.id) }))
            }
          />
        </>
      )}
      <WorkProgress progress={plan.progress} />
      <ProblemAlert error={plan.error} onRetry={plan.again} />
      {bytes > MOST_BYTES && (
        <Text size="sm" role="alert">
          {reason} Take some away and import them after these, or send them in pieces with the
          command line.
        </Text>
      )}
      <Group justify="flex-end">
        <ReasonedButton reason={reason} onClick={onNext}>
          Next: columns
        </ReasonedButton>
      </Group>
    </Stack>
  );
}
