import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';

interface PoolLineProps {
  readonly pool: Pick<Schemas['PoolForecast'], 'pool_id' | 'cidr' | 'name'>;
  /** The tab of its page. */
  readonly tab: string;
}

/** A pool in a cell of a table, with the way to a tab of its page. */
export function PoolLine({ pool: { pool_id: id, cidr, name }, tab }: PoolLineProps) {
  return (
    <>
      <Anchor component={Link} to={`/pools/${id}?tab=${tab}`} className="mono" size="sm">
        {cidr}
      </Anchor>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
    </>
  );
}
