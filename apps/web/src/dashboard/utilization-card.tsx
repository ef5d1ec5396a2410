import type { Schemas } from '@cloudpam/api-client';
import { SegmentedControl } from '@mantine/core';
import { Link } from 'react-router';
import { countText, percentText, plural } from '../format/counts';
import { UtilizationBar } from '../pools/utilization-bar';
import { useUrlParams } from '../url/use-url-params';
import { DashboardCard, MissingPart, Quiet } from './dashboard-card';
import type { Numbers } from './dashboard-card';
import classes from './dashboard.module.css';

type Estate = Schemas['Estate'];
type Group = Schemas['EstateGroup'];

const SHOWN = 8;
const FAMILIES = [
  ['ipv4', 'IPv4'],
  ['ipv6', 'IPv6'],
] as const;

/** What pools are grouped by where nobody says it: the first of these that has several groups. */
const USUAL = ['vrf', 'account', 'provider', 'region'] as const;

const GROUPINGS = {
  vrf: {
    label: 'VRF',
    groups: (estate: Estate) => estate.by_vrf,
    path: (key: string) => `/pools?vrf=${key}`,
  },
  provider: {
    label: 'Provider',
    groups: (estate: Estate) => estate.by_provider,
    path: (key: string) => `/accounts?q=${encodeURIComponent(`${key}:`)}`,
  },
  account: {
    label: 'Account',
    groups: (estate: Estate) => estate.by_account,
    path: (key: string) => `/pools?account=${key}`,
  },
  region: {
    label: 'Region',
    groups: (estate: Estate) => estate.by_region,
    path: (key: string) => `/pools?region=${encodeURIComponent(key)}`,
  },
} as const;

/** How full VRFs, providers, accounts and regions are. */
export function UtilizationCard({
  dashboard: { estate, missing },
}: {
  dashboard: Schemas['Dashboard'];
}) {
  const params = useUrlParams();
  const by = params.text('by');
  const usual = USUAL.find((each) => estate && GROUPINGS[each].groups(estate).total > 1) ?? 'vrf';
  const name = isGrouping(by) ? by : usual;
  const { label, groups, path } = GROUPINGS[name];
  const { items, total } = estate ? groups(estate) : { items: [], total: 0 };
  const shown = items.slice(0, SHOWN);
  const families = FAMILIES.filter(([family]) => shown.some((group) => group[family]));
  return (
    <DashboardCard
      title="Utilization"
      name="utilization"
      span={7}
      more={{ to: '/pools', label: 'All pools' }}
      numbers={numbersOf(label, items)}
    >
      <SegmentedControl
        size="xs"
        mb={8}
        style={{ alignSelf: 'flex-start' }}
        aria-label="Group pools by"
        value={name}
        onChange={(value) => params.set({ by: value === usual ? null : value })}
        data={Object.entries(GROUPINGS).map(([value, each]) => ({ value, label: each.label }))}
      />
      {!estate && <MissingPart part="estate" missing={missing} />}
      {estate && shown.length === 0 && <Quiet>No pool has a {label.toLowerCase()}.</Quiet>}
      <ul className={classes.rows} aria-label={`Utilization by ${label}`}>
        {shown.map((group) => (
          <li key={group.key}>
            <Link className={`${classes.row} ${classes.wide}`} to={path(group.key)}>
              <span className="ellipsis" title={group.name}>
                {group.name}
              </span>
              <span className={classes.bars}>
                {families.map(([family, word]) => (
                  <Use key={family} use={group[family]} word={word} />
                ))}
              </span>
              <span className={classes.number} title={`${countText(group.pools).exact} pools`}>
                {plural(group.pools, 'pool')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {total > shown.length && (
        <Quiet>
          The first {shown.length} of {countText(total).short}.
        </Quiet>
      )}
    </DashboardCard>
  );
}

/** The pools with the largest share in use. */
export function FullestCard({
  dashboard: { estate, missing },
}: {
  dashboard: Schemas['Dashboard'];
}) {
  const fullest = estate?.fullest ?? [];
  return (
    <DashboardCard
      title="Fullest pools"
      name="fullest"
      span={5}
      numbers={{
        titles: ['Pool', 'VRF', 'Used', 'Free', 'Share'],
        rows: fullest.map(({ cidr, name, vrf_name: vrf, use }) => [
          `${cidr} ${name}`,
          vrf,
          countText(use.used).exact,
          countText(use.free).exact,
          percentText(use.ratio),
        ]),
      }}
    >
      {!estate && <MissingPart part="estate" missing={missing} />}
      {estate && fullest.length === 0 && <Quiet>No pool has anything in it.</Quiet>}
      <ul className={classes.rows}>
        {fullest.map(({ pool_id: id, cidr, name, vrf_name: vrf, use }) => (
          <li key={id}>
            <Link className={`${classes.row} ${classes.full}`} to={`/pools/${id}`} title={vrf}>
              <span className="ellipsis">
                <span className="mono">{cidr}</span>{' '}
                <span style={{ color: 'var(--mantine-color-dimmed)' }}>{name}</span>
              </span>
              <UtilizationBar utilization={asUtilization(use)} />
            </Link>
          </li>
        ))}
      </ul>
    </DashboardCard>
  );
}

function Use({ use, word }: { use: Schemas['FamilyUse'] | null; word: string }) {
  return (
    <span className={classes.bar}>
      {use && (
        <>
          <span className={classes.family}>{word}</span>
          <UtilizationBar utilization={asUtilization(use)} />
        </>
      )}
    </span>
  );
}

function asUtilization({ size, used, free, ratio }: Schemas['FamilyUse']): Schemas['Utilization'] {
  return { total: size, used, free, ratio, reserved: '0' };
}

function numbersOf(label: string, items: readonly Group[]): Numbers {
  const families = FAMILIES.filter(([family]) => items.some((group) => group[family]));
  return {
    titles: [
      label,
      'Pools',
      ...families.flatMap(([, word]) => [`${word} size`, `${word} used`, `${word} free`]),
    ],
    rows: items.map((group) => [
      group.name === group.key ? group.key : `${group.name} (${group.key})`,
      countText(group.pools).exact,
      ...families.flatMap(([family]) => {
        const use = group[family];
        return use
          ? [use.size, use.used, use.free].map((count) => countText(count).exact)
          : ['–', '–', '–'];
      }),
    ]),
  };
}

function isGrouping(text: string): text is keyof typeof GROUPINGS {
  return Object.hasOwn(GROUPINGS, text);
}
