import { Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useCaller } from './use-me';

/** Shows the page to who is signed in; anyone else signs in first and comes back to it. */
export function RequireSession() {
  const caller = useCaller();
  const client = useQueryClient();
  const { pathname, search } = useLocation();
  useEffect(() => {
    // What one person was shown must not be left in memory for the next.
    if (caller === null) client.clear();
  }, [client, caller]);
  if (caller === undefined) return <Loader size="sm" m="md" aria-label="Looking who you are" />;
  if (caller !== null) return <Outlet />;
  const here = `${pathname}${search}`;
  return <Navigate to={here === '/' ? '/login' : `/login?return=${encodeURIComponent(here)}`} replace />;
}
