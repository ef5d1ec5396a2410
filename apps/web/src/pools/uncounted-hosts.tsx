import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import { Count } from '../format/count';

const NOT_COUNTED = 'in use by the cloud, hosts not counted';

/**
 * What is said of space in a pool that no child covers: it is free, unless a cloud has hosts there
 * that nobody counted.
 */
export function gapWord(pool: Schemas['Pool']): string {
  return pool.uncounted_hosts ? NOT_COUNTED : 'free';
}

/** Names the deed of allocating in a pool. Where hosts may be, it is not the plain thing to do. */
export function allocateWord(pool: Schemas['Pool']): string {
  return pool.uncounted_hosts ? 'Allocate all the same…' : 'Allocate';
}

/**
 * The free addresses of a pool, where they are known; in little room a question mark stands for
 * what is not.
 */
export function FreeCount({ pool, short = false }: { pool: Schemas['Pool']; short?: boolean }) {
  if (!pool.uncounted_hosts) return <Count of={pool.utilization.free} unit="free addresses" />;
  return (
    <Text span inherit c="dimmed" title={`This subnet is ${NOT_COUNTED}`}>
      {short ? '?' : 'not counted'}
    </Text>
  );
}
