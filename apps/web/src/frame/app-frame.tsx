import { Burger, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { DiscoveryDialogs } from '../discovery/discovery-dialogs';
import { contentShown, noteContentShown } from '../lazy/content-shown';
import { lazily } from '../lazy/lazily';
import { LazyPart } from '../lazy/lazy-part';
import { PoolDialogs } from '../pools/dialogs/pool-dialogs';
import classes from './app-frame.module.css';
import { Logo } from './logo';
import { MainNav } from './main-nav';

const HeaderTools = lazily(() => import('./header-tools'), 'HeaderTools', contentShown);
const ProductVersion = lazily(() => import('./product-version'), 'ProductVersion', contentShown);
const VrfPicker = lazily(() => import('./vrf-picker'), 'VrfPicker', contentShown);

/** What stands around every page: search, VRF, navigation, the caller. */
export function AppFrame() {
  const [navOpen, nav] = useDisclosure(false);
  const { pathname } = useLocation();
  const { close } = nav;
  useEffect(() => close(), [pathname, close]);
  useEffect(() => {
    // The dashboard and the pool table say so themselves, when they are filled.
    if (pathname !== '/' && pathname !== '/pools') noteContentShown();
  }, [pathname]);
  return (
    <div className={classes.shell}>
      <header className={classes.header}>
        <Burger
          opened={navOpen}
          onClick={nav.toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label="Navigation"
        />
        <Link to="/" className={classes.product} aria-label="CloudPAM, to the dashboard">
          <Logo size={22} />
          <Text span fw={650} size="lg" visibleFrom="xs">
            CloudPAM
          </Text>
        </Link>
        <Suspense>
          <HeaderTools />
        </Suspense>
      </header>
      <div className={classes.navbar} data-open={navOpen || undefined}>
        <Suspense>
          <VrfPicker inNav />
        </Suspense>
        <MainNav />
        <Suspense>
          <ProductVersion />
        </Suspense>
      </div>
      <main className={classes.main}>
        {/* What failed to come on one page does not stand in the way of another. */}
        <LazyPart key={pathname}>
          <PoolDialogs>
            <DiscoveryDialogs>
              <Outlet />
            </DiscoveryDialogs>
          </PoolDialogs>
        </LazyPart>
      </main>
    </div>
  );
}
