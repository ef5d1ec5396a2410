import { Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import classes from './app-frame.module.css';

interface PageProps {
  readonly title: string;
  readonly about?: string;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with a title, which is also the title of the browser's tab. */
export function Page({ title, about, actions, children }: PageProps) {
  usePageTitle(title);
  return (
    <div className={classes.page}>
      <div className={classes.pageHead}>
        <Title order={1}>{title}</Title>
        {about && (
          <Text c="dimmed" size="sm" style={{ overflowWrap: 'anywhere' }}>
            {about}
          </Text>
        )}
        <div style={{ marginLeft: 'auto', display: 'flex', flexWrap: 'wrap', gap: 8 }}>
          {actions}
        </div>
      </div>
      {children}
    </div>
  );
}

/** Names the browser's tab after the page. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · CloudPAM`;
  }, [title]);
}
