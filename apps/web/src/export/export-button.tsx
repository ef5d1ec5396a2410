import { IconDownload } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { ReasonedButton } from '../actions/reasoned-button';
import { lazily } from '../lazy/lazily';
import { useRefusal } from '../session/use-me';
import type { ShownTable } from './export-wish';

const ExportDialog = lazily(() => import('./export-dialog'), 'ExportDialog');

/** Asks what is to be exported, and how: what the table beside it shows, or more. */
export function ExportButton({ shown }: { shown: ShownTable }) {
  const refusal = useRefusal('export:read');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ReasonedButton
        reason={refusal}
        variant="default"
        leftSection={<IconDownload size={14} />}
        onClick={() => setOpen(true)}
        visibleFrom="xs"
      >
        Export
      </ReasonedButton>
      {isOpen && (
        <Suspense>
          <ExportDialog shown={shown} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
