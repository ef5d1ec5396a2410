import type { Schemas } from '@cloudpam/api-client';
import { Code, Loader, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../actions/dialog';
import { digestsApi } from '../api/digests';
import { ProblemAlert } from '../feedback/problem-alert';

const HEIGHT = 480;

/** A digest as it would be sent now. */
export function DigestPreviewDialog({
  digest,
  onClose,
}: {
  digest: Schemas['Digest'];
  onClose: () => void;
}) {
  const [as, setAs] = useState('html');
  const { data, error } = useQuery({
    queryKey: ['preview', 'digest', digest.id, digest.version],
    queryFn: ({ signal }) => digestsApi.preview(digest.id, signal),
    retry: false,
  });
  return (
    <Dialog title={`Preview of ${digest.name}`} onClose={onClose} size="xl">
      <ProblemAlert error={error} />
      {!data && !error && <Loader size="sm" aria-label="Loading preview" />}
      {data && (
        <Stack gap="sm">
          <Text size="sm" fw={500}>
            {data.subject}
          </Text>
          <SegmentedControl
            aria-label="Shown as"
            size="xs"
            data={[
              { value: 'html', label: 'HTML' },
              { value: 'text', label: 'Plain text' },
            ]}
            value={as}
            onChange={setAs}
          />
          {as === 'html' ? (
            // No scripts, no forms, no origin: a mail is a document of others.
            <iframe
              title={`HTML of ${digest.name}`}
              sandbox=""
              srcDoc={data.html}
              style={{ width: '100%', height: HEIGHT, border: 0, background: '#fff' }}
            />
          ) : (
            <Code block tabIndex={0} style={{ maxHeight: HEIGHT, overflow: 'auto' }}>
              {data.text}
            </Code>
          )}
        </Stack>
      )}
    </Dialog>
  );
}
