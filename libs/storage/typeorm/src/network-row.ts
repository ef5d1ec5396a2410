import type { Network, ScopeState } from '@cloudpam/reconciliation';
import type { Columns, Row } from './session';
import { raw } from './sql';
import { optionalTimeOf, timeOf } from './values';

export const NETWORK_COLUMNS = {
  id: 'id', account_id: 'int', region: 'text', external_id: 'text', name: 'text', is_default: 'bool', vrf_id: 'int', first_seen_at: 'time', last_seen_at: 'time',
} as const satisfies Columns;

export const NETWORK_FIELDS = raw(`${Object.keys(NETWORK_COLUMNS).map((name) => `n.${name}`).join(', ')}, a.provider`);
export const NETWORK_TABLES = raw('network n join account a on a.id = n.account_id');

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
}

/** Values in the order of NETWORK_COLUMNS. */
export function networkToRow(network: Network): Row {
  return [
    network.id, network.accountId, network.region, network.externalId, network.name, network.isDefault, network.vrfId, network.firstSeenAt,
    network.lastSeenAt,
  ];
}

export function networkFromRow(row: NetworkRow): Network {
  return {
    id: row.id, accountId: row.account_id, provider: row.provider, region: row.region, externalId: row.external_id, name: row.name,
    isDefault: Boolean(row.is_default), vrfId: row.vrf_id, firstSeenAt: timeOf(row.first_seen_at), lastSeenAt: timeOf(row.last_seen_at),
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
}

export function scopeFromRow(row: ScopeRow): ScopeState {
  return {
    id: row.id, accountId: row.account_id, region: row.region, coverage: row.coverage, errorCode: row.error_code,
    errorMessage: row.error_message, collectedAt: optionalTimeOf(row.collected_at), completeAt: optionalTimeOf(row.complete_at), runId: row.run_id,
  };
}
