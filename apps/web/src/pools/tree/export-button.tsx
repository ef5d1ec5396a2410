import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { ReasonedButton } from '../../actions/reasoned-button';
import { fetchExport } from '../../api/access';
import { useRefusal } from '../../session/use-me';

const DATASETS = ['pools', 'accounts', 'vrfs', 'vlans', 'blocks', 'resources'] as const;

/** Downloads everything as a ZIP of CSV files. */
export function ExportButton() {
  const download = useMutation({
    mutationFn: () => fetchExport(DATASETS),
    onSuccess: (zip) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(zip);
      link.download = `cloudpam-${new Date().toISOString().slice(0, 10)}.zip`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
    onError: (error) => notifications.show({ color: 'red', title: 'Export failed', message: error.message }),
  });
  const refusal = useRefusal('export:read');
  return (
    <ReasonedButton
      reason={refusal}
      variant="default"
      leftSection={<IconDownload size={14} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
      visibleFrom="xs"
    >
      Export
    </ReasonedButton>
  );
}
