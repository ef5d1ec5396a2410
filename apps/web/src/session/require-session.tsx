import { Loader } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { notify } from '../actions/notify';
import { hasLoggedOut } from '../api/login';
import { newQueryClient } from '../api/query-client';
import { session } from '../api/session';
import { useCaller, useMe } from './use-me';

/** Whom this page was last shown to, without a login page in between. */
let shownTo: string | undefined;

/** Shows the page to who is signed in; anyone else signs in first and comes back to it. */
export function RequireSession() {
  const caller = useCaller();
  const person = useSyncExternalStore(session.subscribe, session.person);
  const { pathname, search, hash } = useLocation();
  useEffect(() => {
    if (caller !== null) return;
    if (shownTo !== undefined && !hasLoggedOut()) {
      notify({
        color: 'yellow',
        message: 'Your session has ended. Log in to go on where you were.',
        autoClose: false,
      });
    }
    shownTo = undefined;
  }, [caller]);
  if (caller === undefined) return <Loader size="sm" m="md" aria-label="Looking who you are" />;
  if (caller !== null) return <PagesOfPerson key={person} />;
  const here = `${pathname}${search}${hash}`;
  return (
    <Navigate to={here === '/' ? '/login' : `/login?return=${encodeURIComponent(here)}`} replace />
  );
}

/**
 * What one person was shown is not left in memory for the next: each has a cache of their own, and
 * begins anew.
 */
function PagesOfPerson() {
  const [client] = useState(newQueryClient);
  return (
    <QueryClientProvider client={client}>
      <OtherPersonNote />
      <Outlet />
    </QueryClientProvider>
  );
}

/** Says in whose name all goes on, after somebody else has logged in, in another tab. */
function OtherPersonNote() {
  const actor = useMe()?.actor;
  useEffect(() => {
    if (!actor) return;
    if (shownTo !== undefined && shownTo !== actor.id) {
      notify({
        color: 'yellow',
        message: `${actor.name} has logged in in this browser. This page is theirs now.`,
      });
    }
    shownTo = actor.id;
  }, [actor]);
  return null;
}
