import { MantineProvider } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { UserEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Notices } from '../actions/notices';
import { newQueryClient } from '../api/query-client';
import { session } from '../api/session';
import { DiscoveryDialogs } from '../discovery/discovery-dialogs';
import { LeaveGuard } from '../frame/leave-guard';
import { noteContentShown } from '../lazy/content-shown';
import { PoolDialogs } from '../pools/dialogs/pool-dialogs';
import { theme } from '../theme';
import { FakeApi } from './fake-api';
import { listOf, me, status, SYSTEM, vrf } from './samples';

/** An API that has a VRF and nothing else, asked by an admin. */
export function fakeApi(): FakeApi {
  const api = new FakeApi();
  globalThis.fetch = api.fetch;
  session.close();
  session.open('cpam_test_secret', false);
  api.stream('/api/v1/events/stream');
  return api
    .on('get', '/api/v1/me', me())
    .on('get', '/api/v1/system', SYSTEM)
    .on('get', '/api/v1/accounts', listOf())
    .on('get', '/api/v1/vrfs', listOf(vrf()))
    .on('get', '/api/v1/vlans', listOf())
    .on('get', '/api/v1/vlan-groups', listOf())
    .on('get', '/api/v1/regions', listOf())
    .on('get', '/api/v1/discovery/status', status())
    .on('get', '/api/v1/discovery/jobs', listOf())
    .on('get', '/api/v1/collectors', listOf())
    .on('get', '/api/v1/pools', listOf());
}

/**
 * Shows a part of the page at an address, with all that stands around it.
 * @param path the pattern of the address, where the part reads parameters from it
 */
export function show(part: ReactNode, at = '/', path = '*'): UserEvent {
  window.history.replaceState(null, '', at);
  noteContentShown();
  notifications.clean();
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={newQueryClient()}>
        <BrowserRouter>
          <LeaveGuard>
            <Routes>
              <Route
                path={path}
                element={
                  <PoolDialogs>
                    <DiscoveryDialogs>{part}</DiscoveryDialogs>
                  </PoolDialogs>
                }
              />
              <Route path="*" element={null} />
            </Routes>
          </LeaveGuard>
        </BrowserRouter>
        <Notices />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return userEvent.setup({ delay: null });
}

/** A button by its name, as soon as it is known that the caller may use it. */
export async function allowedButton(name: string | RegExp): Promise<HTMLElement> {
  const button = await screen.findByRole('button', { name });
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull());
  return button;
}
