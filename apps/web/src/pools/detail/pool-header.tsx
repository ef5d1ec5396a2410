import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Breadcrumbs, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAffiliate, IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { CopyText } from '../../actions/copy-button';
import { ReasonedButton } from '../../actions/reasoned-button';
import { poolsApi } from '../../api/pools';
import { Count } from '../../format/count';
import { TimeAgo } from '../../format/time-ago';
import { useAccountsById, useVlans, useVrfs } from '../../records/use-records';
import { vlanText } from '../../vlans/vlan-text';
import { useRefusal } from '../../session/use-me';
import { TagList } from '../../tags/tag-list';
import { hasRules, rulesOf, rulesText } from '../allocation-rules';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { KINDS, PoolState, WordMark } from '../pool-words';
import { PoolMenu } from '../tree/pool-menu';
import { HostsBar, UtilizationBar } from '../utilization-bar';
import classes from './pool-header.module.css';
import { allocateWord, FreeCount } from '../uncounted-hosts';

const ALL_TAGS = 12;

/** Where a pool lies, its facts, and what can be done to it. */
export function PoolHeader({ pool, onGone }: { pool: Schemas['Pool']; onGone: () => void }) {
  const openDialog = useOpenPoolDialog();
  const refusal = useRefusal('pools:write');
  return (
    <header>
      <Ancestors pool={pool} />
      <Group gap="xs" mt={4} mb={8} align="center">
        <Title order={1} className="mono" style={{ fontSize: 20 }}>
          {pool.cidr}
        </Title>
        <CopyText text={pool.cidr} label={`Copy ${pool.cidr}`} />
        <Text size="lg" c="dimmed">
          {pool.name}
        </Text>
        <Group gap={8} ml="auto">
          <ReasonedButton
            reason={refusal}
            variant={pool.uncounted_hosts ? 'default' : 'filled'}
            leftSection={<IconAffiliate size={14} />}
            onClick={() => openDialog({ type: 'allocate', pool })}
          >
            {allocateWord(pool)}
          </ReasonedButton>
          <ReasonedButton
            reason={refusal}
            variant="default"
            leftSection={<IconPencil size={14} />}
            onClick={() => openDialog({ type: 'edit', pool })}
          >
            Edit
          </ReasonedButton>
          <PoolMenu pool={pool} refusal={refusal} onGone={onGone} />
        </Group>
      </Group>
      <Facts pool={pool} />
      {pool.description && (
        <Text size="sm" mt={8} maw={800}>
          {pool.description}
        </Text>
      )}
    </header>
  );
}

function Ancestors({ pool }: { pool: Schemas['Pool'] }) {
  const { data } = useQuery({
    queryKey: ['pools', pool.id, 'ancestors'],
    queryFn: ({ signal }) => poolsApi.ancestors(pool.id, { signal }),
  });
  return (
    <nav aria-label="Ancestors">
      <Breadcrumbs separatorMargin={6} fz="xs">
        <Anchor component={Link} to="/pools" size="xs">
          Pools
        </Anchor>
        {(data?.items ?? []).map((ancestor) => (
          <Anchor
            key={ancestor.id}
            component={Link}
            to={`/pools/${ancestor.id}`}
            size="xs"
            title={ancestor.name}
          >
            <span className="mono">{ancestor.cidr}</span>
          </Anchor>
        ))}
        <Text size="xs" className="mono" aria-current="page">
          {pool.cidr}
        </Text>
      </Breadcrumbs>
    </nav>
  );
}

function Facts({ pool }: { pool: Schemas['Pool'] }) {
  const account = useAccountsById().get(pool.account_id ?? 0);
  const vrf = useVrfs().find(({ id }) => id === pool.vrf_id);
  const vlan = useVlans().find(({ id }) => id === pool.vlan_id);
  const { utilization } = pool;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Utilization', <UtilizationBar key="" utilization={utilization} width={170} />],
    ['Hosts', pool.hosts && <HostsBar key="" hosts={pool.hosts} width={170} />],
    ['Free', <FreeCount key="" pool={pool} />],
    ['Total', <Count key="" of={utilization.total} unit="addresses" />],
    ['Kind', <WordMark key="" word={KINDS[pool.kind]} />],
    ['Status', <PoolState key="" pool={pool} />],
    ['VRF', vrf?.name ?? `#${pool.vrf_id}`],
    ['Source', pool.source],
    [
      'Account',
      account && (
        <Link className="plain" to={`/accounts?q=${encodeURIComponent(account.key)}`}>
          {account.name}
        </Link>
      ),
    ],
    ['Region', pool.region],
    ['Cloud id', pool.external_id && <CloudId key="" id={pool.external_id} />],
    [
      'Cloud network',
      pool.external_vpc && pool.external_vpc !== pool.external_id && (
        <CloudId key="" id={pool.external_vpc} />
      ),
    ],
    ['Live key', pool.key],
    [
      'VLAN',
      vlan && (
        <Link
          className="plain"
          to={`/vlans?q=${encodeURIComponent(vlan.name)}${vlan.group_id === null ? '' : `&group=${vlan.group_id}`}`}
        >
          {vlanText(vlan)}
        </Link>
      ),
    ],
    ['Expires', pool.expires_at && <TimeAgo key="" at={pool.expires_at} />],
    ['Created', <TimeAgo key="" at={pool.created_at} />],
    ['Last seen', pool.last_sync_at && <TimeAgo key="" at={pool.last_sync_at} />],
    ['Rules for allocations', hasRules(rulesOf(pool)) && rulesText(rulesOf(pool))],
    [
      'Tags',
      Object.keys(pool.tags).length > 0 && <TagList key="" tags={pool.tags} shown={ALL_TAGS} />,
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(
          ([, value]) => value !== null && value !== undefined && value !== false && value !== '',
        )
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A cloud's id can be a whole URL: its end is what people know it by. */
function CloudId({ id }: { id: string }) {
  return (
    <span className={classes.cloudId}>
      <span className="mono" title={id}>
        {id.split('/').slice(-1).join('')}
      </span>
      <CopyText text={id} label="Copy cloud id" />
    </span>
  );
}
