import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { download, today } from '../../actions/download';
import { notify } from '../../actions/notify';
import { ReasonedButton } from '../../actions/reasoned-button';
import { fetchExport } from '../../api/access';
import { useRefusal } from '../../session/use-me';
import { filterCount, poolQuery } from './pools-url';
import type { PoolFilters } from './pools-url';

/** Downloads everything as a ZIP of CSV files; of a filtered list the pools that it shows. */
export function ExportButton({ filters }: { filters: PoolFilters }) {
  const found = filterCount(filters) > 0;
  const exporting = useMutation({
    mutationFn: () => {
      const { sort: _, ...query } = poolQuery(filters);
      return found ? fetchExport('pools', query) : fetchExport('all');
    },
    onSuccess: (zip) => download(`cloudpam-${today()}.zip`, zip),
    onError: (error) => notify({ color: 'red', title: 'Export failed', message: error.message }),
  });
  const refusal = useRefusal('export:read');
  return (
    <ReasonedButton
      reason={refusal}
      variant="default"
      leftSection={<IconDownload size={14} />}
      loading={exporting.isPending}
      onClick={() => exporting.mutate()}
      visibleFrom="xs"
    >
      {found ? 'Export found' : 'Export'}
    </ReasonedButton>
  );
}
