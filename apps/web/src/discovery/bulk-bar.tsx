import type { Schemas } from '@cloudpam/api-client';
import { Button, Group, Text } from '@mantine/core';
import { ReasonedButton } from '../actions/reasoned-button';
import { useRefusal } from '../session/use-me';
import { bulkRefusal, DECISION_NAMES, DECISIONS } from './decisions';
import { useOpenDiscoveryDialog } from './discovery-dialogs';

interface BulkBarProps {
  /** The picked ones. */
  readonly resources: readonly Schemas['Resource'][];
  /** The findings that are meant; undefined: all of the resources. */
  readonly findings?: readonly Schemas['ResourceFindingType'][];
  readonly onClear: () => void;
}

/** What can be decided about the picked resources at once; what none of them allows says why. */
export function BulkBar({ resources, findings, onClear }: BulkBarProps) {
  const refusal = useRefusal('discovery:decide');
  const open = useOpenDiscoveryDialog();
  return (
    <Group
      gap={6}
      mih={30}
      mb={4}
      role="toolbar"
      aria-label="Decide about the picked resources"
      wrap="nowrap"
      style={{ overflowX: 'auto' }}
    >
      <Text size="sm" fw={500} role="status" mr={4} style={{ whiteSpace: 'nowrap' }}>
        {resources.length} picked
      </Text>
      {DECISION_NAMES.map((decision) => (
        <ReasonedButton
          key={decision}
          size="compact-xs"
          variant="light"
          color={decision === 'release' ? 'red' : undefined}
          style={{ flexShrink: 0 }}
          reason={refusal ?? bulkRefusal(decision, resources, findings)}
          onClick={() => open({ type: 'decide', decision, resources, findings, onDone: onClear })}
        >
          {DECISIONS[decision].label}…
        </ReasonedButton>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        style={{ flexShrink: 0 }}
        onClick={onClear}
      >
        Clear
      </Button>
    </Group>
  );
}
