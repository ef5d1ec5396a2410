import { Anchor, Loader, Text } from '@mantine/core';
import { Component, Suspense } from 'react';
import type { ReactNode } from 'react';

/** Waits for the parts in it that have still to come, and says so when they do not. */
export class LazyPart extends Component<
  { readonly children: ReactNode },
  { readonly failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (this.state.failed) return <NotLoaded />;
    return <Suspense fallback={<Loading />}>{this.props.children}</Suspense>;
  }
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
