import { Anchor, Loader, Text } from '@mantine/core';
import type { RowProps } from './pool-table';
import classes from './pool-table.module.css';

/** Stands where more is being loaded, or could not be. */
export function MoreRow({
  common,
  error,
  onRetry,
}: {
  common: RowProps;
  error: Error | undefined;
  onRetry: () => void;
}) {
  return (
    <div {...common} role="row">
      <div role="gridcell" className={classes.cidr} style={{ gridColumn: '1 / -1' }}>
        <span className={classes.chevron} />
        {error ? (
          <Text size="xs" c="red" role="alert">
            Could not load more: {error.message}{' '}
            <Anchor component="button" size="xs" onClick={onRetry}>
              Try again
            </Anchor>
          </Text>
        ) : (
          <Loader size={12} aria-label="Loading more" />
        )}
      </div>
    </div>
  );
}
