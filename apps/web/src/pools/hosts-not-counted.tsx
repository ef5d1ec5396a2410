import { Alert, Text } from '@mantine/core';
import type { MantineSpacing } from '@mantine/core';
import { IconCloudQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Says why nothing in a living subnet of a cloud is called free. */
export function HostsNotCounted({ mb, children }: { mb?: MantineSpacing; children?: ReactNode }) {
  return (
    <Alert
      color="orange"
      p="sm"
      mb={mb}
      ta="left"
      icon={<IconCloudQuestion size={16} />}
      title="In use by the cloud, hosts not counted"
    >
      <Text size="sm">
        This is a living subnet of a cloud. CloudPAM does not know which of its addresses hosts
        have, so nothing in it is called free.
      </Text>
      {children}
    </Alert>
  );
}
