import { SimpleGrid, Stack, Text } from '@mantine/core';
import { IconNetwork, IconPlus, IconTableImport } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ReasonedButton } from '../../actions/reasoned-button';
import { CollectorCommand } from '../../feedback/collector-command';
import { EmptyState } from '../../feedback/empty-state';
import { useRefusal } from '../../session/use-me';

/** There is nothing yet: three ways to start. */
export function NoPools({ onCreate }: { onCreate: () => void }) {
  const navigate = useNavigate();
  const importRefusal = useRefusal('import:write');
  const createRefusal = useRefusal('pools:write');
  return (
    <EmptyState icon={<IconNetwork size={40} />} title="No pools yet" maxWidth={960}>
      <Text size="sm">There are three ways to start. Each goes together with the others.</Text>
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="xl" mt="sm" w="100%">
        <Way title="Connect a cloud">
          <Text size="sm">
            A collector reads networks and subnets from your clouds and posts them here. Make a
            token with the role collector, then run:
          </Text>
          <CollectorCommand mode="run" />
        </Way>
        <Way title="Import">
          <Text size="sm">
            Bring in what you have: a spreadsheet, or the export of NetBox, phpIPAM, Infoblox, AWS
            IPAM or another CloudPAM. You see what would happen first.
          </Text>
          <ReasonedButton
            reason={importRefusal}
            leftSection={<IconTableImport size={14} />}
            onClick={() => void navigate('/import')}
          >
            Import files
          </ReasonedButton>
        </Way>
        <Way title="Start by hand">
          <Text size="sm">
            Create the first pool, for example 10.0.0.0/8, and plan inside it: free blocks are
            handed out from there.
          </Text>
          <ReasonedButton
            reason={createRefusal}
            leftSection={<IconPlus size={14} />}
            onClick={onCreate}
          >
            Create the first pool
          </ReasonedButton>
        </Way>
      </SimpleGrid>
    </EmptyState>
  );
}

function Way({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" aria-label={title} gap="xs" align="center" miw={0}>
      <Text fw={600} c="var(--mantine-color-text)" component="h2" m={0}>
        {title}
      </Text>
      {children}
    </Stack>
  );
}
