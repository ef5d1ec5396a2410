import { Alert, Checkbox, Group, Loader, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { download } from '../actions/download';
import { notifyDone } from '../actions/notify';
import { ApiProblem } from '../api/api-problem';
import { DialogForm } from '../pools/dialogs/dialog-form';
import { DATASETS, FORMATS, STANDARD } from './export-wish';
import type { DatasetName, ExportWish, FormatName, ShownTable } from './export-wish';
import { runExport } from './run-export';
import type { ExportProgress } from './run-export';

const NAMES = Object.keys(DATASETS) as DatasetName[]; // of a constant
const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[]; // of a constant

/** Asks what is exported and as which kind of file, and brings it. */
export function ExportDialog({ shown, onClose }: { shown: ShownTable; onClose: () => void }) {
  const [isShown, setShown] = useState(true);
  const [chosen, setChosen] = useState<readonly string[]>(STANDARD);
  const [format, setFormat] = useState<FormatName>('csv');
  const [progress, setProgress] = useState<ExportProgress | undefined>();
  const running = useRef<AbortController>(undefined);
  // Whatever closes the dialog ends what runs.
  useEffect(() => () => running.current?.abort(), []);
  const isNetbox = format === 'netbox';
  const exporting = useMutation({
    mutationFn: (wish: ExportWish) => {
      running.current = new AbortController();
      setProgress({ bytes: 0 });
      return runExport(wish, { signal: running.current.signal, onProgress: setProgress });
    },
    onSuccess: ({ name, content }) => {
      download(name, content);
      notifyDone(`Exported ${name}`);
      onClose();
    },
    onSettled: () => setProgress(undefined),
  });
  const isOfPools = shown.dataset === 'pools';
  const wish: ExportWish =
    isShown && (!isNetbox || isOfPools)
      ? { format, datasets: [shown.dataset], query: shown.query }
      : { format, datasets: NAMES.filter((name) => chosen.includes(name)), query: {} };
  const { error } = exporting;
  const isOurs = error instanceof ApiProblem || error instanceof TypeError;
  return (
    <DialogForm
      title="Export"
      action="Export"
      onSubmit={() => exporting.mutate(wish)}
      onClose={onClose}
      busy={exporting.isPending}
      error={isOurs ? error : null}
      ready={isNetbox || wish.datasets.length > 0}
    >
      <Radio.Group
        label="What"
        value={isShown && (!isNetbox || isOfPools) ? 'shown' : 'chosen'}
        onChange={(value) => setShown(value === 'shown')}
      >
        <Stack gap={6} mt={4}>
          <Radio
            value="shown"
            label={`${DATASETS[shown.dataset]} as filtered and sorted here`}
            disabled={isNetbox && !isOfPools}
            data-autofocus
          />
          <Radio value="chosen" label="Everything of some data sets" />
        </Stack>
      </Radio.Group>
      <Checkbox.Group
        label="Data sets"
        ml={28}
        value={isNetbox ? ['pools', 'vrfs', 'vlan-groups', 'vlans'] : [...chosen]}
        onChange={(next) => {
          setChosen(next);
          setShown(false);
        }}
      >
        <Group gap="md" mt={4}>
          {NAMES.map((name) => (
            <Checkbox key={name} value={name} label={DATASETS[name]} disabled={isNetbox} />
          ))}
        </Group>
      </Checkbox.Group>
      <Radio.Group
        label="As"
        value={format}
        onChange={(value) => setFormat(value as FormatName)} // one of those below
      >
        <Stack gap={6} mt={4}>
          {FORMAT_NAMES.map((name) => (
            <Radio
              key={name}
              value={name}
              label={FORMATS[name].label}
              description={FORMATS[name].about}
            />
          ))}
        </Stack>
      </Radio.Group>
      {progress && <Progress progress={progress} />}
      {error && !isOurs && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={16} />} p="sm">
          {error.message}
        </Alert>
      )}
    </DialogForm>
  );
}

function Progress({ progress: { bytes, making } }: { progress: ExportProgress }) {
  const text = `${(bytes / 1_000_000).toFixed(1)} MB`;
  return (
    <Group gap="xs" role="status">
      <Loader size="xs" aria-hidden />
      <Text size="sm">{making ?? (bytes === 0 ? 'Waiting for a turn' : `${text} so far`)}</Text>
    </Group>
  );
}
