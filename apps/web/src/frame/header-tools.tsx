import {
  ActionIcon,
  Group,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { LiveUpdates } from '../live/live-updates';
import { SearchBox } from '../search/search-box';
import { UserMenu } from './user-menu';
import { VrfPicker } from './vrf-picker';

/** The search, the VRF, and the caller. */
export function HeaderTools() {
  return (
    <>
      <SearchBox />
      <Group gap={6} wrap="nowrap" ml="auto">
        <LiveUpdates />
        <VrfPicker />
        <ColorSchemeToggle />
        <UserMenu />
      </Group>
    </>
  );
}

function ColorSchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip label={`Switch to ${other} colours`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Switch to ${other} colours`}
        onClick={() => setColorScheme(other)}
      >
        {scheme === 'dark' ? <IconSun size={16} /> : <IconMoon size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
