import type { Network, ScopeState } from '@cloudpam/reconciliation';
import type { Columns, Row } from './session';
import { raw } from './sql';
import { optionalTimeOf, timeOf } from './values';

export const NETWORK_COLUMNS = {
  id: 'id',
  account_id: 'int',
  region: 'text',
  external_id: 'text',
  name: 'text',
  is_default: 'bool',
  vrf_id: 'int',
  first_seen_at: 'time',
  last_seen_at: 'time',
  gone_at: 'time',
} as const satisfies Columns;

// As with resources, the time of the scope stands for what is there.
const LAST_SEEN =
  'case when n.gone_at is null and s.complete_at > n.last_seen_at then s.complete_at else ' +
  'n.last_seen_at end as last_seen_at';
export const NETWORK_FIELDS = raw(
  `${Object.keys(NETWORK_COLUMNS)
    .filter((name) => name !== 'last_seen_at')
    .map((name) => `n.${name}`)
    .join(', ')}, ${LAST_SEEN}, a.provider`,
);
export const NETWORK_TABLES = raw(
  'network n join account a on a.id = n.account_id left join scope s on s.account_id = ' +
    'n.account_id and s.region = n.region',
);

export interface NetworkRow {
  id: number;
  account_id: number;
  provider: Network['provider'];
  region: string;
  external_id: string;
  name: string;
  is_default: boolean | number;
  vrf_id: number;
  first_seen_at: Date | number;
  last_seen_at: Date | number;
  gone_at: Date | number | null;
}

/** Values in the order of NETWORK_COLUMNS. */
export function networkToRow(network: Network): Row {
  return [
    network.id,
    network.accountId,
    network.region,
    network.externalId,
    network.name,
    network.isDefault,
    network.vrfId,
    network.firstSeenAt,
    network.lastSeenAt,
    network.goneAt,
  ];
}

export function networkFromRow(row: NetworkRow): Network {
  return {
    id: row.id,
    accountId: row.account_id,
    provider: row.provider,
    region: row.region,
    externalId: row.external_id,
    name: row.name,
    isDefault: Boolean(row.is_default),
    vrfId: row.vrf_id,
    firstSeenAt: timeOf(row.first_seen_at),
    lastSeenAt: timeOf(row.last_seen_at),
    goneAt: optionalTimeOf(row.gone_at),
  };
}

export interface ScopeRow {
  id: number;
  account_id: number;
  region: string;
  coverage: ScopeState['coverage'];
  error_code: string | null;
  error_message: string | null;
  collected_at: Date | number | null;
  complete_at: Date | number | null;
  run_id: string | null;
  interfaces: ScopeState['interfaces'];
  interfaces_error_code: string | null;
  interfaces_error_message: string | null;
  interfaces_complete_at: Date | number | null;
}

export function scopeFromRow(row: ScopeRow): ScopeState {
  return {
    id: row.id,
    accountId: row.account_id,
    region: row.region,
    coverage: row.coverage,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    collectedAt: optionalTimeOf(row.collected_at),
    completeAt: optionalTimeOf(row.complete_at),
    runId: row.run_id,
    interfaces: row.interfaces,
    interfacesError:
      row.interfaces_error_code === null
        ? null
        : { code: row.interfaces_error_code, message: row.interfaces_error_message ?? '' },
    interfacesCompleteAt: optionalTimeOf(row.interfaces_complete_at),
  };
}
