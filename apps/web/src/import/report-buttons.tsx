import type { Schemas } from '@cloudpam/api-client';
import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { download, today } from '../actions/download';
import { countText } from '../format/counts';
import { reportCsv, reportJson } from './import-report';

interface ReportButtonsProps {
  readonly answer: Schemas['ImportResult'] | undefined;
  readonly rows: readonly Schemas['ImportRow'][];
  /** What the file is called, without its day. */
  readonly name: string;
  /** There are more rows than these. */
  readonly isPart: boolean;
}

/** Downloads what is, or was, done with each row. */
export function ReportButtons({ answer, rows, name, isPart }: ReportButtonsProps) {
  if (!answer) return null;
  const keep = (kind: 'csv' | 'json'): void => {
    const text = kind === 'csv' ? reportCsv(rows) : reportJson(answer, rows);
    const type = kind === 'csv' ? 'text/csv' : 'application/json';
    download(`${name}-${today()}.${kind}`, new Blob([text], { type }));
  };
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">
        Report{isPart && ` of the first ${countText(rows.length).exact} rows`}
      </Text>
      {(['csv', 'json'] as const).map((kind) => (
        <Button
          key={kind}
          variant="default"
          size="compact-xs"
          leftSection={<IconDownload size={12} />}
          onClick={() => keep(kind)}
        >
          {kind.toUpperCase()}
        </Button>
      ))}
    </Group>
  );
}
