import type { Schemas } from '@cloudpam/api-client';
import { ActionIcon, Menu, Text } from '@mantine/core';
import {
  IconAffiliate,
  IconArrowsSplit2,
  IconDots,
  IconPencil,
  IconPlus,
  IconResize,
  IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import type { PoolDialog } from '../dialogs/pool-dialogs';
import { isCloudOwned } from '../pool-words';
import { allocateWord } from '../uncounted-hosts';
import { prefixChoices } from '../prefix-lengths';

const ICON = 14;

/**
 * Everything that can be done to a pool; what can't be says why. `onGone`: it was deleted, or split
 * into others.
 */
export function PoolMenu({
  pool,
  refusal,
  onGone,
}: {
  pool: Schemas['Pool'];
  refusal: string | undefined;
  onGone?: () => void;
}) {
  const openDialog = useOpenPoolDialog();
  const single =
    prefixChoices(pool.cidr, false).length === 0
      ? 'A single address has no room inside.'
      : undefined;
  const cloudOwned = isCloudOwned(pool)
    ? 'It follows the cloud: its CIDR changes there, and it goes when its resource is gone there.'
    : undefined;
  // A reason that several actions share is said once, on top.
  const note = refusal ?? cloudOwned;
  const item = (
    label: string,
    icon: ReactNode,
    dialog: PoolDialog,
    reason = refusal,
    color?: string,
  ) => (
    <Menu.Item
      leftSection={icon}
      color={color}
      disabled={reason !== undefined}
      onClick={() => openDialog(dialog)}
    >
      {label}
      {reason && reason !== note && (
        <Text size="xs" c="dimmed">
          {reason}
        </Text>
      )}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" width={220} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          tabIndex={-1}
          aria-label={`Actions for ${pool.cidr}`}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <IconDots size={ICON} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onDoubleClick={(event) => event.stopPropagation()}>
        {note && <Menu.Label>{note}</Menu.Label>}
        {item(
          pool.uncounted_hosts ? allocateWord(pool) : 'Allocate…',
          <IconAffiliate size={ICON} />,
          { type: 'allocate', pool },
          refusal ?? single,
        )}
        {item(
          'New pool inside…',
          <IconPlus size={ICON} />,
          { type: 'create', parent: pool },
          refusal ?? single,
        )}
        {item('Edit…', <IconPencil size={ICON} />, { type: 'edit', pool })}
        {item(
          'Resize or move…',
          <IconResize size={ICON} />,
          { type: 'move', pool },
          refusal ?? cloudOwned,
        )}
        {item(
          'Split…',
          <IconArrowsSplit2 size={ICON} />,
          { type: 'split', pool, onDone: onGone },
          refusal ?? cloudOwned ?? single,
        )}
        <Menu.Divider />
        {item(
          'Delete…',
          <IconTrash size={ICON} />,
          { type: 'delete', pool, onDone: onGone },
          refusal ?? cloudOwned,
          'red',
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
