import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { AccountsPage } from './accounts/accounts-page';
import { newQueryClient } from './api/query-client';
import { AuditPage } from './audit/audit-page';
import { DiscoveryPage } from './discovery/discovery-page';
import { AppFrame } from './frame/app-frame';
import { NotFoundPage } from './frame/not-found-page';
import { PoolPage } from './pools/detail/pool-page';
import { PoolsPage } from './pools/tree/pools-page';
import { SearchPage } from './search/search-page';
import { LoginPage } from './session/login-page';
import { RequireSession } from './session/require-session';
import { theme } from './theme';
import { TokensPage } from './tokens/tokens-page';
import { UsersPage } from './users/users-page';
import { VlansPage } from './vlans/vlans-page';
import { VrfsPage } from './vrfs/vrfs-page';

/** The whole UI: providers, and which page answers which address. */
export function App() {
  const [client] = useState(newQueryClient);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <Routes>
            <Route path="/login" element={<LoginPage />} />
            <Route element={<RequireSession />}>
              <Route element={<AppFrame />}>
                <Route index element={<Navigate to="/pools" replace />} />
                <Route path="/pools" element={<PoolsPage />} />
                <Route path="/pools/:id" element={<PoolPage />} />
                <Route path="/search" element={<SearchPage />} />
                <Route path="/discovery" element={<DiscoveryPage />} />
                <Route path="/accounts" element={<AccountsPage />} />
                <Route path="/vrfs" element={<VrfsPage />} />
                <Route path="/vlans" element={<VlansPage />} />
                <Route path="/audit" element={<AuditPage />} />
                <Route path="/users" element={<UsersPage />} />
                <Route path="/tokens" element={<TokensPage />} />
                <Route path="*" element={<NotFoundPage />} />
              </Route>
            </Route>
          </Routes>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
