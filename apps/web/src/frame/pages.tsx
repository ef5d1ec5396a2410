import type { Schemas } from '@cloudpam/api-client';
import {
  IconArrowsSplit,
  IconBuildingCommunity,
  IconHistory,
  IconKey,
  IconMail,
  IconLayoutDashboard,
  IconMapPin,
  IconNetwork,
  IconReportAnalytics,
  IconRadar2,
  IconStack2,
  IconTableImport,
  IconTags,
  IconTrendingUp,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { matchPath } from 'react-router';
import { OpenFindings } from '../discovery/open-findings';
import { lazily } from '../lazy/lazily';
import { PoolsPage } from '../pools/tree/pools-page';

/** A page of who is signed in. */
export interface AppPage {
  readonly page: ComponentType & { readonly preload?: () => void };
  /** Its place in the main navigation, in the order of the pages. */
  readonly nav?: {
    readonly label: string;
    readonly icon: ComponentType<{ size: number }>;
    readonly extra?: ReactNode;
    /** Without it the link only says why. */
    readonly permission?: Schemas['Permission'];
  };
}

/**
 * The pages by their addresses. The pools, where most of the work is done, are here at once; the others
 * come when they are shown, the one of the address while it is found out who is there.
 */
export const PAGES: Readonly<Record<string, AppPage>> = {
  '/': {
    page: lazily(() => import('../dashboard/dashboard-page'), 'DashboardPage'),
    nav: { label: 'Dashboard', icon: IconLayoutDashboard },
  },
  '/pools': { page: PoolsPage, nav: { label: 'Pools', icon: IconNetwork } },
  '/pools/:id': { page: lazily(() => import('../pools/detail/pool-page'), 'PoolPage') },
  '/addresses': {
    page: lazily(() => import('../addresses/addresses-page'), 'AddressesPage'),
    nav: { label: 'Addresses', icon: IconMapPin },
  },
  '/search': { page: lazily(() => import('../search/search-page'), 'SearchPage') },
  '/discovery': {
    page: lazily(() => import('../discovery/discovery-page'), 'DiscoveryPage'),
    nav: { label: 'Discovery', icon: IconRadar2, extra: <OpenFindings ml="auto" /> },
  },
  '/forecasts': {
    page: lazily(() => import('../forecasts/forecasts-page'), 'ForecastsPage'),
    nav: { label: 'Forecasts', icon: IconTrendingUp },
  },
  '/analysis': {
    page: lazily(() => import('../analysis/analysis-page'), 'AnalysisPage'),
    nav: { label: 'Analysis', icon: IconReportAnalytics },
  },
  '/accounts': {
    page: lazily(() => import('../accounts/accounts-page'), 'AccountsPage'),
    nav: { label: 'Accounts', icon: IconBuildingCommunity },
  },
  '/vrfs': {
    page: lazily(() => import('../vrfs/vrfs-page'), 'VrfsPage'),
    nav: { label: 'VRFs', icon: IconArrowsSplit },
  },
  '/vlans': {
    page: lazily(() => import('../vlans/vlans-page'), 'VlansPage'),
    nav: { label: 'VLANs', icon: IconTags },
  },
  '/vlan-groups': {
    page: lazily(() => import('../vlan-groups/vlan-groups-page'), 'VlanGroupsPage'),
    nav: { label: 'VLAN groups', icon: IconStack2 },
  },
  '/import': {
    page: lazily(() => import('../import/import-page'), 'ImportPage'),
    nav: { label: 'Import', icon: IconTableImport, permission: 'import:write' },
  },
  '/audit': {
    page: lazily(() => import('../audit/audit-page'), 'AuditPage'),
    nav: { label: 'Audit', icon: IconHistory },
  },
  '/webhooks': {
    page: lazily(() => import('../webhooks/webhooks-page'), 'WebhooksPage'),
    nav: { label: 'Webhooks', icon: IconWebhook, permission: 'webhooks:manage' },
  },
  '/webhooks/:id': { page: lazily(() => import('../webhooks/webhook-page'), 'WebhookPage') },
  '/digests': {
    page: lazily(() => import('../digests/digests-page'), 'DigestsPage'),
    nav: { label: 'Digests', icon: IconMail, permission: 'digests:manage' },
  },
  '/users': {
    page: lazily(() => import('../users/users-page'), 'UsersPage'),
    nav: { label: 'Users', icon: IconUsers, permission: 'users:manage' },
  },
  '/tokens': {
    page: lazily(() => import('../tokens/tokens-page'), 'TokensPage'),
    nav: { label: 'Tokens', icon: IconKey, permission: 'tokens:manage' },
  },
};

/** Where people log in. */
export const LoginPage = lazily(() => import('../session/login-page'), 'LoginPage');

/** Brings the page of an address to the browser while it is found out who is there. */
export function preloadPage(pathname: string): void {
  for (const [path, { page }] of Object.entries(PAGES))
    if (matchPath(path, pathname)) page.preload?.();
}
