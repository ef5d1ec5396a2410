import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { notify } from '../../actions/notify';
import { ReasonedButton } from '../../actions/reasoned-button';
import { fetchExport } from '../../api/access';
import { useRefusal } from '../../session/use-me';
import { filterCount, poolQuery } from './pools-url';
import type { PoolFilters } from './pools-url';

/** Downloads everything as a ZIP of CSV files; of a filtered list the pools that it shows. */
export function ExportButton({ filters }: { filters: PoolFilters }) {
  const found = filterCount(filters) > 0;
  const download = useMutation({
    mutationFn: () => {
      const { sort: _, ...query } = poolQuery(filters);
      return found ? fetchExport('pools', query) : fetchExport('all');
    },
    onSuccess: (zip) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(zip);
      link.download = `cloudpam-${new Date().toISOString().slice(0, 10)}.zip`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
    onError: (error) => notify({ color: 'red', title: 'Export failed', message: error.message }),
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
      {found ? 'Export found' : 'Export'}
    </ReasonedButton>
  );
}
