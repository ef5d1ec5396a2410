import type { ReactNode } from 'react';

/** Scrolls what is too wide. It takes the focus, so that the keyboard scrolls it too. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} style={{ overflowX: 'auto' }}>
      {children}
    </div>
  );
}
