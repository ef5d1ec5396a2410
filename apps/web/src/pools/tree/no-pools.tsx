import { Text } from '@mantine/core';
import { IconNetwork } from '@tabler/icons-react';
import { CollectorCommand } from '../../feedback/collector-command';
import { EmptyState } from '../../feedback/empty-state';

/** There is nothing yet: how to start. */
export function NoPools() {
  return (
    <EmptyState icon={<IconNetwork size={40} />} title="No pools yet">
      <Text size="sm">
        Create the first pool, for example 10.0.0.0/8, and plan inside it. Or let a collector bring
        in what your clouds have:
      </Text>
      <CollectorCommand mode="run" />
    </EmptyState>
  );
}
