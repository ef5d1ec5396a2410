import {
  ACCOUNTS,
  PoolError,
  VLANS,
  VRFS,
  type RecordBase,
  type RecordKind,
} from '@cloudpam/pools';
import { never, type EntityAccess } from './entity-access';

type NamedKind = Pick<RecordKind<RecordBase>, 'visible' | 'notFound'>;

/** Accounts, VRFs, VLANs: callers with limits see those that their access scope names, and change none. */
function recordAccess(word: string, { visible: store, notFound: code }: NamedKind): EntityAccess {
  return {
    named: {
      visibleIds: async (visible, ids) => {
        const { items } = await store(visible).list({ ids }, 1, Math.max(ids.length, 1));
        return new Set(items.map(({ id }) => id));
      },
      notFound: (id, field) => new PoolError(code, `There is no ${word} ${id}.`, { field }),
    },
    mayCause: never,
  };
}

export const ACCOUNT_ACCESS = recordAccess('account', ACCOUNTS);
export const VRF_ACCESS = recordAccess('VRF', VRFS);
export const VLAN_ACCESS = recordAccess('VLAN', VLANS);
