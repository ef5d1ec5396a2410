import { Text } from '@mantine/core';
import { IconRadar2 } from '@tabler/icons-react';
import { CollectorCommand } from '../feedback/collector-command';
import { EmptyState } from '../feedback/empty-state';

/** Nothing has been collected: how to start. */
export function NothingCollected() {
  return (
    <EmptyState icon={<IconRadar2 size={40} />} title="No collector has reported yet">
      <Text size="sm">
        A collector reads networks and subnets from your clouds and posts them here. Make a token
        with the role collector, then run:
      </Text>
      <CollectorCommand mode="run" />
      <Text size="sm">
        No credentials at hand? It also reads saved CLI output:{' '}
        <span className="mono">--provider files --path DIR</span>
      </Text>
    </EmptyState>
  );
}
