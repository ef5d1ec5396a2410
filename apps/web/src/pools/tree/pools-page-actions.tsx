import { Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ReasonedButton } from '../../actions/reasoned-button';
import type { TextQuery } from '../../api/query';
import { useDiscoveryStatus } from '../../discovery/open-findings';
import { ExportButton } from '../../export/export-button';
import { plural } from '../../format/counts';
import { useRefusal } from '../../session/use-me';
import { ImportButton } from './import-button';
import { isFlat, poolQuery } from './pools-url';
import type { PoolFilters } from './pools-url';

interface PoolsPageActionsProps {
  readonly filters: PoolFilters;
  readonly onCreate: () => void;
  /** Closes what is open in the tree; undefined when nothing is. */
  readonly onCollapse: (() => void) | undefined;
}

/** What stands beside the title of the pools. */
export function PoolsPageActions({ filters, onCreate, onCollapse }: PoolsPageActionsProps) {
  const refusal = useRefusal('pools:write');
  return (
    <>
      <Overlaps />
      <Group gap={8} ml="auto">
        {onCollapse && (
          <Button variant="subtle" color="gray" onClick={onCollapse}>
            Collapse all
          </Button>
        )}
        <ImportButton />
        <ExportButton shown={{ dataset: 'pools', query: shownQuery(filters) }} />
        <ReasonedButton reason={refusal} onClick={onCreate} leftSection={<IconPlus size={14} />}>
          New pool
        </ReasonedButton>
      </Group>
    </>
  );
}

/** All that the tree or the list shows, whatever is open in the tree. */
function shownQuery(filters: PoolFilters): TextQuery<'export'> {
  return isFlat(filters) ? poolQuery(filters) : { vrf_id: filters.vrf, sort: 'cidr' };
}

function Overlaps() {
  const { data } = useDiscoveryStatus();
  const count = data?.findings.overlap ?? 0;
  if (count === 0) return null;
  return (
    <Button
      component={Link}
      to="/discovery?tab=findings&type=overlap"
      variant="light"
      color="orange"
      size="compact-xs"
      leftSection={<IconAlertTriangle size={13} />}
    >
      {plural(count, 'overlap')}
    </Button>
  );
}
