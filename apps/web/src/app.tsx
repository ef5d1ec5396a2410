import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { newQueryClient } from './api/query-client';
import { AppFrame } from './frame/app-frame';
import { LeaveGuard } from './frame/leave-guard';
import { NotFoundPage } from './frame/not-found-page';
import { LoginPage, PAGES } from './frame/pages';
import { contentShown } from './lazy/content-shown';
import { lazily } from './lazy/lazily';
import { LazyPart } from './lazy/lazy-part';
import { RequireSession } from './session/require-session';
import { readableColors } from './readable-colors';
import { theme } from './theme';

const Notices = lazily(() => import('./actions/notices'), 'Notices', contentShown);

/** The whole UI: providers, and which page answers which address. */
export function App() {
  const [client] = useState(newQueryClient);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={readableColors} defaultColorScheme="auto">
      <Suspense>
        <Notices />
      </Suspense>
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <LeaveGuard>
            <Routes>
              <Route
                path="/login"
                element={
                  <LazyPart>
                    <LoginPage />
                  </LazyPart>
                }
              />
              <Route element={<RequireSession />}>
                <Route element={<AppFrame />}>
                  {Object.entries(PAGES).map(([path, { page: Page }]) => (
                    <Route key={path} path={path} element={<Page />} />
                  ))}
                  <Route path="*" element={<NotFoundPage />} />
                </Route>
              </Route>
            </Routes>
          </LeaveGuard>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
