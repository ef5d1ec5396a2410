import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconApi, IconKeyboard, IconLogout } from '@tabler/icons-react';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Suspense } from 'react';
import { logOut } from '../api/login';
import { session } from '../api/session';
import { limitsText } from '../limits/limits-text';
import { lazily } from '../lazy/lazily';
import { useMe } from '../session/use-me';

const ShortcutsDialog = lazily(() => import('./shortcuts-dialog'), 'ShortcutsDialog');

/** Who is signed in and with what role; sign out. */
export function UserMenu() {
  const me = useMe();
  const [helpOpen, help] = useDisclosure(false);
  useHotkeys([['shift+?', help.open]]);
  const name = me?.actor.name ?? '…';
  const limits = me && limitsText(me);
  return (
    <>
      <Suspense>{helpOpen && <ShortcutsDialog onClose={help.close} />}</Suspense>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <UnstyledButton
            aria-label={`Account menu of ${name}`}
            style={{ display: 'flex', alignItems: 'center', gap: 8 }}
          >
            <Avatar size={26} radius="xl" name={name} color="initials" />
            <span style={{ lineHeight: 1.15 }}>
              <Text size="xs" fw={600} visibleFrom="md" maw={130} truncate>
                {name}
              </Text>
              <Text size="xs" c="dimmed" visibleFrom="md" fz={11}>
                {me?.role}
                {me?.read_only && ', read-only'}
                {limits !== undefined && ', limited'}
              </Text>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {name} · {me?.role}
            {limits !== undefined && `, limited to ${limits}`}
          </Menu.Label>
          <Menu.Item leftSection={<IconKeyboard size={14} />} onClick={help.open}>
            Keyboard shortcuts
          </Menu.Item>
          <Menu.Item component="a" href="/api/docs" leftSection={<IconApi size={14} />}>
            API documentation
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconLogout size={14} />}
            onClick={() => void logOut().catch(() => session.close())}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
