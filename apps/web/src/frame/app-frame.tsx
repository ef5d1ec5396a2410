import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { DiscoveryDialogs } from '../discovery/discovery-dialogs';
import { PoolDialogs } from '../pools/dialogs/pool-dialogs';
import { SearchBox } from '../search/search-box';
import classes from './app-frame.module.css';
import { Logo } from './logo';
import { MainNav } from './main-nav';
import { UserMenu } from './user-menu';
import { VrfPicker } from './vrf-picker';

/** What stands around every page: search, VRF, navigation, the caller. */
export function AppFrame() {
  const [navOpen, nav] = useDisclosure(false);
  const { pathname } = useLocation();
  const { close } = nav;
  useEffect(() => close(), [pathname, close]);
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 168, breakpoint: 'sm', collapsed: { mobile: !navOpen } }}
      padding={0}
    >
      <AppShell.Header>
        <Group h="100%" px="sm" gap="sm" wrap="nowrap">
          <Burger
            opened={navOpen}
            onClick={nav.toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label="Navigation"
          />
          <Link to="/pools" className={classes.product} aria-label="CloudPAM, to the pools">
            <Logo size={22} />
            <Text span fw={650} size="lg" visibleFrom="xs">
              CloudPAM
            </Text>
          </Link>
          <SearchBox />
          <Group gap={6} wrap="nowrap" ml="auto">
            <VrfPicker />
            <ColorSchemeToggle />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p={8}>
        <VrfPicker inNav />
        <MainNav />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main}>
        <PoolDialogs>
          <DiscoveryDialogs>
            <Outlet />
          </DiscoveryDialogs>
        </PoolDialogs>
      </AppShell.Main>
    </AppShell>
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
