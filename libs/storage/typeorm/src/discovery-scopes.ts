import type { Network, NetworkFilter, ScopeState } from '@cloudpam/reconciliation';
import {
  NETWORK_COLUMNS,
  NETWORK_FIELDS,
  NETWORK_TABLES,
  networkFromRow,
  networkToRow,
  scopeFromRow,
  type NetworkRow,
  type ScopeRow,
} from './network-row';
import { inAccessScope } from './in-access-scope';
import type { Columns, Session } from './session';
import { totalOf } from './simple-rows';
import { networkMeant } from './typed-conditions';
import { raw, sql, where, type Sql } from './sql';

const CHANGEABLE = Object.keys(NETWORK_COLUMNS).filter((name) => name !== 'id');
const ASSIGNMENTS = raw(CHANGEABLE.map((name) => `${name} = t.${name}`).join(', '));
const KEY: Columns = { account_id: 'int', region: 'text', external_id: 'text' };

/** As `DiscoveryStore.lockScope`. */
export async function lockScope(
  session: Session,
  accountId: number,
  region: string,
): Promise<ScopeState> {
  const find = (): Promise<ScopeRow[]> =>
    session.rows<ScopeRow>(
      sql`select s.* from scope s
        where s.account_id = ${accountId} and s.region = ${region} ${session.dialect.lock('s')}`,
    );
  let [row] = await find();
  if (!row) {
    // Waits for another run that makes the same scope, and does nothing if that one commits.
    await session.change(
      sql`insert into scope (account_id, region, coverage)
        values (${accountId}, ${region}, 'failed') on conflict (account_id, region) do nothing`,
    );
    [row] = await find();
  }
  if (!row) throw new Error(`the scope ${accountId} ${region} was not stored`);
  return scopeFromRow(row);
}

export async function saveScope(session: Session, scope: ScopeState): Promise<void> {
  await session.change(sql`update scope
    set account_id = ${scope.accountId}, region = ${scope.region}, coverage = ${scope.coverage},
      error_code = ${scope.errorCode}, error_message = ${scope.errorMessage},
      collected_at = ${scope.collectedAt}, complete_at = ${scope.completeAt}, run_id = ${scope.runId},
      interfaces = ${scope.interfaces}, interfaces_error_code = ${scope.interfacesError?.code ?? null},
      interfaces_error_message = ${scope.interfacesError?.message ?? null},
      interfaces_complete_at = ${scope.interfacesCompleteAt}
    where id = ${scope.id}`);
}

/** As `DiscoveryStore.scopeStates`. */
export async function scopeStates(session: Session): Promise<ScopeState[]> {
  return (
    await session.rows<ScopeRow>(sql`select s.* from scope s order by s.account_id, s.region`, {
      once: true,
    })
  ).map(scopeFromRow);
}

/** As `DiscoveryStore.scopes`. */
export async function scopes(
  session: Session,
): Promise<{ scope: ScopeState; vpcCount: number; subnetCount: number }[]> {
  const rows = await session.rows<ScopeRow & { vpcs: number; subnets: number }>(
    sql`
    select s.*, coalesce(n.vpcs, 0) as vpcs, coalesce(n.subnets, 0) as subnets from scope s
    left join (
      select scope_id, count(distinct network_external_id) as vpcs, count(distinct case
      when kind = 'subnet' then external_id end) as subnets
      from resource group by scope_id) n on n.scope_id = s.id
    order by s.account_id, s.region`,
    { once: true },
  );
  return rows.map((row) => ({
    scope: scopeFromRow(row),
    vpcCount: row.vpcs,
    subnetCount: row.subnets,
  }));
}

/** Networks that fulfil a condition on `n`, oldest first. */
export async function networksWhere(session: Session, condition: Sql): Promise<Network[]> {
  const rows = await session.rows<NetworkRow>(
    sql`select ${NETWORK_FIELDS} from ${NETWORK_TABLES} where ${condition} order by n.id`,
  );
  return rows.map(networkFromRow);
}

/** As `DiscoveryStore.networksByKey`. */
export async function networksByKey(
  session: Session,
  keys: readonly {
    readonly accountId: number;
    readonly region: string;
    readonly externalId: string;
  }[],
): Promise<Network[]> {
  if (keys.length === 0) return [];
  const table = session.dialect.table(
    't',
    KEY,
    keys.map((key) => [key.accountId, key.region, key.externalId]),
  );
  const rows =
    await session.rows<NetworkRow>(sql`select distinct ${NETWORK_FIELDS} from ${table} cross join ${NETWORK_TABLES}
    where n.account_id = t.account_id and n.region = t.region and n.external_id = t.external_id order by n.id`);
  return rows.map(networkFromRow);
}

/** As `DiscoveryStore.networks`. */
export async function listNetworks(
  session: Session,
  filter: NetworkFilter,
  page: number,
  pageSize: number,
): Promise<{ items: Network[]; total: number }> {
  const conditions: Sql[] = [];
  if (filter.accountId !== undefined) conditions.push(sql`n.account_id = ${filter.accountId}`);
  if (filter.vrfId !== undefined) conditions.push(sql`n.vrf_id = ${filter.vrfId}`);
  if (filter.name !== undefined) conditions.push(sql`n.name = ${filter.name}`);
  if (filter.typed) conditions.push(networkMeant(session, filter.typed));
  if (filter.accessScope)
    conditions.push(
      sql`exists (select 1 from resource r where r.network_id = n.id
        and ${inAccessScope(session, filter.accessScope, 'r')})`,
    );
  const rows = await session.rows<NetworkRow>(
    sql`select ${NETWORK_FIELDS} from ${NETWORK_TABLES} ${where(conditions)}
    order by n.id limit ${pageSize} offset ${(page - 1) * pageSize}`,
    { once: true },
  );
  return {
    items: rows.map(networkFromRow),
    total: await totalOf(session, sql`select 1 from network n ${where(conditions)}`, {
      once: true,
    }),
  };
}

/** As `DiscoveryStore.insertNetworks`. */
export async function insertNetworks(
  session: Session,
  networks: readonly Omit<Network, 'id'>[],
): Promise<Network[]> {
  if (networks.length === 0) return [];
  const ids = await session.dialect.takeIds(session, 'network', networks.length);
  const stored = networks.map((network, at) => ({ ...network, id: ids[at] ?? 0 }));
  await session.insert('network', NETWORK_COLUMNS, stored.map(networkToRow));
  return stored;
}

/** Overwrites networks; resources follow into another VRF by the foreign key. */
export async function updateNetworks(
  session: Session,
  networks: readonly Network[],
): Promise<void> {
  const table = session.dialect.table('t', NETWORK_COLUMNS, networks.map(networkToRow));
  await session.change(
    sql`update network set ${ASSIGNMENTS} from ${table} where network.id = t.id`,
  );
}
