import type { Schemas } from '@cloudpam/api-client';
import { ActionIcon, Group, Menu, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ReasonedButton } from '../actions/reasoned-button';
import { useRefusal } from '../session/use-me';
import {
  decisionRefusal,
  DECISION_NAMES,
  DECISIONS,
  isolationRefusal,
  likelyAction,
} from './decisions';
import { useOpenDiscoveryDialog } from './discovery-dialogs';
import type { DiscoveryDialog } from './discovery-dialogs';
import { networkOf } from './isolate-dialog';

type Action = Schemas['Decision'] | 'isolate';

const ISOLATE = {
  label: 'Own VRF',
  about: 'Gives its network a VRF of its own, where nothing is in the way; its pools go along.',
};
const ACTIONS: readonly Action[] = [...DECISION_NAMES, 'isolate'];

/**
 * What a person can do about a resource: the likely action at hand, all of them in a menu, each
 * with what it does or why not.
 */
export function ResourceActions({
  resource,
  findings,
}: {
  resource: Schemas['Resource'];
  findings?: readonly Schemas['ResourceFindingType'][];
}) {
  const refusal = useRefusal('discovery:decide');
  const vrfRefusal = useRefusal('vrfs:write');
  const open = useOpenDiscoveryDialog();
  const likely = likelyAction(resource, findings);
  const start = (action: Action): void => open(dialogOf(action, resource, findings));
  const reasons = ACTIONS.map((action) => ({
    action,
    reason:
      action === 'isolate'
        ? (vrfRefusal ?? isolationRefusal(resource))
        : decisionRefusal(action, resource, findings),
  }));
  const item = ({ action, reason }: (typeof reasons)[number]): ReactNode => {
    const disabled = refusal !== undefined || reason !== undefined;
    return (
      <Menu.Item
        key={action}
        py={4}
        c={disabled ? 'dimmed' : action === 'release' ? 'red' : undefined}
        disabled={disabled}
        // The reason must stay readable.
        style={disabled ? { opacity: 1 } : undefined}
        onClick={() => start(action)}
      >
        {wordsOf(action).label}…
        <Text size="xs" c="dimmed">
          {reason ?? wordsOf(action).about}
        </Text>
      </Menu.Item>
    );
  };
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      {likely && (
        <ReasonedButton
          size="compact-xs"
          variant="subtle"
          color={likely === 'release' ? 'red' : undefined}
          reason={refusal}
          aria-label={`${wordsOf(likely).label} ${resource.cidr}`}
          onClick={() => start(likely)}
        >
          {wordsOf(likely).label}
        </ReasonedButton>
      )}
      <Menu position="bottom-end" width={320} withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Actions for ${resource.cidr}`}
          >
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {refusal && <Menu.Label>{refusal}</Menu.Label>}
          {reasons.filter(({ reason }) => reason === undefined).map(item)}
          <Menu.Divider />
          <Menu.Label>Not possible now</Menu.Label>
          {reasons.filter(({ reason }) => reason !== undefined).map(item)}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function wordsOf(action: Action): { readonly label: string; readonly about: string } {
  return action === 'isolate' ? ISOLATE : DECISIONS[action];
}

function dialogOf(
  action: Action,
  resource: Schemas['Resource'],
  findings: readonly Schemas['ResourceFindingType'][] | undefined,
): DiscoveryDialog {
  if (action === 'isolate') return { type: 'isolate', network: networkOf(resource), into: 'new' };
  return { type: 'decide', decision: action, resources: [resource], findings };
}
