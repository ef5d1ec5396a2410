import type { Type } from '@nestjs/common';
import {
  accountsOf,
  RECORDS,
  type PoolReadStores,
  type RecordFilter,
  type RecordsName,
} from '@cloudpam/pools';
import type { RecordBase, RecordKind } from '@cloudpam/pools';
import { TextPageQuery } from '../http/common.dto';
import { AccountsController } from './accounts.controller';
import { AccountDto, AccountFilterQuery } from './dto/account.dto';
import { VlanGroupDto } from './dto/vlan-group.dto';
import { VlanDto, VlanFilterQuery } from './dto/vlan.dto';
import { VrfDto } from './dto/vrf.dto';
import { accountFilterOf, recordFilterOf, vlanFilterOf } from './record-filter';
import { VlanGroupsController } from './vlan-groups.controller';
import { VlansController } from './vlans.controller';
import { VrfsController } from './vrfs.controller';

/** What the API has for one kind of record. */
export interface RecordRoutes {
  readonly controller: Type<object>;
  /** The parameters of its list, and of its table in the export. */
  readonly query: Type<object>;
  /** A page of that table, from 1. @param query of its class */
  rows(stores: PoolReadStores, query: object, page: number, size: number): Promise<object[]>;
}

/** Each kind of record in the API: one that is missing here does not compile. */
export const RECORD_ROUTES: { readonly [Name in RecordsName]: RecordRoutes } = {
  accounts: recordRoutes(RECORDS.accounts, {
    controller: AccountsController,
    query: AccountFilterQuery,
    filterOf: accountFilterOf,
    present: AccountDto.of,
  }),
  vrfs: recordRoutes(RECORDS.vrfs, {
    controller: VrfsController,
    query: TextPageQuery,
    filterOf: recordFilterOf,
    present: VrfDto.of,
  }),
  vlanGroups: {
    controller: VlanGroupsController,
    query: TextPageQuery,
    rows: async (stores, query, page, size) => {
      const filter = recordFilterOf(query as TextPageQuery); // as the interface says
      const { items } = await stores.vlanGroups.list(filter, page, size);
      const accounts = await accountsOf(stores, items);
      return items.map((group) => ({
        ...VlanGroupDto.of(group),
        // By its key another server knows it.
        account: accounts.get(group.accountId ?? 0)?.key ?? null,
      }));
    },
  },
  vlans: recordRoutes(RECORDS.vlans, {
    controller: VlansController,
    query: VlanFilterQuery,
    filterOf: vlanFilterOf,
    present: VlanDto.of,
  }),
};

interface RecordParts<R, Filter, Query> {
  readonly controller: Type<object>;
  readonly query: Type<Query>;
  filterOf(query: Query): Filter;
  /** A record on the wire. */
  present(record: R): object;
}

function recordRoutes<R extends RecordBase, Filter extends RecordFilter, Query extends object>(
  kind: RecordKind<R, Filter>,
  { controller, query, filterOf, present }: RecordParts<R, Filter, Query>,
): RecordRoutes {
  return {
    controller,
    query,
    rows: async (stores, given, page, size) => {
      const filter = filterOf(given as Query); // as the interface says
      return (await kind.visible(stores).list(filter, page, size)).items.map(present);
    },
  };
}
