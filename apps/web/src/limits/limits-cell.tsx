import { Anchor } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { isLimited } from './limits-text';
import type { Limits } from './limits-text';
import { useNamedPools } from './use-named-pools';

/** What a token or a user is limited to, in a table. */
export function LimitsCell({ limits }: { limits: Limits }) {
  const pools = useNamedPools(limits.pools ?? []);
  if (!isLimited(limits)) return 'none';
  return (
    <span className="mono">
      {limits.accounts && (limits.accounts.join(', ') || 'no account')}
      {limits.accounts && limits.pools && ' in '}
      {limits.pools?.map((id, at) => (
        <Fragment key={id}>
          {at > 0 && ', '}
          <Anchor component={Link} to={`/pools/${id}`} inherit>
            {pools.get(id)?.cidr ?? `pool ${id}`}
          </Anchor>
        </Fragment>
      ))}
    </span>
  );
}
