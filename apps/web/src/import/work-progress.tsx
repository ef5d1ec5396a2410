import { Group, Progress, Text } from '@mantine/core';
import type { ImportProgress } from '../api/import';
import { plural } from '../format/counts';
import { STAGES } from './import-words';

const STEPS_TOLD = 10;

/** How far the server is: a bar, and in words for whoever listens, every tenth of the way. */
export function WorkProgress({ progress }: { progress: ImportProgress | undefined }) {
  if (!progress) return <p className="hidden" role="status" />;
  const { stage, done, of } = progress;
  const share = of === null || of === 0 ? undefined : Math.min(1, done / of);
  const title = STAGES[stage];
  const told =
    share === undefined ? '' : `, ${(Math.floor(share * STEPS_TOLD) / STEPS_TOLD) * 100} %`;
  const count =
    of === null ? (done > 0 ? plural(done, 'row') : '') : `${done} of ${plural(of, 'row')}`;
  return (
    <Group gap="xs" wrap="nowrap" my="xs">
      <Progress
        w={200}
        size="sm"
        value={share === undefined ? 100 : Math.round(share * 100)}
        striped={share === undefined}
        animated
        aria-label={title}
        style={{ flexShrink: 0 }}
      />
      <Text size="xs" aria-hidden>
        {title}… {count}
      </Text>
      <p className="hidden" role="status">
        {title}
        {told}
      </p>
    </Group>
  );
}
