import { matchPath } from 'react-router';
import { lazily } from '../lazy/lazily';
import { PoolsPage } from '../pools/tree/pools-page';

/**
 * The pages of who is signed in, by their addresses. The first that most people see is here at
 * once, the others come when they are shown.
 */
export const PAGES = {
  '/pools': PoolsPage,
  '/pools/:id': lazily(() => import('../pools/detail/pool-page'), 'PoolPage'),
  '/search': lazily(() => import('../search/search-page'), 'SearchPage'),
  '/discovery': lazily(() => import('../discovery/discovery-page'), 'DiscoveryPage'),
  '/accounts': lazily(() => import('../accounts/accounts-page'), 'AccountsPage'),
  '/vrfs': lazily(() => import('../vrfs/vrfs-page'), 'VrfsPage'),
  '/vlans': lazily(() => import('../vlans/vlans-page'), 'VlansPage'),
  '/audit': lazily(() => import('../audit/audit-page'), 'AuditPage'),
  '/users': lazily(() => import('../users/users-page'), 'UsersPage'),
  '/tokens': lazily(() => import('../tokens/tokens-page'), 'TokensPage'),
} as const;

/** Where people log in. */
export const LoginPage = lazily(() => import('../session/login-page'), 'LoginPage');

/** Brings the page of an address to the browser while it is found out who is there. */
export function preloadPage(pathname: string): void {
  for (const [path, page] of Object.entries(PAGES))
    if ('preload' in page && matchPath(path, pathname)) page.preload();
}
