import { Anchor, Loader, Text } from '@mantine/core';
import { Suspense } from 'react';
import type { ReactNode } from 'react';
import { FailureBoundary } from './failure-boundary';

/** Waits for the parts in it that have still to come, and says so when they do not. */
export function LazyPart({ children }: { children: ReactNode }) {
  return (
    <FailureBoundary instead={<NotLoaded />}>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </FailureBoundary>
  );
}

function Loading() {
  return <Loader size="sm" m="md" aria-label="Loading the page" />;
}

function NotLoaded() {
  return (
    <Text size="sm" m="md" role="alert">
      This part of the page could not be loaded: the server may have been updated since you opened
      it, or the connection is lost.{' '}
      <Anchor component="button" size="sm" onClick={() => window.location.reload()}>
        Load the page again
      </Anchor>
    </Text>
  );
}
