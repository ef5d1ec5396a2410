import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { bandText, endText } from './forecast-words';

/** The pool of a forecast, with the way to its usage. */
export function PoolCell({ pool }: { pool: Schemas['PoolForecast'] }) {
  return (
    <>
      <Anchor component={Link} to={`/pools/${pool.pool_id}?tab=usage`} className="mono" size="sm">
        {pool.cidr}
      </Anchor>
      <Text size="xs" c="dimmed">
        {pool.name}
      </Text>
    </>
  );
}

/** When it ends, and between which days. */
export function EndCell({ forecast }: { forecast: Schemas['PoolForecast'] }) {
  return (
    <>
      <div>{endText(forecast)}</div>
      <Text size="xs" c="dimmed">
        {bandText(forecast)}
      </Text>
    </>
  );
}
